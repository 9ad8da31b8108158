"""Addresses of starting and of copying; under the app's own names."""

from django.urls import path

from .views import start

urlpatterns = [
    path("lancer/<slug:slug>/", start.start, name="start"),
    path("espaces/<slug:slug>/modele/", start.recipe, name="recipe"),
    path("espaces/<slug:slug>/modele.zip", start.recipe_zip, name="recipe-zip"),
]

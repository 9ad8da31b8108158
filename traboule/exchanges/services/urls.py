from django.urls import path

from .views import front

app_name = "services"
HERE = "espaces/<slug:slug>/services/"

urlpatterns = [
    path(HERE, front.home, name="home"),
]

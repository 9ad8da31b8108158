from django.urls import URLPattern, path
from django.views.generic import View

urlpatterns: list[URLPattern] = [
    path("x/<slug:slug>/<int:pk>/", View.as_view(), name="declaration"),
    path("x/<slug:slug>/", View.as_view(), name="declarations"),
    path("y/<slug:slug>/<int:pk>/", View.as_view(), name="advance"),
]

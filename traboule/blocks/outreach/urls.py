from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "outreach"


def _soon(request: HttpRequest, slug: str = "", token: str = "") -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("espaces/<slug:slug>/aller-vers/", _soon, name="today"),
    path("espaces/<slug:slug>/aller-vers/import/", _soon, name="import"),
    path("espaces/<slug:slug>/aller-vers/contact/<int:pk>/", _soon, name="contact"),
    path("ne-plus-me-contacter/<str:token>/", _soon, name="stop"),
]

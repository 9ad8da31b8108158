from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path


@login_not_required
def _soon(request, **kwargs):
    return HttpResponse("")


urlpatterns = [
    path("imprimer/", _soon, name="print"),
    path("initiatives/<slug:slug>/fiche.pdf", _soon, name="sheet-pdf"),
    path("initiatives/<slug:slug>/qr.svg", _soon, name="sheet-qr"),
]

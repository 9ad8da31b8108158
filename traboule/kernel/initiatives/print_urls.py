"""Addresses of what is printed; included by ``urls``."""

from django.urls import path

from .views import printing

urlpatterns = [
    path("imprimer/", printing.print_choice, name="print"),
    path("initiatives/<slug:slug>/fiche.pdf", printing.sheet_pdf_file, name="sheet-pdf"),
    path("initiatives/<slug:slug>/qr.svg", printing.sheet_qr, name="sheet-qr"),
]

from django.urls import path

from ..views import results

HERE = "espaces/<slug:slug>/logements/"

urlpatterns = [
    path(f"{HERE}resultats/", results.results, name="results"),
    path(f"{HERE}resultats/tableau.csv", results.results_csv, name="results-csv"),
    path(f"{HERE}resultats/resultats.pdf", results.results_pdf, name="results-pdf"),
]

from django.urls import path

from ..views import adverts, results

HERE = "espaces/<slug:slug>/logements/"

urlpatterns = [
    path(f"{HERE}affiches/", adverts.halls, name="adverts"),
    path(f"{HERE}affiches/<str:code>.pdf", adverts.advert, name="advert-pdf"),
    path(f"{HERE}resultats/", results.results, name="results"),
    path(f"{HERE}resultats/tableau.csv", results.results_csv, name="results-csv"),
    path(f"{HERE}resultats/resultats.pdf", results.results_pdf, name="results-pdf"),
]

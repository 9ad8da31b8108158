"""Addresses of open data, of imports and of background work; included by ``urls``."""

from django.urls import path

from .views import data, importing

urlpatterns = [
    path("donnees/", data.open_data, name="open-data"),
    path("donnees/initiatives.json", data.as_json_file, name="data-json"),
    path("donnees/initiatives.csv", data.as_csv_file, name="data-csv"),
    path("donnees/initiatives.geojson", data.as_geojson_file, name="data-geojson"),
    path("donnees/initiatives.atom", data.as_atom, name="data-atom"),
    path("donnees/initiatives.rss", data.as_rss, name="data-rss"),
    path("donnees/initiatives.ics", data.as_calendar_file, name="data-ics"),
    path("donnees/data-inclusion.json", data.as_data_inclusion_file, name="data-inclusion"),
    path("redaction/importer/", importing.import_sheets, name="import"),
    path("redaction/importer/<str:key>/", importing.import_checked, name="import-checked"),
    path("travaux/<str:key>/", importing.job, name="job"),
    path("travaux/<str:key>/fichier/", importing.job_file, name="job-file"),
]

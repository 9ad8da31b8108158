from django.urls import path

from ..views import contacts, finding, finding_kept, visits

HERE = "espaces/<slug:slug>/logements/"
ONE = f"{HERE}annonces/<str:code>/"
SEARCHES = f"{HERE}recherches/"
CONTACTS = f"{HERE}contacts/"
VISIT = f"{HERE}visites/<int:pk>/"

urlpatterns = [
    path(HERE, finding.home, name="home"),
    path(f"{HERE}carte/", finding.map_page, name="map"),
    path(f"{HERE}carte.geojson", finding.map_data, name="map-data"),
    path(ONE, finding.listing, name="listing"),
    path(f"{ONE}garder/", finding_kept.favourite, name="favourite"),
    path(f"{HERE}gardes/", finding_kept.favourites, name="favourites"),
    path(SEARCHES, finding_kept.searches, name="searches"),
    path(f"{SEARCHES}garder/", finding_kept.save_search, name="save-search"),
    path(f"{SEARCHES}<int:pk>/retirer/", finding_kept.search_remove, name="search-remove"),
    path(f"{ONE}interet/", contacts.interest, name="interest"),
    path(CONTACTS, contacts.interests, name="interests"),
    path(f"{CONTACTS}<int:pk>/repondre/", contacts.interest_answer, name="interest-answer"),
    path(f"{CONTACTS}<int:pk>/visite/", visits.ask, name="visit-ask"),
    path(f"{VISIT}choisir/", visits.choose, name="visit-choose"),
    path(f"{VISIT}avis/", visits.verdict, name="visit-verdict"),
    path(f"{VISIT}annuler/", visits.cancel, name="visit-cancel"),
]

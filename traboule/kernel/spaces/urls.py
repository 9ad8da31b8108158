from django.urls import path

from .start_urls import urlpatterns as starting
from .views import access, content, leaving, panorama, partners, people, referents, results, space

app_name = "spaces"

urlpatterns = [
    *starting,
    path("code/", access.ask_code, name="code"),
    path("code/<str:code>/", access.enter, name="enter"),
    path("espaces/", space.mine, name="list"),
    path("espaces/<slug:slug>/", space.space, name="space"),
    path("espaces/<slug:slug>/prendre-part/", space.join, name="join"),
    path("espaces/<slug:slug>/reglages/", space.settings, name="settings"),
    path("espaces/<slug:slug>/briques/", space.change_blocks, name="blocks"),
    path("espaces/<slug:slug>/fermer/", space.close, name="close"),
    path("espaces/<slug:slug>/personnes/", people.people, name="people"),
    path("espaces/<slug:slug>/personnes/ajouter/", people.add_person, name="add-person"),
    path("espaces/<slug:slug>/personnes/<uuid:person>/", people.person, name="person"),
    path(
        "espaces/<slug:slug>/personnes/<uuid:person>/role/", people.change_role, name="change-role"
    ),
    path("espaces/<slug:slug>/personnes/<uuid:person>/partir/", people.leave, name="leave"),
    path("espaces/<slug:slug>/personnes/<uuid:person>/reponse/", people.answer, name="answer"),
    path("espaces/<slug:slug>/nouvelles/", content.news, name="news"),
    path("espaces/<slug:slug>/nouvelles/ecrire/", content.write_news, name="write-news"),
    path(
        "espaces/<slug:slug>/nouvelles/<int:pk>/effacer/", content.remove_news, name="remove-news"
    ),
    path("espaces/<slug:slug>/pages/", content.pages, name="pages"),
    path("espaces/<slug:slug>/pages/ajouter/", content.add_page, name="add-page"),
    path("espaces/<slug:slug>/page/<slug:page>/", content.page, name="page"),
    path("espaces/<slug:slug>/page/<slug:page>/changer/", content.change_page, name="change-page"),
    path("espaces/<slug:slug>/page/<slug:page>/ranger/", content.arrange_page, name="arrange-page"),
    path("espaces/<slug:slug>/page/<slug:page>/effacer/", content.remove_page, name="remove-page"),
    path("espaces/<slug:slug>/a-qui-s-adresser/", referents.referents, name="referents"),
    path(
        "espaces/<slug:slug>/a-qui-s-adresser/<int:pk>/retirer/",
        referents.remove_referent,
        name="remove-referent",
    ),
    path("espaces/<slug:slug>/tout-emporter/", leaving.leave_with_everything, name="take-away"),
    path("organisations/<int:pk>/espaces/", panorama.panorama, name="panorama"),
    path("organisations/<int:pk>/espaces.csv", panorama.panorama_csv, name="panorama-csv"),
    path("espaces/<slug:slug>/partenaires/", partners.partners, name="partners"),
    path(
        "espaces/<slug:slug>/partenaires/<int:pk>/retirer/",
        partners.remove_partner,
        name="remove-partner",
    ),
    path("espaces/<slug:slug>/a-faire/", content.checklist, name="checklist"),
    path("espaces/<slug:slug>/a-faire/<int:pk>/retirer/", content.remove_item, name="remove-item"),
    path("espaces/<slug:slug>/a-faire/<int:pk>/", content.tick, name="tick"),
    path("espaces/<slug:slug>/code/", access.code, name="access"),
    path("espaces/<slug:slug>/code/affiche.pdf", access.poster, name="access-poster"),
    path("espaces/<slug:slug>/resultats/", results.results, name="results"),
    path("espaces/<slug:slug>/resultats/choisir/", results.choose, name="choose-results"),
    path("espaces/<slug:slug>/resultats.csv", results.results_csv, name="results-csv"),
]

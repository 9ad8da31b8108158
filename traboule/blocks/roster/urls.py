from django.urls import path

from .views import answering, candidates, composition, draws, members, settings

app_name = "roster"

SPACE = "espaces/<slug:slug>/composition/"
MEMBER = f"{SPACE}membres/<int:pk>/"
DRAW = f"{SPACE}tirages/<int:pk>/"

urlpatterns = [
    path(SPACE, composition.roster, name="roster"),
    path(f"{SPACE}liste.pdf", composition.list_pdf, name="list-pdf"),
    path(f"{SPACE}liste-publique.pdf", composition.public_pdf, name="public-pdf"),
    path(f"{SPACE}liste.csv", composition.list_csv, name="list-csv"),
    path(f"{SPACE}reglages/", settings.settings, name="settings"),
    path(f"{SPACE}colleges/nouveau/", settings.new_college, name="college-new"),
    path(f"{SPACE}colleges/<int:pk>/", settings.college, name="college"),
    path(f"{SPACE}colleges/<int:pk>/retirer/", settings.remove_college, name="college-remove"),
    path(f"{SPACE}colleges/<int:pk>/appeler/", answering.call_next, name="call-next"),
    path(f"{SPACE}quotas/nouveau/", settings.new_quota, name="quota-new"),
    path(f"{SPACE}quotas/<int:pk>/retirer/", settings.remove_quota, name="quota-remove"),
    path(f"{SPACE}ajouter/", members.add, name="add"),
    path(MEMBER, members.member, name="member"),
    path(f"{MEMBER}depart/", members.end, name="end"),
    path(f"{MEMBER}titulaire/", members.promote, name="promote"),
    path(f"{SPACE}tirages/nouveau/", draws.new, name="draw-new"),
    path(DRAW, draws.draw, name="draw"),
    path(f"{DRAW}liste.csv", draws.published, name="draw-list"),
    path(f"{DRAW}candidatures/", candidates.candidates, name="candidates"),
    path(f"{DRAW}candidatures/une/", candidates.one, name="candidate-new"),
    path(f"{DRAW}candidatures/coller/", candidates.paste, name="candidates-paste"),
    path(
        f"{DRAW}candidatures/<int:candidate>/retirer/",
        candidates.remove,
        name="candidate-remove",
    ),
    path(f"{DRAW}figer/", draws.freeze, name="draw-freeze"),
    path(f"{DRAW}tirer/", draws.lots, name="draw-lots"),
    path(f"{DRAW}prevenir/", draws.ask, name="draw-ask"),
    path(f"{DRAW}annuler/", draws.cancel, name="draw-cancel"),
    path(f"{DRAW}reponse/<int:candidate>/", answering.answer, name="answer"),
]

from django.urls import path

from .views import archive, paper, subscribers, subscribing, writing

app_name = "mailings"

SPACE = "espaces/<slug:slug>/"
TEXT = f"{SPACE}ecrire/<int:pk>/"

urlpatterns = [
    path(f"{SPACE}ecrire/", writing.mailings, name="mailings"),
    path(f"{SPACE}ecrire/nouveau/", writing.write, name="write"),
    path(f"{SPACE}ecrire/sms/", writing.sms_preview, name="sms-preview"),
    path(f"{SPACE}ecrire/nom/", writing.name_letter, name="name-letter"),
    path(TEXT, writing.mailing, name="mailing"),
    path(f"{TEXT}changer/", writing.change, name="change"),
    path(f"{TEXT}faire/", writing.act, name="act"),
    path(f"{TEXT}personnes/", writing.recipients, name="recipients"),
    path(f"{TEXT}personnes.csv", writing.recipients_csv, name="recipients-csv"),
    path(f"{TEXT}affiche.pdf", paper.poster, name="poster"),
    path(f"{TEXT}lettre.pdf", paper.letter_pdf, name="letter-pdf"),
    path(f"{TEXT}image.png", paper.card, name="card"),
    path(f"{SPACE}abonnes/", subscribers.subscribers, name="subscribers"),
    path(f"{SPACE}abonnes/saisir/", subscribers.type_sheet, name="type-sheet"),
    path(f"{SPACE}abonnes/feuille.pdf", paper.sheet, name="sheet"),
    path(f"{SPACE}abonnes/<uuid:person>/", subscribers.subscribe_for, name="subscribe-for"),
    path(f"{SPACE}lettres/", archive.archive, name="archive"),
    path(f"{SPACE}lettres/flux.xml", archive.feed, name="feed"),
    path(f"{SPACE}lettres/recevoir/", subscribing.subscribe, name="subscribe"),
    path(f"{SPACE}lettres/<slug:code>/", archive.letter, name="letter"),
    path(f"{SPACE}lettres/<slug:code>/imprimer.pdf", paper.printed, name="printed"),
    path("l/<slug:code>/", archive.short, name="short"),
    path("lettres/confirmer/<str:token>/", subscribing.confirm, name="confirm"),
    path("lettres/arreter/<str:token>/", subscribing.unsubscribe, name="unsubscribe"),
    path("lettres/<int:pk>/moi/", subscribing.mine, name="mine"),
]

from django.urls import path

from .views import presence, roll

EVENT = "espaces/<slug:slug>/agenda/<int:pk>/"

urlpatterns = [
    path(f"{EVENT}appel/", roll.roll, name="roll"),
    path(f"{EVENT}appel/lignes/", roll.roll_lines, name="roll-lines"),
    path(f"{EVENT}appel/carte/", presence.note_card, name="note-card"),
    path(f"{EVENT}appel/code/", presence.code_of_room, name="room-code"),
    path(f"{EVENT}emargement.pdf", presence.sheet, name="attendance-sheet"),
    path(f"{EVENT}emargement/", presence.type_sheet, name="sheet-type"),
    path(f"{EVENT}presences/", presence.ledger, name="ledger"),
    path(f"{EVENT}presences.csv", presence.ledger_csv, name="ledger-csv"),
    path(f"{EVENT}presences/signer/", presence.countersign, name="countersign"),
    path("ici/<str:code>/", presence.here, name="here"),
    path("appel-hors-ligne.js", roll.offline_worker, name="offline-worker"),
]

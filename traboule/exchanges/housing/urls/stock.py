from django.urls import path

from ..views import checking, importing, landlords, stock

HERE = "espaces/<slug:slug>/logements/"
ALL = f"{HERE}bailleurs/"
ONE = f"{ALL}<int:pk>/"
HOME = f"{HERE}parc/<int:pk>/"
FILE = f"{HERE}fichiers/<uuid:key>/"
CHECKS = f"{HERE}verifications/"

urlpatterns = [
    path(ALL, landlords.landlords, name="landlords"),
    path(f"{ALL}nouveau/", landlords.add, name="landlord-add"),
    path(ONE, landlords.landlord, name="landlord"),
    path(f"{ONE}retirer/", landlords.remove, name="landlord-remove"),
    path(f"{ONE}personnes/", landlords.add_officer, name="officer-add"),
    path(f"{ALL}personnes/<int:pk>/retirer/", landlords.remove_officer, name="officer-remove"),
    path(f"{ONE}parc/", stock.stock, name="stock"),
    path(f"{ONE}parc/nouveau/", stock.add, name="dwelling-add"),
    path(f"{ONE}parc/fichier/", importing.send, name="stock-import"),
    path(f"{HERE}parc/modele.csv", importing.model, name="stock-model"),
    path(FILE, importing.read, name="stock-read"),
    path(f"{FILE}importer/", importing.apply, name="stock-apply"),
    path(f"{FILE}a-corriger.csv", importing.wrong, name="stock-wrong"),
    path(HOME, stock.dwelling, name="dwelling"),
    path(f"{HOME}libre/", stock.vacant, name="dwelling-vacant"),
    path(f"{HOME}retirer/", stock.withdraw, name="dwelling-withdraw"),
    path(CHECKS, checking.checks, name="checks"),
    path(f"{CHECKS}<int:pk>/", checking.check, name="check"),
    path(f"{CHECKS}<int:pk>/confirmer/", checking.confirm, name="check-confirm"),
    path(f"{CHECKS}<int:pk>/refuser/", checking.refuse, name="check-refuse"),
    path(f"{CHECKS}<int:pk>/revoir/", checking.answer_appeal, name="appeal-answer"),
    path(f"{HERE}ma-verification/<int:pk>/", checking.own, name="own-check"),
    path(f"{HERE}ma-verification/<int:pk>/recours/", checking.appeal, name="appeal"),
]

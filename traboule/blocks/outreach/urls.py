from django.urls import path

from .views import (
    contacts,
    figures,
    following,
    going,
    importing,
    public,
    settling,
    today,
    writing,
)

app_name = "outreach"

HERE = "espaces/<slug:slug>/aller-vers/"
CONTACT = f"{HERE}contacts/<int:pk>/"
MESSAGE = f"{HERE}messages/<int:pk>/"

urlpatterns = [
    path("ne-plus-me-contacter/<str:token>/", public.stop, name="stop"),
    path(HERE, today.today, name="today"),
    path(f"{HERE}contacts/", contacts.contacts, name="contacts"),
    path(f"{HERE}contacts/nouveau/", contacts.new, name="new-contact"),
    path(f"{HERE}contacts/groupe/", contacts.save_segment, name="save-segment"),
    path(f"{HERE}groupes/<int:pk>/supprimer/", contacts.remove_segment, name="remove-segment"),
    path(CONTACT, contacts.contact, name="contact"),
    path(f"{CONTACT}modifier/", contacts.edit, name="edit-contact"),
    path(f"{CONTACT}echange/", contacts.exchange, name="exchange"),
    path(f"{CONTACT}suite/", contacts.plan_next, name="plan-next"),
    path(f"{CONTACT}etat/", contacts.move, name="move"),
    path(f"{CONTACT}prendre/", contacts.take, name="take"),
    path(f"{CONTACT}resultat/", going.outcome, name="outcome"),
    path(f"{CONTACT}ne-plus-contacter/", contacts.opt_out, name="opt-out"),
    path(f"{HERE}appels/", going.calls, name="calls"),
    path(f"{HERE}appels/feuille.pdf", going.calls_pdf, name="calls-pdf"),
    path(f"{HERE}visites/", going.visits, name="visits"),
    path(f"{HERE}visites/feuille.pdf", going.visits_pdf, name="visits-pdf"),
    path(f"{HERE}recopier/", going.type_back, name="type-back"),
    path(f"{HERE}importer/", importing.new, name="import"),
    path(f"{HERE}importer/modele.csv", importing.model_csv, name="import-model"),
    path(f"{HERE}importer/<uuid:key>/", importing.checked, name="import-checked"),
    path(f"{HERE}ecrire/", writing.compose, name="compose"),
    path(f"{HERE}messages/", writing.drafts, name="messages"),
    path(f"{HERE}messages/courriers.pdf", writing.letters_pdf, name="letters-pdf"),
    path(MESSAGE, writing.draft, name="message"),
    path(f"{MESSAGE}sort/", writing.fate, name="message-fate"),
    path(f"{HERE}suivi/", following.following, name="following"),
    path(f"{HERE}suivi/<int:pk>/", following.after, name="after"),
    path(f"{HERE}suivi/etape/<int:pk>/", following.step, name="step"),
    path(f"{HERE}activite/", figures.figures, name="figures"),
    path(f"{HERE}activite/tableau.csv", figures.figures_csv, name="figures-csv"),
    path(f"{HERE}activite/bilan.pdf", figures.figures_pdf, name="figures-pdf"),
    path(f"{HERE}reglages/", settling.words, name="settings"),
    path(f"{HERE}reglages/message/", settling.template, name="new-template"),
    path(f"{HERE}reglages/message/<int:pk>/", settling.template, name="template"),
    path(f"{HERE}reglages/plan/", settling.plan, name="new-plan"),
    path(f"{HERE}reglages/plan/<int:pk>/", settling.plan, name="plan"),
]

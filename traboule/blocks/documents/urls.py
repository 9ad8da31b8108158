from django.urls import path

from .views import copies, editing, leaving, shelves

app_name = "documents"

HERE = "espaces/<slug:slug>/documents/"
ONE = f"{HERE}<int:number>/"

urlpatterns = [
    path(HERE, shelves.shelves, name="shelves"),
    path(f"{HERE}deposer/", editing.add, name="add"),
    path(f"{HERE}attendus/", editing.expect, name="expect"),
    path(f"{HERE}attendus/<int:pk>/retirer/", editing.expect_no_more, name="expect-no-more"),
    path(f"{HERE}copies/", copies.wanted, name="copies"),
    path(f"{HERE}copies/a-imprimer.pdf", copies.to_print, name="copies-pdf"),
    path(f"{HERE}tout/<str:shelf>.zip", leaving.archive, name="archive"),
    path(ONE, shelves.document, name="document"),
    path(f"{ONE}nouvelle-version/", editing.add_version, name="add-version"),
    path(f"{ONE}changer/", editing.change, name="change"),
    path(f"{ONE}etagere/", editing.move, name="move"),
    path(f"{ONE}ranger/", editing.put_away, name="put-away"),
    path(f"{ONE}ressortir/", editing.bring_back, name="bring-back"),
    path(f"{ONE}copie/", copies.ask, name="ask-copy"),
    path(f"{ONE}copie/annuler/", copies.give_up, name="give-up-copy"),
    path(f"{ONE}copies/remises/", copies.hand, name="hand-copies"),
]

from django.urls import path

from .views import desk, following, handling, paper, reading, reporting

app_name = "reports"

HERE = "espaces/<slug:slug>/signalements/"
TEAM = f"{HERE}equipe/"
ONE = f"{HERE}<int:number>/"
OWN = "signalement/<str:code>/"

urlpatterns = [
    path(HERE, reading.reports, name="reports"),
    path(f"{HERE}nouveau/", reporting.new, name="new"),
    path(f"{HERE}plan/", reading.plan, name="plan"),
    path(TEAM, handling.queue, name="queue"),
    path(f"{TEAM}preparer/", desk.set_up, name="set-up"),
    path(f"{TEAM}endroits/", desk.add_zone, name="add-zone"),
    path(f"{TEAM}endroits/<int:pk>/retirer/", desk.remove_zone, name="remove-zone"),
    path(f"{TEAM}sortes/", desk.add_category, name="add-category"),
    path(f"{TEAM}sortes/<int:pk>/retirer/", desk.remove_category, name="remove-category"),
    path(f"{TEAM}tournee/", paper.type_round, name="round"),
    path(f"{TEAM}tournee.pdf", paper.round_pdf, name="round-pdf"),
    path(ONE, reading.report, name="report"),
    path(f"{ONE}regarder/", handling.look, name="look"),
    path(f"{ONE}prendre/", handling.take, name="take"),
    path(f"{ONE}prevoir/", handling.plan, name="plan-report"),
    path(f"{ONE}rendre/", handling.give_back, name="give-back"),
    path(f"{ONE}regler/", handling.close, name="close"),
    path(f"{ONE}transmettre/", handling.pass_on, name="pass-on"),
    path(f"{ONE}rappels/<int:pk>/", handling.note_call, name="note-call"),
    path(f"{ONE}affiche.pdf", paper.poster, name="poster"),
    path(f"{ONE}encore/", following.reopen, name="reopen"),
    path(f"{ONE}suivre/", following.follow, name="follow"),
    path(f"{ONE}ne-plus-suivre/", following.stop, name="stop-following"),
    path(OWN, following.own, name="own"),
    path(f"{OWN}encore/", following.own_reopen, name="own-reopen"),
    path(f"{OWN}rappel/", following.own_reach, name="own-reach"),
    path(f"{OWN}recu.pdf", paper.receipt, name="receipt"),
]

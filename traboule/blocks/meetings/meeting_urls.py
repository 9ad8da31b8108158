from django.urls import path, register_converter

from .refs import Ref, Year
from .views import agenda, coming, convening, meetings, models

register_converter(Ref, "ref")
register_converter(Year, "year")

SPACE = "espaces/<slug:slug>/reunions/"
MEETING = f"{SPACE}<ref:ref>/"

urlpatterns = [
    path(SPACE, meetings.meetings, name="meetings"),
    path(f"{SPACE}nouvelle/", meetings.new, name="new"),
    path(f"{SPACE}depuis-la-date/<int:event>/", meetings.from_event, name="from-event"),
    path(f"{SPACE}deja-tenue/", meetings.type_past, name="type-past"),
    path(f"{SPACE}regles/", models.rules, name="rules"),
    path(f"{SPACE}ordres-du-jour-types/", models.models, name="models"),
    path(f"{SPACE}ordres-du-jour-types/<int:pk>/retirer/", models.remove, name="remove-model"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}suivi/", meetings.life, name="life"),
    path(f"{MEETING}ordre-du-jour/", agenda.agenda, name="agenda"),
    path(f"{MEETING}ordre-du-jour/modele/", models.keep, name="keep-model"),
    path(f"{MEETING}ordre-du-jour/<int:pk>/", agenda.item, name="item"),
    path(f"{MEETING}ordre-du-jour/<int:pk>/deplacer/", agenda.move, name="move-item"),
    path(f"{MEETING}ordre-du-jour/<int:pk>/retirer/", agenda.remove, name="remove-item"),
    path(f"{MEETING}ordre-du-jour.pdf", agenda.printed, name="agenda-pdf"),
    path(f"{MEETING}convoquer/", convening.convene, name="convene"),
    path(f"{MEETING}reponses/", convening.replies, name="replies"),
    path(f"{MEETING}reponses/<uuid:person>/", convening.reply_for, name="reply-for"),
    path(f"{MEETING}ma-reponse/", coming.reply, name="reply"),
    path(f"{MEETING}ma-voix/", coming.voice, name="voice"),
    path(f"{MEETING}voix/<int:pk>/reprendre/", coming.withdraw, name="withdraw-voice"),
]

from django.urls import path

from .views import editing, events, paper, phone, public, signups, watching, weather

SPACE = "espaces/<slug:slug>/agenda/"
EVENT = f"{SPACE}<int:pk>/"

urlpatterns = [
    path("agenda/", public.territory, name="territory"),
    path("s/", public.ask_code, name="ask-code"),
    path("s/<str:code>/", public.short, name="short"),
    path(SPACE, events.agenda, name="agenda"),
    path(f"{SPACE}nouvelle-date/", editing.new_event, name="new-event"),
    path(f"{SPACE}nouvelle-serie/", editing.new_series, name="new-series"),
    path(f"{SPACE}telephone/", phone.find, name="phone"),
    path(f"{SPACE}telephone/nouvelle/", phone.new_caller, name="phone-new"),
    path(f"{SPACE}telephone/<uuid:person>/", phone.choose_event, name="phone-event"),
    path(f"{SPACE}telephone/<uuid:person>/<int:pk>/", phone.read_back, name="phone-read-back"),
    path(
        f"{SPACE}telephone/<uuid:person>/serie/<int:series>/",
        phone.read_back_series,
        name="phone-series",
    ),
    path(f"{SPACE}serie/<int:series>/", signups.enrol, name="enrol"),
    path(f"{SPACE}serie/<int:series>/quitter/", signups.leave_series, name="leave-series"),
    path(EVENT, events.event, name="event"),
    path(f"{EVENT}je-viens/", signups.come, name="come"),
    path(f"{EVENT}je-ne-viens-plus/", signups.give_back, name="give-back"),
    path(f"{EVENT}inscriptions/", signups.who_comes, name="signups"),
    path(f"{EVENT}inviter/", signups.invite, name="invite"),
    path(f"{EVENT}liste-papier/", paper.paper_list, name="paper-list"),
    path(f"{EVENT}confirmer/", editing.confirm, name="confirm"),
    path(f"{EVENT}changer/", editing.change, name="change"),
    path(f"{EVENT}annuler/", editing.call_off, name="call-off"),
    path(f"{EVENT}meteo/", weather.put_off, name="weather"),
    path(f"{SPACE}prevenir/", watching.watch, name="watch"),
    path(f"{SPACE}prevenir/<uuid:person>/", watching.watch_for, name="watch-for"),
]

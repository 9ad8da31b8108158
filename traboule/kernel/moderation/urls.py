from django.urls import path

from .views import charter, flags, hiding, log, people

app_name = "moderation"

_SPACE = "espaces/<slug:slug>/"
_ONE = f"{_SPACE}moderation/<int:pk>/"

urlpatterns = [
    path(f"{_SPACE}charte/", charter.charter, name="charter"),
    path(f"{_SPACE}charte/<int:version>/", charter.charter, name="charter-version"),
    path(f"{_SPACE}charte/changer/", charter.change, name="change-charter"),
    path(f"{_SPACE}charte/adopter/", charter.adopt, name="adopt-charter"),
    path(f"{_SPACE}charte/affiche.pdf", charter.poster, name="charter-poster"),
    path(f"{_SPACE}moderation/", log.log, name="log"),
    path(f"{_SPACE}moderation/equipe/", log.queue, name="queue"),
    path(_ONE, hiding.hiding, name="hiding"),
    path(f"{_ONE}contester/", hiding.appeal, name="appeal"),
    path(f"{_ONE}decider/", hiding.decide, name="decide"),
    path(f"{_ONE}montrer/", hiding.restore, name="restore"),
    path(f"{_SPACE}moderation/masquer/<str:kind>/<str:key>/", hiding.hide, name="hide"),
    path(f"{_SPACE}signaler/<str:kind>/<str:key>/", flags.flag, name="flag"),
    path(f"{_SPACE}moderation/signalements/<int:pk>/", flags.set_aside, name="set-aside"),
    path(f"{_SPACE}moderation/personnes/<uuid:person>/", people.standing, name="standing"),
    path(f"{_SPACE}moderation/personnes/<uuid:person>/suspendre/", people.hold, name="hold"),
]

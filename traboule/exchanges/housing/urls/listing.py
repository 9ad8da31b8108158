from django.urls import path

from ..views import listing, listing_own, listing_team

HERE = "espaces/<slug:slug>/logements/"
NEW = f"{HERE}inscription/"
MINE = f"{HERE}mon-annonce/"
OWN = f"{MINE}<str:code>/"
TEAM = f"{HERE}equipe/"

urlpatterns = [
    path(NEW, listing.register, name="register"),
    path(f"{NEW}<int:pk>/", listing.home, name="register-home"),
    path(f"{HERE}inscription.pdf", listing_team.paper_form, name="paper-form"),
    path(f"{HERE}priorites/", listing.points, name="priorities"),
    path(MINE, listing_own.mine, name="mine"),
    path(OWN, listing_own.own, name="own"),
    path(f"{OWN}questions/<slug:step>/", listing.step, name="step"),
    path(f"{OWN}communes/retirer/", listing.places_clear, name="places-clear"),
    path(f"{OWN}communes/<int:pk>/retirer/", listing.place_remove, name="place-remove"),
    path(f"{OWN}photos/<int:pk>/retirer/", listing.photo_remove, name="photo-remove"),
    path(f"{OWN}envoyer/", listing.send, name="send"),
    path(f"{OWN}toujours/", listing_own.renew, name="renew"),
    path(f"{OWN}pause/", listing_own.pause, name="pause"),
    path(f"{OWN}reprendre/", listing_own.resume, name="resume"),
    path(f"{OWN}arreter/", listing_own.end, name="end"),
    path(f"{OWN}corriger/", listing_own.edit, name="edit"),
    path(f"{OWN}reglages/", listing_own.screens, name="screens"),
    path(f"{OWN}reglages/personnes/retirer/", listing_own.screens_clear, name="screens-clear"),
    path(f"{OWN}reglages/<int:pk>/retirer/", listing_own.screen_remove, name="screen-remove"),
    path(f"{TEAM}photos/", listing_team.photos, name="photos"),
    path(f"{TEAM}photos/<int:pk>/montrer/", listing_team.photo_pass, name="photo-pass"),
    path(f"{TEAM}photos/<int:pk>/refuser/", listing_team.photo_refuse, name="photo-refuse"),
    path(f"{TEAM}saisir/", listing_team.type_paper, name="type-in"),
]

from django.urls import path

from ..views import asking, front, hands

HERE = "espaces/<slug:slug>/services/"
ONE = f"{HERE}demandes/<str:code>/"
OFFER = f"{HERE}offres/<int:pk>/"

urlpatterns = [
    path(HERE, front.home, name="home"),
    path(f"{HERE}demandes/", asking.requests_page, name="requests"),
    path(f"{HERE}demander/", asking.ask, name="ask"),
    path(ONE, asking.one, name="request"),
    path(f"{ONE}repondre/", asking.offer, name="offer"),
    path(f"{ONE}fermer/", asking.close, name="close"),
    path(f"{OFFER}choisir/", asking.choose, name="choose"),
    path(f"{OFFER}decliner/", asking.decline, name="decline"),
    path(f"{OFFER}retirer/", asking.withdraw, name="withdraw"),
    path(f"{HERE}proposer/", hands.hands, name="hands"),
    path(f"{HERE}proposer/encore/", hands.renew, name="renew"),
    path(f"{HERE}proposer/arreter/", hands.leave, name="leave"),
]

from django.urls import path

from ..views import asking, calling, drafting, finding, front, hands

HERE = "espaces/<slug:slug>/services/"
ONE = f"{HERE}demandes/<str:code>/"
OFFER = f"{HERE}offres/<int:pk>/"
CALLS = f"{HERE}appels/"
WORKERS = f"{HERE}papiers/"

urlpatterns = [
    path(HERE, front.home, name="home"),
    path(f"{HERE}demandes/", finding.requests_page, name="requests"),
    path(f"{HERE}carte/", finding.map_page, name="requests-map"),
    path(f"{HERE}carte/points/", finding.map_points, name="requests-points"),
    path(f"{HERE}demander/", drafting.ask, name="ask"),
    path(ONE, asking.one, name="request"),
    path(f"{ONE}relire/", drafting.read_back, name="read-back"),
    path(f"{ONE}repondre/", asking.offer, name="offer"),
    path(f"{ONE}fermer/", asking.close, name="close"),
    path(f"{ONE}question/<slug:step>/", drafting.step, name="ask-step"),
    path(f"{OFFER}choisir/", asking.choose, name="choose"),
    path(f"{OFFER}decliner/", asking.decline, name="decline"),
    path(f"{OFFER}retirer/", asking.withdraw, name="withdraw"),
    path(f"{HERE}proposer/", hands.hands, name="hands"),
    path(f"{HERE}proposer/encore/", hands.renew, name="renew"),
    path(f"{HERE}proposer/arreter/", hands.leave, name="leave"),
    path(CALLS, calling.desk, name="calls"),
    path(f"{CALLS}demande/", calling.call, name="call"),
    path(f"{CALLS}rappels/<int:pk>/fait/", calling.called, name="called"),
    path(f"{CALLS}personnes/<uuid:public_id>/", calling.caller, name="caller"),
    path(WORKERS, calling.workers_page, name="workers"),
    path(f"{WORKERS}<int:pk>/", calling.worker, name="worker"),
]

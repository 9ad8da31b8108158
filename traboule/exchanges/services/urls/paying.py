from django.urls import path

from ..views import paying

HERE = "espaces/<slug:slug>/services/"
SLIP = f"{HERE}bulletins/<str:code>/payer/"
ONE = f"{HERE}paiements/<uuid:key>/"

urlpatterns = [
    path(SLIP, paying.pay, name="pay"),
    path(f"{SLIP}carte/", paying.pay_by_card, name="pay-by-card"),
    path(f"{SLIP}donne/", paying.say_paid, name="say-paid"),
    path(f"{SLIP}recu/", paying.say_received, name="say-received"),
    path(f"{HERE}contrats/<str:code>/reserver/", paying.hold, name="hold"),
    path(f"{HERE}paiements/", paying.payments_page, name="payments"),
    path(ONE, paying.payment_page, name="payment"),
    path(f"{ONE}verifier/", paying.check, name="payment-check"),
    path(f"{ONE}rendre/", paying.refund, name="payment-refund"),
    path(f"{ONE}avance-rendue/", paying.given_back, name="payment-given-back"),
    path(f"{ONE}regle/", paying.set_right, name="payment-right"),
    path(f"{HERE}argent/<int:pk>/", paying.earnings, name="earnings"),
    path(f"{HERE}argent/<int:pk>/verifier/", paying.check_account, name="earnings-check"),
    path("services/paiements/stripe/", paying.stripe_event, name="stripe"),
]

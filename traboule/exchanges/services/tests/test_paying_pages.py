import httpx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.spaces.models import Participation

from ..models import Payment, PaymentState, Worker
from .conftest import KEY
from .paying import make_payment, make_signed, make_slip

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(cards):
    contract = make_signed()
    cards.open_account(contract.worker)
    return contract


def page(name, slip):
    return reverse(f"services:{name}", args=[slip.contract.household.space.slug, slip.code])


def pages_of(contract, name, *args):
    return reverse(f"services:{name}", args=[contract.household.space.slug, *args])


def give_card(payment, card="4242 4242 4242 4242"):
    """What the household does on the provider's own page; where that leads."""
    answer = httpx.post(payment.page, data={"do": "pay", "card": card})
    return answer.headers.get("Location", ""), answer.text


def test_a_household_pays_on_the_page_of_the_provider_and_comes_back(client, cards, contract):
    slip = make_slip(contract)
    client.force_login(contract.household.person)
    assert "Payer par carte" in client.get(page("pay", slip)).content.decode()

    client.post(page("pay-by-card", slip))
    payment = Payment.objects.get()
    assert payment.page in client.get(page("pay", slip)).content.decode()
    _, refused = give_card(payment, "4000 0000 0000 0002")
    assert "declined" in refused
    back, _ = give_card(payment)

    shown = client.get(back).content.decode()
    assert "Vérifier maintenant" in shown  # Coming back proves nothing.
    cards.deliver_new()
    assert "payé" in client.get(back).content.decode()
    assert "C’est payé" in client.get(page("pay", slip)).content.decode()


def test_who_comes_back_before_the_event_may_ask(client, cards, contract):
    slip = make_slip(contract)
    client.force_login(contract.household.person)
    client.post(page("pay-by-card", slip))
    payment = Payment.objects.get()
    give_card(payment)

    client.post(pages_of(contract, "payment-check", payment.key))

    payment.refresh_from_db()
    assert payment.state == PaymentState.PAID


def test_a_household_reserves_the_sum_before_the_job(client, cards, contract):
    client.force_login(contract.household.person)
    address = pages_of(contract, "hold", contract.code)
    assert "33,00" in client.get(address).content.decode()

    client.post(address)
    give_card(Payment.objects.get())
    cards.deliver_new()

    assert "C’est réservé" in client.get(address).content.decode()


def test_a_silent_provider_takes_nothing_and_says_so(client, cards, contract):
    slip = make_slip(contract)
    client.force_login(contract.household.person)
    cards.server.mode = "down"

    shown = client.post(page("pay-by-card", slip), follow=True).content.decode()

    assert "Rien n’est pris" in shown
    assert Payment.objects.get().state == PaymentState.ASKED


def test_a_worker_says_in_one_tap_that_the_money_came(client):
    slip = make_slip(make_signed(paid_by="direct"))
    client.force_login(slip.contract.household.person)
    client.post(page("say-paid", slip))
    client.force_login(slip.contract.worker.person)
    assert "L’argent est reçu" in client.get(page("pay", slip)).content.decode()

    shown = client.post(page("say-received", slip), {"answer": "yes"}, follow=True)

    assert "C’est payé" in shown.content.decode()


def test_only_the_worker_says_that_the_money_came(client):
    slip = make_slip(make_signed(paid_by="direct"))
    client.force_login(slip.contract.household.person)

    assert client.post(page("say-received", slip)).status_code == 403


def test_a_neighbour_sees_no_payment_of_others(client):
    slip, other = make_slip(make_signed(paid_by="direct")), make_signed()
    client.force_login(other.household.person)
    payment = make_payment(slip, state="paid", done_at=timezone.now())

    assert client.get(page("pay", slip)).status_code == 404
    assert client.get(pages_of(slip.contract, "payment", payment.key)).status_code == 404


def test_the_team_gives_a_wage_back_for_a_reason(client, cards, contract):
    slip = make_slip(contract)
    client.force_login(contract.household.person)
    client.post(page("pay-by-card", slip))
    payment = Payment.objects.get()
    give_card(payment)
    cards.deliver_new()
    address = pages_of(contract, "payment-refund", payment.key)
    assert client.post(address, {"reason": "Erreur."}).status_code == 403
    person = contract.household.person
    Participation.objects.filter(person=person).update(role="facilitator")

    client.post(address, {"reason": "Le mauvais mois."})

    payment.refresh_from_db()
    assert payment.is_being_given_back
    desk = client.get(pages_of(contract, "payments")).content.decode()
    assert "à rendre" in desk


def test_the_desk_says_why_cards_are_not_open(client):
    contract = make_signed(paid_by="direct")
    payment = make_payment(make_slip(contract), state="failed", problem="Rien n’est arrivé.")
    person = contract.household.person
    Participation.objects.filter(person=person).update(role="coordinator")
    client.force_login(person)

    shown = client.get(pages_of(contract, "payments")).content.decode()
    assert "TRABOULE_STRIPE_KEY" in shown
    assert "Rien n’est arrivé." in shown
    client.post(pages_of(contract, "payment-right", payment.key))

    assert "Tout va bien" in client.get(pages_of(contract, "payments")).content.decode()


def test_a_worker_opens_an_account_from_a_phone(client, cards, contract):
    worker = contract.worker
    Worker.objects.filter(pk=worker.pk).update(stripe_account="", stripe_ready=False)
    client.force_login(worker.person)
    address = pages_of(contract, "earnings", worker.pk)
    assert "Commencer" in client.get(address).content.decode()

    link = client.post(address).context["link"]
    httpx.post(link, data={"do": "ready"})
    client.post(pages_of(contract, "earnings-check", worker.pk))

    assert "Votre compte est prêt" in client.get(address).content.decode()


def test_the_team_opens_it_with_whoever_has_no_phone_and_a_neighbour_does_not(
    client, cards, contract
):
    worker = contract.worker
    Worker.objects.filter(pk=worker.pk).update(stripe_account="", stripe_ready=False)
    address = pages_of(contract, "earnings", worker.pk)
    neighbour = contract.household.person
    client.force_login(neighbour)
    refused = client.get(address).status_code

    Participation.objects.filter(person=neighbour).update(role="facilitator")
    shown = client.get(address).content.decode()
    link = client.post(address).context["link"]

    assert refused == 404
    assert "Faites-le ensemble" in shown
    assert link.startswith("http://127.0.0.1:")


def test_the_desk_costs_the_same_with_three_payments_as_with_one(client, django_assert_num_queries):
    contract = make_signed(paid_by="direct")
    person = contract.household.person
    Participation.objects.filter(person=person).update(role="coordinator")
    client.force_login(person)
    desk = pages_of(contract, "payments")
    make_payment(make_slip(contract), state="failed", problem="Rien n’est arrivé.")
    client.get(desk)
    with CaptureQueriesContext(connection) as with_one:
        client.get(desk)
    for _ in range(2):
        make_payment(make_slip(contract), state="failed", problem="Rien n’est arrivé.")

    with django_assert_num_queries(len(with_one)):
        client.get(desk)


def test_the_same_key_for_something_else_is_refused_as_stripe_does(cards):
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": "one"}
    address = f"{cards.server.url}/v1/accounts"

    first = httpx.post(address, data={"type": "express"}, headers=headers)
    again = httpx.post(address, data={"type": "express"}, headers=headers)
    other = httpx.post(address, data={"type": "standard"}, headers=headers)
    stranger = httpx.post(address, headers={"Authorization": "Bearer sk_other"})

    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (other.status_code, other.json()["error"]["type"]) == (400, "idempotency_error")
    assert stranger.status_code == 401

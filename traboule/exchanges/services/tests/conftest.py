import pytest
from django.test import Client
from django.urls import reverse

from ..actions import payments
from ..providers import standin
from ..urssaf import standin as of_urssaf

KEY, SECRET = "sk_test_standin", "whsec_standin"


class Cards:
    """The stand-in of Stripe, as a test moves it; events reach us when the test says so."""

    def __init__(self, server):
        self.server, self.books = server, server.books
        self.client = Client()

    def open_account(self, worker):
        """The worker has said where their bank is, and we know it."""
        payments.open_account(worker=worker, back="/", by=worker.person)
        self.books.ready(worker.stripe_account)
        self.books.events.clear()
        type(worker).objects.filter(pk=worker.pk).update(stripe_ready=True)

    def deliver(self, *events, **how):
        """Hand events to our address as Stripe would; the statuses they meet."""
        address = reverse("services:stripe")
        statuses = []
        for event in events:
            body, signature = self.server.signed(event, **how)
            statuses.append(
                self.client.post(
                    address, body, content_type="application/json",
                    headers={"Stripe-Signature": signature},
                ).status_code
            )  # fmt: skip
        return statuses

    def deliver_new(self):
        """Hand over all that has happened, and forget it."""
        events, self.books.events[:] = list(self.books.events), []
        return self.deliver(*events)


def set_cards(settings, server):
    """Point an installation at the stand-in."""
    settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRETS = KEY, ["whsec_of_accounts", SECRET]
    settings.STRIPE_URL = server.url


@pytest.fixture
def cards(settings):
    """Cards are open, at a stand-in."""
    with standin.running(key=KEY, secret=SECRET, site="http://testserver", tells=False) as server:
        set_cards(settings, server)
        yield Cards(server)


@pytest.fixture
def urssaf(settings):
    """A stand-in that approved this installation for both services."""
    with of_urssaf.running() as server:
        settings.URSSAF_URL = server.url
        settings.URSSAF_CESU_ID = settings.URSSAF_ADVANCE_ID = "asso"
        settings.URSSAF_CESU_SECRET = settings.URSSAF_ADVANCE_SECRET = "secret"
        settings.URSSAF_SAP_NUMBER = "SAP123456789"
        settings.URSSAF_NATURES = {"jardinage": "70"}
        yield server

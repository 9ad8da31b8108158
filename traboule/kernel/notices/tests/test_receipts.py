"""Whoever acts for someone leaves them a receipt; they have two days to say no."""

import datetime
import json
import os
import subprocess
import sys
import urllib.parse
import urllib.request

import pytest
from django.db import transaction
from django.db.models import QuerySet

from traboule.kernel.journal import acts
from traboule.kernel.journal.actions import record
from traboule.kernel.journal.acts import Act
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.answering import take_answer
from traboule.kernel.notices.models import Inbound, Notice, State
from traboule.kernel.notices.receipts import undo
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Guardianship, Person

MOBILE = "+33612345601"


@pytest.fixture
def undone(monkeypatch):
    """An act that can be undone, « test.sign-up », and a list of who undid it."""
    monkeypatch.setattr(acts, "_acts", dict(acts._acts))
    who = []
    acts.register(
        Act(
            key="test.sign-up",
            words="inscription à «\u00a0%(subject)s\u00a0»",
            undo=lambda entry, by: who.append(str(by)),
        ),
        Act(key="test.look", words="lecture de «\u00a0%(subject)s\u00a0»"),
    )
    return who


@pytest.fixture
def awa(person):
    return person("Awa B.")


def _receipt() -> Notice:
    return Notice.objects.get(kind="receipt")


def test_a_receipt_says_who_did_what_and_how_to_undo_it(nadia, awa, undone, settings):
    settings.HELP_PHONE = "04 74 00 00 00"

    record("test.sign-up", awa, by=awa, for_=nadia)

    receipt = _receipt()
    assert receipt.text.startswith("Le ")
    assert receipt.text.endswith(
        f", Awa B. a fait cela pour vous\u00a0: inscription à «\u00a0{awa.journal_label}\u00a0». "
        "Pas d’accord\u00a0? Répondez, ou appelez le 04 74 00 00 00."
    )
    assert (receipt.recipient, receipt.owner, receipt.urgent) == (nadia, awa, True)
    assert receipt.answers == {"0": "notices.undo"}


def test_what_cannot_be_undone_asks_for_no_answer(nadia, awa, undone):
    record("test.look", awa, by=awa, for_=nadia)

    assert (_receipt().answers, _receipt().answer_by) == ({}, None)


def test_nobody_gets_a_receipt_for_what_they_do_themselves(nadia, awa, undone):
    record("test.sign-up", awa, by=nadia, for_=nadia)
    record("test.sign-up", awa, by=nadia)

    assert Notice.objects.count() == 0


def test_the_other_parent_gets_the_receipt(person, undone):
    mother, father = person("Awa", mobile=MOBILE), person("Paul", email="p@exemple.fr")
    leo = Person.objects.create_person(name="Léo", birth_year=2017)
    for guardian in (mother, father):
        Guardianship.objects.create(
            child=leo, guardian=guardian, relation="other", created_by=mother
        )

    record("test.sign-up", leo, by=mother, for_=leo)
    assert _receipt().recipient == father

    Guardianship.objects.filter(guardian=father).delete()
    record("test.sign-up", leo, by=mother, for_=leo)
    assert Notice.objects.count() == 1


def test_two_days_later_it_is_too_late(nadia, awa, undone):
    record("test.sign-up", awa, by=awa, for_=nadia)
    _grow_old(Entry.objects.get(act="test.sign-up"))

    with pytest.raises(Refused):
        undo(_receipt(), nadia, by=nadia, via="web")

    assert undone == []


def _grow_old(entry: Entry) -> None:
    """Make an entry three days old, which only a test may."""
    old = entry.at - datetime.timedelta(days=3)
    QuerySet(Entry).filter(pk=entry.pk).update(at=old)


def test_undoing_is_journalled_and_a_call_taker_leaves_a_new_receipt(nadia, awa, undone):
    record("test.sign-up", awa, by=awa, for_=nadia)

    take_answer(notice=_receipt(), answer="0", by=awa, via="phone")

    assert undone == ["Awa B."]
    assert Entry.objects.filter(act="notices.undone", by_key=awa.pk, for_key=nadia.pk).exists()
    assert Notice.objects.filter(kind="receipt").count() == 2


@pytest.fixture
def gateway(live_server, settings, tmp_path):
    """The stand-in gateway in a process of its own, on sockets; its address."""
    settings.SMS_GATEWAY_TOKEN, settings.SMS_WEBHOOK_SECRET = "jeton", "un-secret"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "traboule.config.command", "sms_gateway"),
            *("--port", "0", "--site", live_server.url),
        ],
        env=os.environ
        | {"TRABOULE_SMS_TOKEN": "jeton", "TRABOULE_SMS_WEBHOOK_SECRET": "un-secret"}
        | {"TRABOULE_DATA": str(tmp_path), "TRABOULE_SMS_PRICE_CENTS": "4.5"},
        stdout=subprocess.PIPE,
        text=True,
    )
    settings.SMS_GATEWAY_URL = process.stdout.readline().split()[0]
    settings.SMS_BACKEND = "traboule.kernel.people.sms.HttpBackend"
    yield settings.SMS_GATEWAY_URL.removesuffix("/messages")
    process.terminate()
    process.wait(10)
    process.stdout.close()


def _messages(gateway: str) -> list[dict[str, str]]:
    with urllib.request.urlopen(f"{gateway}/messages") as response:
        return json.load(response)


def _press(gateway: str, form: str, **fields: str) -> None:
    body = urllib.parse.urlencode(fields).encode()
    urllib.request.urlopen(f"{gateway}/{form}", body).close()


@pytest.mark.django_db(transaction=True)
def test_a_receipt_travels_by_sms_and_a_zero_undoes_the_act(gateway, person, undone):
    nadia = person("Nadia", mobile=MOBILE, quiet_nights=False)
    awa = person("Awa B.")
    with transaction.atomic():
        record("test.sign-up", awa, by=awa, for_=nadia)

    (sent,) = _messages(gateway)
    assert (sent["to"], sent["text"][:3]) == (MOBILE, "Le ")
    delivery = _receipt().deliveries.get()
    assert (delivery.gateway_id, delivery.cost_cents) == (sent["id"], delivery.segments * 4.5)

    _press(gateway, "report", id=sent["id"], status="delivered")
    assert _receipt().state == State.DELIVERED

    _press(gateway, "reply", **{"from": MOBILE, "text": "0 svp"})
    assert undone == ["Nadia"]
    assert Inbound.objects.get().understood
    assert _messages(gateway)[0]["text"].startswith("C'est annulé : inscription à")
    with urllib.request.urlopen(gateway) as page:
        assert page.read().decode().count("<article>") == 2

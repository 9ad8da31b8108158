import datetime
import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from traboule.kernel.journal.models import Entry
from traboule.kernel.people import acting, consents, mandates, papers, rules
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Channel, Consent, Mandate, MandateScope, Person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


@pytest.fixture
def haddad():
    return Person.objects.create_person(name="Mme Haddad")


@pytest.fixture
def lina():
    mobile = Channel(kind="mobile", value="+33612345670", verified_at=timezone.now())
    return Person.objects.create_person(name="Lina", channels=[mobile])


@pytest.fixture
def samira():
    return Person.objects.create_superuser(name="Samira")


@pytest.fixture
def mandate(haddad, lina, samira):
    return mandates.propose(
        giver=haddad, holder=lina, scopes=["sign-up"], ends_on=TODAY() + 90 * DAY, by=samira
    )


def test_a_mandate_holds_from_its_signature_to_its_end(mandate, haddad, lina, samira):
    allowed = [rules.can_act_for(lina, haddad, MandateScope.SIGN_UP)]
    mandates.sign(mandate=mandate, by=samira)
    allowed.append(rules.can_act_for(lina, haddad, MandateScope.SIGN_UP))
    mandates.end(mandate=mandate, by=haddad, reason="Lina déménage")
    allowed.append(rules.can_act_for(lina, haddad, MandateScope.SIGN_UP))

    assert allowed == [False, True, False]
    told = [(entry.act, entry.by_key, entry.for_key) for entry in Entry.objects.about(mandate)]
    assert told == [
        ("end-mandate", haddad.pk, None),
        ("sign-mandate", samira.pk, haddad.pk),
        ("propose-mandate", samira.pk, haddad.pk),
    ]


def test_a_mandate_allows_what_it_says_and_only_its_days(mandate, haddad, lina, samira):
    mandates.sign(mandate=mandate, by=samira)

    assert not rules.can_act_for(lina, haddad, MandateScope.CONSENT)
    assert not rules.can_act_for(haddad, lina, MandateScope.SIGN_UP)
    assert not rules.can_act_for(samira, haddad, MandateScope.SIGN_UP)
    assert list(Mandate.objects.active(mandate.ends_on)) == [mandate]
    assert list(Mandate.objects.active(mandate.ends_on + DAY)) == []
    assert list(Mandate.objects.active(mandate.begins_on - DAY)) == []
    assert list(acting.people_i_act_for(lina, MandateScope.SIGN_UP)) == [haddad]
    assert list(acting.people_i_act_for(lina, MandateScope.CONSENT)) == []


def test_a_mandate_ends_with_whoever_is_erased(mandate, haddad, lina, samira):
    mandates.sign(mandate=mandate, by=samira)
    haddad.erased_at = timezone.now()
    haddad.save(update_fields=["erased_at"])

    assert not rules.can_act_for(lina, haddad, MandateScope.SIGN_UP)
    assert list(Mandate.objects.active()) == []


def test_a_mandate_for_everything_covers_each_thing(mandate):
    mandate.scopes = [MandateScope.ALL]

    assert all(mandate.covers(scope) for scope in MandateScope)


def test_a_mandate_lasts_a_year_at_most_and_a_child_gives_none(haddad, lina, samira):
    child = Person.objects.create_person(name="Noé", birth_year=TODAY().year - 9)
    fields = {"holder": lina, "scopes": ["all"], "by": samira}

    with pytest.raises(Refused, match="un an au plus"):
        mandates.propose(giver=haddad, ends_on=TODAY() + 400 * DAY, **fields)
    with pytest.raises(Refused, match="soi-même"):
        mandates.propose(giver=lina, ends_on=TODAY() + DAY, **fields)
    with pytest.raises(Refused, match="enfant"):
        mandates.propose(giver=child, ends_on=TODAY() + DAY, **fields)
    with pytest.raises(Refused, match="finit après"):
        mandates.propose(giver=haddad, ends_on=TODAY(), **fields)


@pytest.mark.parametrize(
    "wrong",
    [{"ends_on": datetime.date(2020, 1, 1)}, {"scopes": []}, {"ended_at": timezone.now()}],
)
def test_the_database_refuses_mandates_that_make_no_sense(mandate, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(**wrong)


def test_a_mandate_is_signed_once_and_ended_twice_without_harm(mandate, haddad, samira):
    mandates.sign(mandate=mandate, by=samira)
    with pytest.raises(Refused, match="déjà signé"):
        mandates.sign(mandate=mandate, by=samira)

    mandates.end(mandate=mandate, by=haddad)
    mandates.end(mandate=mandate, by=samira)

    mandate.refresh_from_db()
    assert mandate.ended_by == haddad
    assert Entry.objects.filter(act="end-mandate").count() == 1


def test_staff_prepare_print_and_sign_a_mandate_on_screen(client, haddad, lina, samira):
    client.force_login(samira)
    answers = {"holder": "06 12 34 56 70", "scopes": ["sign-up", "consent"], "days": "183"}

    made = client.post(reverse("people:prepare-mandate", args=[haddad.public_id]), answers)
    mandate = Mandate.objects.get()
    paper = client.get(reverse("people:mandate-paper", args=[mandate.code]))
    client.post(reverse("people:sign-mandate", args=[mandate.code]))

    assert made.url == reverse("people:mandate", args=[mandate.code])
    assert (mandate.giver, mandate.holder, mandate.scopes) == (haddad, lina, ["consent", "sign-up"])
    assert paper.content.startswith(b"%PDF-")
    assert list(Mandate.objects.active()) == [mandate]


def test_someone_unknown_here_cannot_be_named(client, haddad):
    client.force_login(haddad)
    answers = {"holder": "06 12 34 56 99", "scopes": ["all"], "days": "31"}

    response = client.post(reverse("people:prepare-mandate", args=[haddad.public_id]), answers)

    assert "Demandez-lui de se connecter" in response.context["form"].errors["holder"][0]
    assert Mandate.objects.count() == 0


def test_the_giver_ends_it_with_one_button_and_a_stranger_sees_nothing(client, mandate, haddad):
    client.force_login(Person.objects.create_person(name="Curieux"))
    address = reverse("people:mandate", args=[mandate.code])
    end = reverse("people:end-mandate", args=[mandate.code])

    refused = [client.get(address).status_code, client.post(end).status_code]
    client.force_login(haddad)
    client.post(end)

    assert refused == [403, 403]
    assert "Terminé" in client.get(address).content.decode()


def test_a_giver_cannot_note_the_signature_alone(client, mandate, haddad):
    client.force_login(haddad)

    response = client.post(reverse("people:sign-mandate", args=[mandate.code]))

    assert response.status_code == 403
    assert list(Mandate.objects.active()) == []


def test_what_was_done_for_me_is_told_and_undone_within_two_days(
    client, mandate, haddad, lina, samira
):
    said = consents.record_answer(
        person=haddad, purpose="contact", given=True, how="paper", said_by=haddad, by=lina
    )
    entry = Entry.objects.get(act="record-consent")
    undo = reverse("people:undo-deed", args=[entry.pk])
    client.force_login(lina)
    stranger = client.post(undo).status_code
    client.force_login(haddad)

    page = client.get(reverse("people:represented")).content.decode()
    client.post(undo)
    again = client.post(undo, follow=True).content.decode()

    said.refresh_from_db()
    assert stranger == 404
    assert page.count(">Annuler<") == 1
    assert "réponse notée – Être recontacté, recontactée\u00a0: oui" in page
    assert (said.withdrawn_by, consents.state_of(haddad, "contact")) == (haddad, "refused")
    assert "trop tard" in again


def test_nothing_is_undone_after_two_days(haddad, lina, monkeypatch):
    consents.record_answer(
        person=haddad, purpose="contact", given=True, how="paper", said_by=haddad, by=lina
    )
    later = timezone.now() + datetime.timedelta(hours=49)
    monkeypatch.setattr(timezone, "now", lambda: later)

    (deed,) = acting.done_for(haddad)

    assert not deed.undoable
    assert Consent.objects.get().withdrawn_at is None


def test_the_list_of_those_i_act_for_costs_the_same_with_one_as_with_three(
    client, mandate, lina, samira, count_queries
):
    client.force_login(lina)
    page = reverse("people:acting")
    with_one = count_queries(page)
    for name in ("Bruno", "Chloé"):
        giver = Person.objects.create_person(name=name)
        mandates.propose(giver=giver, holder=lina, scopes=["all"], ends_on=TODAY() + DAY, by=samira)

    assert count_queries(page) == with_one <= 6


def test_the_paper_has_a_copy_for_each_and_is_accessible(mandate):
    reader = PdfReader(io.BytesIO(papers.mandate_paper(mandate)))

    assert [page.extract_text().count("Exemplaire de") for page in reader.pages] == [1, 1]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    assert reader.metadata.title == "Mandat\u00a0: Lina peut agir pour Mme Haddad"

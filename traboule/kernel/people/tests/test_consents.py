import datetime
import hashlib
import io
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from traboule.kernel.journal.models import Entry
from traboule.kernel.people import consents, guardians, mandates, papers, purposes, rules
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Consent, Person, Purpose

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def karim():
    return Person.objects.create_person(name="Karim")


@pytest.fixture
def sofia():
    return Person.objects.create_person(name="Sofia")


@pytest.fixture
def samira():
    return Person.objects.create_superuser(name="Samira")


@pytest.fixture
def lina(karim, sofia):
    child = guardians.add_child(name="Lina", birth_year=TODAY().year - 9, by=karim)
    guardians.add_guardian(child=child, guardian=sofia, relation="mother", by=karim)
    return child


def say(person, said_by, given, **fields):
    fields = {"purpose": "image", "how": "screen", "by": said_by, **fields}
    return consents.record_answer(person=person, said_by=said_by, given=given, **fields)


# What counts


def test_one_parent_is_enough_for_yes_and_for_no(lina, karim, sofia):
    states = [consents.state_of(lina, "image")]
    say(lina, karim, True)
    states.append(consents.state_of(lina, "image"))
    say(lina, sofia, False)
    states.append(consents.state_of(lina, "image"))
    say(lina, sofia, True)
    states.append(consents.state_of(lina, "image"))

    assert states == ["missing", "granted", "refused", "granted"]


def test_a_yes_taken_back_is_a_no_at_once(lina, karim, sofia):
    say(lina, karim, True)
    theirs = say(lina, sofia, True)

    consents.withdraw(consent=theirs, by=sofia)
    consents.withdraw(consent=theirs, by=sofia)

    assert consents.state_of(lina, "image") == "refused"
    assert Entry.objects.filter(act="withdraw-consent").count() == 1


def test_a_no_written_down_by_mistake_counts_for_nothing_once_undone(lina, karim, sofia):
    say(lina, karim, True)
    wrong = say(lina, sofia, False, by=karim, how="paper")

    consents.undo_record(Entry.objects.get(subject_key=wrong.pk, act="record-consent"), sofia)

    assert consents.state_of(lina, "image") == "granted"


def test_a_yes_wears_off_and_a_no_does_not(lina, karim, sofia):
    last_day = say(lina, karim, True).expires_on
    after = last_day + datetime.timedelta(days=1)

    assert consents.state_of(lina, "image", on=last_day) == "granted"
    assert consents.state_of(lina, "image", on=after) == "expired"
    say(lina, sofia, False)
    assert consents.state_of(lina, "image", on=after) == "refused"


def test_only_parents_say_yes_for_a_child_and_the_child_may_say_no(lina, karim):
    with pytest.raises(Refused, match="parent"):
        say(lina, lina, True)
    with pytest.raises(Refused, match="parent"):
        say(lina, Person.objects.create_person(name="Voisin"), True)
    say(lina, karim, True)
    say(lina, lina, False)

    assert consents.state_of(lina, "image") == "refused"


def test_a_parent_who_no_longer_answers_for_the_child_no_longer_counts(lina, karim, sofia):
    say(lina, karim, True)
    say(lina, sofia, False)

    guardians.end(guardianship=lina.guardianships.get(guardian=sofia), by=sofia)

    assert consents.state_of(lina, "image") == "granted"


def test_a_child_whom_nobody_answers_for_was_never_asked():
    child = Person.objects.create_person(name="Noé", birth_year=TODAY().year - 9)
    adult = Person.objects.create_person(name="Paul")

    assert consents.deciders_of(child) == set()
    assert consents.deciders_of(adult) == {adult.pk}


def test_what_is_said_of_everywhere_counts_there_and_the_last_word_wins(karim):
    say(karim, karim, True)
    there = [consents.state_of(karim, "image", scope="space:12")]
    say(karim, karim, False, scope="space:12")
    there.append(consents.state_of(karim, "image", scope="space:12"))

    assert there == ["granted", "refused"]
    assert consents.state_of(karim, "image") == "granted"
    assert consents.state_of(karim, "image", scope="space:7") == "granted"


def test_a_whole_roll_call_is_read_in_two_queries(lina, karim, sofia, django_assert_num_queries):
    say(lina, karim, True)
    say(sofia, sofia, False, purpose="contact")

    with django_assert_num_queries(2):
        states = consents.states_for([lina, karim, sofia], ["image", "contact"])

    assert states[lina.pk] == {"image": "granted", "contact": "missing"}
    assert states[sofia.pk] == {"image": "missing", "contact": "refused"}


def test_a_spoken_answer_needs_someone_who_heard_it(lina, karim, samira):
    with pytest.raises(Refused, match="témoin"):
        say(lina, karim, True, how="voice", by=samira)
    with pytest.raises(Refused, match="témoin"):
        say(lina, karim, True, how="voice", by=samira, witness=karim)

    kept = say(lina, karim, True, how="voice", by=samira, witness=samira)

    for wrong in ({"witness": None}, {"witness": karim}, {"purpose": "king"}, {"version": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.filter(pk=kept.pk).update(**wrong)


def test_who_typed_it_is_journalled_for_who_said_it(lina, karim, samira):
    say(lina, karim, True)
    say(lina, karim, False, by=samira, how="paper")

    entries = Entry.objects.filter(act="record-consent").order_by("pk")
    assert [(entry.by_key, entry.for_key) for entry in entries] == [
        (karim.pk, None),
        (samira.pk, karim.pk),
    ]


# The texts


@pytest.mark.parametrize("purpose", Purpose.values)
def test_each_purpose_has_its_text(purpose):
    text = purposes.text_of(purpose)

    assert text.version == 1
    assert "changer d’avis" in text.body
    assert text.body.count("<p>") == len(purposes.paragraphs(purpose, 1)) > 2


def test_a_wording_is_never_edited_a_new_one_is_a_new_file():
    found = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in Path(purposes.__file__).with_name("consent_texts").glob("*.md")
    }

    # What people answered must stay readable: add a file and its line, change neither.
    assert found == {
        "contact-1": "e5f69ce636d0",
        "data-1": "afb2fd2c8272",
        "first-aid-1": "69d004ac041e",
        "image-1": "b0144bc77e14",
        "leave-alone-1": "9d342333d57f",
        "outing-1": "74941606b445",
    }


@pytest.mark.parametrize(
    ("said_on", "last_day"),
    [("2026-09-15", "2027-08-31"), ("2027-05-31", "2027-08-31"), ("2027-06-10", "2028-08-31")],
)
def test_an_answer_holds_until_the_end_of_a_school_year(said_on, last_day):
    day = datetime.date.fromisoformat

    # In September the next 31 August ends the year that has begun.
    assert purposes.text_of("image").last_day(day(said_on)) == day(last_day)


# On screen


def paper(said_by, how, **answers):
    """A paper as the page sends it: each purpose has its answer, be it none."""
    ticked = {purpose: answers.get(purpose, "none") for purpose in Purpose.values}
    return {
        "said_by": said_by.pk,
        "how": how,
        **{f"answer-{purpose}": answer for purpose, answer in ticked.items()},
    }


def test_a_parent_answers_one_question_a_screen_and_takes_it_back(client, lina, karim):
    client.force_login(karim)
    image = reverse("people:consent", args=[lina.public_id, "image"])

    page = client.get(image).content.decode()
    following = client.post(image, {"answer": "yes"}).url
    granted = consents.state_of(lina, "image")
    back = client.post(image, {"answer": "withdraw"}).url

    assert "Peut-on prendre Lina en photo" in page
    assert following == reverse("people:consent", args=[lina.public_id, "leave-alone"])
    assert (granted, consents.state_of(lina, "image")) == ("granted", "refused")
    assert back == reverse("people:consents")
    assert Consent.objects.get().how == "screen"


def test_the_list_shows_mine_and_my_childrens(client, lina, karim, sofia):
    say(lina, sofia, False)
    client.force_login(karim)

    rows = client.get(reverse("people:consents")).context["rows"]

    found = [(str(person), len(asked)) for person, asked, _next in rows]
    assert found == [("Karim", 4), ("Lina", 6)]
    assert {text.purpose: state for text, state in rows[1][1]}["image"] == "refused"


def test_under_a_mandate_the_answer_is_the_givers(client, karim, sofia, samira):
    end = TODAY() + datetime.timedelta(days=30)
    mandate = mandates.propose(
        giver=karim, holder=sofia, scopes=["consent"], ends_on=end, by=samira
    )
    mandates.sign(mandate=mandate, by=samira)
    client.force_login(sofia)

    client.post(reverse("people:consent", args=[karim.public_id, "image"]), {"answer": "yes"})

    said = Consent.objects.get()
    assert (said.person, said.by, said.recorded_by) == (karim, karim, sofia)
    assert consents.state_of(karim, "image") == "granted"


def test_an_answer_that_is_no_answer_is_not_kept(client, karim):
    client.force_login(karim)
    address = reverse("people:consent", args=[karim.public_id, "image"])

    assert client.post(address, {"answer": "maybe"}).status_code == 404
    assert client.get(address.replace("image", "king")).status_code == 404
    assert Consent.objects.count() == 0


def test_a_paper_is_typed_in_at_once(client, lina, sofia, samira):
    client.force_login(samira)
    address = reverse("people:record-consents", args=[lina.public_id])

    client.post(address, paper(sofia, "paper", image="no", outing="yes"))

    said = Consent.objects.order_by("purpose").values_list("purpose", "given", "by", "recorded_by")
    assert list(said) == [
        ("image", False, sofia.pk, samira.pk),
        ("outing", True, sofia.pk, samira.pk),
    ]


def test_a_phone_call_is_typed_in_with_its_witness(client, lina, sofia, samira):
    client.force_login(samira)
    address = reverse("people:record-consents", args=[lina.public_id])

    client.post(address, paper(sofia, "voice", image="yes"))

    assert (Consent.objects.get().witness, Consent.objects.get().how) == (samira, "voice")


def test_only_those_who_accompany_a_person_type_their_answers(client, lina, karim, monkeypatch):
    addresses = [
        reverse(f"people:{name}", args=[lina.public_id])
        for name in ("record-consents", "consent-paper")
    ]
    client.force_login(karim)
    before = [client.get(address).status_code for address in addresses]
    monkeypatch.setattr(rules, "_helpers", {})
    rules.register_recorder("spaces", lambda by, person: (by, person) == (karim, lina))

    after = [client.get(address).status_code for address in addresses]

    assert (before, after) == ([403, 403], [200, 200])


def test_the_paper_asks_each_parent_each_question(lina):
    reader = PdfReader(io.BytesIO(papers.consent_paper(lina)))

    front = reader.pages[0].extract_text()
    assert reader.metadata.title == "Accords pour Lina"
    assert (front.count("Karim"), front.count("Sofia")) == (2, 2)
    assert front.count("Oui") == 12


def test_the_list_costs_the_same_with_one_child_as_with_three(client, lina, karim, count_queries):
    client.force_login(karim)
    page = reverse("people:consents")
    with_one = count_queries(page)
    for name in ("Noé", "Zoé"):
        guardians.add_child(name=name, birth_year=TODAY().year - 6, by=karim)

    assert count_queries(page) == with_one <= 8


def test_the_first_question_that_waits_is_one_tap_away(client, lina, karim):
    say(lina, karim, True)
    client.force_login(karim)

    family = client.get(reverse("people:family")).context["children"]
    mine = client.get(reverse("people:consents")).context["rows"]

    assert [row["next"].purpose for row in family] == ["leave-alone"]
    assert [(str(one), text.purpose) for one, _asked, text in mine] == [
        ("Karim", "image"),
        ("Lina", "leave-alone"),
    ]

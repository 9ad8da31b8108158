"""A sign-up sheet that comes back on paper, typed in."""

import re

import pytest
from django.urls import reverse

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.forms.paper import PaperForm
from traboule.blocks.agenda.models import Enrolment, Event, Signup, Via
from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import make_event, make_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space(blocks=("agenda",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def event(space):
    return make_event(space)


@pytest.fixture
def post(client, karim, event):
    """Send the sheet: ``post(lines)`` to have it checked, ``post(lines, sign_up="1", …)``."""
    client.force_login(karim)

    def send(*lines, of=event, **data):
        address = reverse("agenda:paper-list", args=[of.space.slug, of.pk])
        return client.post(address, {"lines": "\n".join(lines), **data})

    return send


def understood(response):
    """What is said of each line: its name and how many, or its mistake."""
    return [
        plain(line.mistake) or (line.name, plain(line.shown_address), line.people)
        for line, *_others in response.context["rows"]
    ]


def plain(text):
    """The text without the narrow ways of French typography."""
    return text.replace("\u00a0", " ")


def coming(event):
    rows = event.signups.order_by("pk").values_list("person__name", "extra", "state")
    return list(rows)


def left(response):
    return response.context["again"].initial["lines"]


def test_every_line_is_shown_as_it_was_understood_and_nothing_is_done_yet(post, event):
    response = post("Lina Haddad ; 06 12 34 56 78 ; 2", "", "Omar\t\t", "Rose ;rose@exemple.fr")

    assert understood(response) == [
        ("Lina Haddad", "06 12 34 56 78", 2),
        ("Omar", "", 1),
        ("Rose", "rose@exemple.fr", 1),
    ]
    assert coming(event) == []


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("; 06 12 34 56 78", "La ligne commence par un nom, de 120 lettres au plus."),
        ("12 ; 0612345678", "La ligne commence par un nom, de 120 lettres au plus."),
        ("é" * 121, "La ligne commence par un nom, de 120 lettres au plus."),
        ("Lina ; ; 0", "Le nombre de personnes va de 1 à 10."),
        ("Lina ; ; -1", "Le nombre de personnes va de 1 à 10."),
        ("Lina ; ; 11", "Le nombre de personnes va de 1 à 10."),
        ("Lina ; ; " + "9" * 5000, "Le nombre de personnes va de 1 à 10."),
        ("Lina ; ; ²", "Le nombre de personnes va de 1 à 10."),
        ("Lina ; ; 1 ; x", "Il y a un point-virgule de trop."),
        (
            "Lina ; 0611",
            "Ce n’est ni un numéro de téléphone ni une adresse e-mail. Exemple : 06 12 34 56 78",
        ),
    ],
)
def test_a_mistake_says_what_to_do(post, line, mistake):
    assert understood(post(line)) == [mistake]


def test_a_line_refused_stops_no_other_and_is_left_to_correct(post, event):
    response = post("Lina ; 0611", "Omar ; ; 3", "Lina", "lina", "نادية", sign_up="1")

    assert coming(event) == [("Omar", 2, "going"), ("Lina", 0, "going"), ("نادية", 0, "going")]
    assert set(event.signups.values_list("via", flat=True)) == {Via.PAPER}
    assert left(response) == "Lina ; 0611\nlina"


def test_someone_known_is_asked_about_and_nobody_is_made_twice(post, event, space):
    nadia = make_participant(space, name="Nadia Benali", mobile="+33612345678")
    checked = post("Nadia Benali ; 06 12 34 56 78", "Nadia")
    rows = checked.context["rows"]
    first, second = (line.question for line, *_others in rows)

    assert [[known.person for known in lookalikes] for _l, lookalikes, _r in rows] == [[nadia]] * 2
    assert [line.likely for line, *_others in rows] == [str(nadia.pk), ""]

    response = post("Nadia Benali ; 06 12 34 56 78", "Nadia", sign_up="1", **{first: str(nadia.pk)})
    assert coming(event) == [("Nadia Benali", 0, "going")]
    assert left(response) == "Nadia"

    post("Nadia", sign_up="1", **{second: "new"})
    assert [name for name, *_others in coming(event)] == ["Nadia Benali", "Nadia"]
    assert Person.objects.filter(name__startswith="Nadia").count() == 2


def test_a_number_tells_whose_it_is_to_nobody_but_those_who_know_them(post):
    make_person("Rose", mobile="+33612345678")

    ((_line, lookalikes, _reach),) = post("Lina ; 06 12 34 56 78").context["rows"]

    assert lookalikes == []


def test_two_lines_for_one_person_are_one(post, event, space):
    nadia = make_participant(space, name="Nadia Benali")
    lines = ("Nadia", "Nadia Benali ; ; 2")
    answers = {line.question: str(nadia.pk) for line, *_o in post(*lines).context["rows"]}

    response = post(*lines, sign_up="1", **answers)

    assert coming(event) == [("Nadia Benali", 0, "going")]
    assert [line.mistake for line in response.context["left"]] == [
        "C’est la même personne qu’à la ligne 1."
    ]


def test_a_sheet_sent_twice_counts_once(post, event):
    sheet = post("Omar", "Rose").context["sheet"]

    for _ in range(2):
        response = post("Omar", "Rose", sign_up="1", sheet=sheet)

    assert coming(event) == [("Omar", 0, "going"), ("Rose", 0, "going")]
    assert Person.objects.filter(name="Omar").count() == 1
    assert left(response) == ""


def test_answers_given_are_kept_while_another_line_is_corrected(post, space):
    nadia = make_participant(space, name="Nadia Benali")
    ((line, *_others),) = post("Nadia").context["rows"]

    edited = post("Nadia", "Lina ; 0611", edit="1", **{line.question: str(nadia.pk)})
    kept = dict(re.findall(r'name="(same-\w+)" value="(\w+)"', edited.content.decode()))
    rows = post("Lina", "Nadia", **kept).context["rows"]

    assert [line.answer for line, *_others in rows] == ["", str(nadia.pk)]


def test_nothing_typed_is_lost_when_the_date_was_called_off_meanwhile(post, event):
    Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)

    response = post("Omar ; ; 3", sign_up="1")

    assert "Elle est annulée." in response.content.decode()
    assert "Omar ; ; 3" in response.content.decode()
    assert coming(event) == []


def test_a_full_date_makes_a_waiting_list_in_the_order_of_the_sheet(post, space):
    event = make_event(space, capacity=1)
    signups.sign_up(event=event, person=make_person("Rose"), by=make_person("Ali"))

    response = post("Omar", "Lina", of=event, sign_up="1")

    assert [plain(outcome.said) for outcome in response.context["outcomes"]] == [
        f"C’est complet : vous êtes numéro {n} sur la liste d’attente." for n in (1, 2)
    ]


def test_a_sheet_of_a_series_takes_every_session(post, space):
    first = make_series(space).events.order_by("starts_at").first()

    checked = post("Noé", "Inès ; ; 2", of=first, whole="on")
    post("Noé", of=first, whole="on", sign_up="1")

    assert understood(checked)[1] == "À une série, on s’inscrit une personne par ligne."
    assert Enrolment.objects.get().person.name == "Noé"
    assert Signup.objects.count() == 3


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "Recopiez au moins une ligne."),
        (" ; ;\n\t", "Recopiez au moins une ligne."),
        ("Lina\n" * 61, "Soixante lignes au plus à la fois"),
        ("Lina\0", "nul"),
        ("é" * 10_001, "10"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_so(post, event, lines, words):
    response = post(lines, sign_up="1")

    assert words in plain(" ".join(response.context["form"].errors["lines"]))
    assert coming(event) == []


def test_a_line_keeps_its_question_wherever_it_moves(event, karim):
    one, other = (
        {line.name: line.question for line in form.read(by=karim)}
        for form in (
            PaperForm({"lines": text}, event=event) for text in ("Lina\nOmar", "Omar\nLina")
        )
        if form.is_valid()
    )

    assert one == other


def test_members_type_no_list(client, space, event):
    client.force_login(make_participant(space))

    address = reverse("agenda:paper-list", args=[space.slug, event.pk])

    assert client.post(address, {"lines": "Omar", "sign_up": "1"}).status_code == 403

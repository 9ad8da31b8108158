import datetime
import uuid
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse

from traboule.kernel.initiatives import drafting, interview
from traboule.kernel.initiatives.exchange.sheets import sheet_of
from traboule.kernel.initiatives.forms.dates import read_partial_date
from traboule.kernel.initiatives.forms.results import read_figure
from traboule.kernel.initiatives.models import Draft
from traboule.kernel.initiatives.sheet import Result
from traboule.kernel.journal.models import Entry
from traboule.kernel.people import sms
from traboule.kernel.places import standin
from traboule.kernel.places.models import Commune

from .factories import make_commune, make_initiative, make_person
from .telling import STORY, begin, make_draft, make_sent_draft, photograph, reply, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_outbox():
    sms.outbox.clear()


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_the_whole_interview_leads_to_the_editors(client):
    make_commune("38544")
    draft = begin(client)
    pages = []

    for question in interview.QUESTIONS:
        values = {name: STORY[name] for name in question.form.base_fields if name in STORY}
        pages.append(
            client.get(reverse("initiatives:draft-question", args=[draft.code, question.key]))
        )
        onward = reply(client, draft, question.key, **values)
        assert onward.status_code == 302, (question.key, errors(onward))
    sent = client.post(draft.get_absolute_url(), follow=True)

    draft.refresh_from_db()
    assert [page.status_code for page in pages] == [200] * len(interview.QUESTIONS)
    assert "Question 3 sur 14" in pages[2].content.decode()
    assert onward.url == draft.get_absolute_url()
    assert (draft.status, draft.department_code) == ("submitted", "38")
    assert draft.code in sent.content.decode()


def test_starting_twice_with_the_same_form_makes_one_draft(client):
    key = str(uuid.uuid4())

    for _ in range(2):
        client.post(reverse("initiatives:contribute"), {"form_key": key})

    assert Draft.objects.count() == 1


def test_an_answer_is_kept_even_when_it_is_wrong(client):
    draft = begin(client)

    page = reply(client, draft, "nom", title="L’atelier", summary="Trop court")
    again = client.get(reverse("initiatives:draft-question", args=[draft.code, "nom"]))

    assert list(errors(page)) == ["summary"]
    assert draft.answers["summary"] == "Trop court"
    assert "Trop court" in again.content.decode()


def test_posting_the_same_screen_twice_is_harmless(client):
    draft = begin(client)

    for _ in range(2):
        reply(client, draft, "theme", theme="create")

    assert draft.answers["theme"] == "create"
    assert Draft.objects.count() == 1


def test_going_back_keeps_what_was_typed(client):
    draft = begin(client)

    onward = reply(client, draft, "lieu", commune="Vie", then="back")

    assert onward.url.endswith("/nom/")
    assert draft.answers["commune"] == "Vie"


def test_leaving_for_later_shows_the_code_and_sends_it(client, django_capture_on_commit_callbacks):
    draft = begin(client)
    reply(client, draft, "rappel", callback_name="Samia", callback_contact="0612345678")

    with django_capture_on_commit_callbacks(execute=True):
        onward = reply(client, draft, "nom", title="Atel", then="later")
    page = client.get(onward.url)

    assert draft.code in page.content.decode()
    assert [(m["to"], draft.code in m["text"]) for m in sms.outbox] == [("+33612345678", True)]


def test_the_code_is_sent_once_to_one_place(client, django_capture_on_commit_callbacks):
    draft = begin(client)
    address = reverse("initiatives:draft-later", args=[draft.code])

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            client.post(address, {"callback_contact": "samia@exemple.fr"})

    assert [message.to for message in mail.outbox] == [["samia@exemple.fr"]]


def test_the_code_opens_the_draft_on_another_device(client):
    draft = make_draft()

    stranger = client.get(draft.get_absolute_url())
    written = draft.code.lower().replace("-", " ")
    client.post(reverse("initiatives:draft-resume"), {"code": written})

    assert stranger.url == f"{reverse('initiatives:draft-resume')}?code={draft.code}"
    assert client.get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("code", ["", "ABCD", "0000-1111", "ABCD-EFGH", "x" * 5000, "\0" * 8])
def test_a_code_that_opens_nothing_is_explained(client, code):
    page = client.post(reverse("initiatives:draft-resume"), {"code": code})

    assert page.status_code == 200
    assert list(errors(page)) == ["code"]


def test_whoever_signs_in_finds_their_drafts(client):
    person = make_person()
    draft = drafting.start(form_key="k", by=person, answers={"title": "Mon récit"})
    client.force_login(person)

    page = client.get(reverse("initiatives:contribute"))

    assert page.context["drafts"] == [draft]
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_an_ambiguous_commune_is_offered_as_choices(client):
    make_commune("38544")
    Commune.objects.create(
        code="86281", name="Vienne", search_name="vienne", department_id="38",
        latitude=46, longitude=0,
    )  # fmt: skip
    draft = begin(client)

    page = reply(client, draft, "lieu", commune="Vienne")
    onward = reply(client, draft, "lieu", commune="Vienne", commune_code="38544")

    assert list(errors(page)) == ["commune_code"]
    assert page.content.decode().count('type="radio"') == 2
    assert onward.status_code == 302
    assert (draft.answers["commune_code"], draft.department_code) == ("38544", "38")


def test_an_unknown_commune_is_explained_and_kept(client):
    make_commune("38544")
    draft = begin(client)

    page = reply(client, draft, "lieu", commune="zzzzzz 💥")

    assert list(errors(page)) == ["commune"]
    assert draft.answers["commune"] == "zzzzzz 💥"


def test_an_address_places_the_point(client, settings):
    make_commune("38544")
    draft = begin(client)
    towns = standin.towns(Commune.objects.prefetch_related("postal_codes"))
    with standin.running(towns) as service:
        settings.GEOCODER_URL = service.url
        reply(client, draft, "lieu", commune="Vienne", address="12 rue Victor Hugo")

    place = interview.sheet_from({**STORY, **draft.answers}).place
    assert place.latitude == draft.answers["latitude"] != None  # noqa: E711
    assert place.latitude != 45.525


def test_a_geocoder_that_is_down_stops_nobody(client, settings):
    make_commune("38544")
    settings.GEOCODER_URL = "http://127.0.0.1:9/"
    draft = begin(client)

    onward = reply(client, draft, "lieu", commune="Vienne", address="12 rue Victor Hugo")
    page = client.get(onward.url)

    assert "centre de la commune" in page.content.decode()
    assert draft.answers["address"] == "12 rue Victor Hugo"


def test_what_is_missing_is_said_with_the_way_to_mend_it(client):
    draft = begin(client)

    page = client.post(draft.get_absolute_url())

    keys = [problem.question.key for problem in page.context["problems"]]
    required = [
        "nom",
        "nom",
        "lieu",
        "theme",
        "porteur",
        "porteur",
        "etat",
        "recit",
        "rappel",
        "rappel",
    ]
    assert keys == required
    assert reverse("initiatives:draft-question", args=[draft.code, "lieu"]) in page.content.decode()
    draft.refresh_from_db()
    assert draft.status == "open"


def test_sending_twice_sends_once(django_capture_on_commit_callbacks):
    draft = make_draft()

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            drafting.submit(draft=draft)

    acts = Entry.objects.about(draft).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["draft.started", "draft.submitted"]
    assert len(sms.outbox) == 1


def test_a_draft_that_was_sent_is_not_changed_any_more(client):
    draft = begin(client)
    drafting.answer(draft=draft, values={**make_draft().answers})
    drafting.submit(draft=draft)

    onward = reply(client, draft, "nom", title="Autre chose", summary=STORY["summary"])

    assert onward.url == draft.get_absolute_url()
    assert draft.answers["title"] == STORY["title"]


def test_a_correction_left_untouched_gives_the_same_sheet():
    initiative = make_initiative(
        started="2019-06",
        results=[
            {"label": "Jeunes", "figure": 40, "figure_max": 50, "unit": "jeunes",
             "period": "par an", "qualifier": "about", "source": "Recueil", "source_date": "2016"},
            {"label": "Part", "figure": "12.50", "unit": "%"},
            {"label": "Séances", "figure": 9, "unit": "séances", "qualifier": "up-to"},
            {"label": "Le quatrième", "figure": 4, "unit": "lieux"},
        ],
        partners=[{"name": "La ville", "role": "Prête la salle"}],
        links=[{"label": "Site", "url": "https://exemple.fr/"}],
        contact={"name": "Accueil", "phone": "04 74 00 00 00", "email": "a@exemple.fr"},
        place={"commune": "38544", "latitude": 45.53, "longitude": 4.88, "name": "Gère"},
        steps="- Un\n- Deux", learnt="Beaucoup.",
    )  # fmt: skip
    sheet = sheet_of(initiative)
    told = {"callback_name": "Samia", "callback_contact": "06 12 34 56 78"}

    answers = interview.answers_from(sheet) | told

    assert interview.sheet_from(answers, base=sheet).model_dump() == sheet.model_dump()


def test_titles_alike_get_addresses_of_their_own():
    make_initiative(slug="l-atelier", title="L’atelier")

    assert interview.free_slug("L’atelier") == "latelier"
    assert interview.free_slug("L atelier") == "l-atelier-2"
    assert interview.free_slug("___ ☂ ___") == "initiative"
    assert len(interview.free_slug("mot " * 60)) <= 80


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", "2019"), ("juin 2019", "2019-06"), ("06/2019", "2019-06"),
        ("1er août 2019", "2019-08-01"), ("12/06/2019", "2019-06-12"), ("2019-06", "2019-06"),
        ("déc. 2020", "2020-12"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text, expected):
    assert read_partial_date(text) == expected


@pytest.mark.parametrize("text", ["31/02/2019", "hier", "13/2019", "2019-06-12-01", "ju 2019", "0"])
def test_dates_that_do_not_exist_are_refused(text):
    with pytest.raises(ValueError):
        read_partial_date(text)


@pytest.mark.parametrize(
    ("text", "figure", "most", "qualifier", "unit"),
    [
        ("120 jeunes", "120", None, "", "jeunes"),
        ("environ 40 à 50 ordinateurs", "40", "50", "about", "ordinateurs"),
        ("plus de 3 600 visites", "3600", None, "more-than", "visites"),
        ("jusqu'à 12,5 %", "12.5", None, "up-to", "%"),
        ("40-50 jeunes de 14 à 17 ans", "40", "50", "", "jeunes de 14 à 17 ans"),
        ("1.200 €", "1200", None, "", "€"),
    ],
)
def test_figures_are_read_as_people_write_them(text, figure, most, qualifier, unit):
    result = Result(label="x", **read_figure(text))

    expected = Result(label="x", figure=figure, figure_max=most, qualifier=qualifier, unit=unit)
    assert result == expected


@pytest.mark.parametrize(
    "text", ["beaucoup", "120", "50 à 40 jeunes", "9" * 14 + " jeunes", "1 " + "u" * 90]
)
def test_a_figure_that_is_none_says_what_to_write(client, text):
    draft = begin(client)

    page = reply(client, draft, "resultats", figure_1=text)

    assert list(errors(page)) == ["figure_1"]
    assert draft.answers["figure_1"] == text


@pytest.mark.parametrize(
    "text", ["a" * 5000, "' OR 1=1 --", "\0\0", "<script>x</script>", "%s %(x)s"]
)
@pytest.mark.parametrize("question", interview.QUESTIONS, ids=lambda question: question.key)
def test_no_answer_breaks_a_question(client, question, text):
    make_commune()
    draft = begin(client)

    page = reply(
        client, draft, question.key, **dict.fromkeys(question.form(answers={}).fields, text)
    )

    assert page.status_code in {200, 302}
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_someone_with_neither_phone_nor_email_can_tell(client):
    draft = begin(client)

    onward = reply(
        client, draft, "rappel", callback_name="Ali", callback_contact="par Samia, centre social"
    )

    assert onward.status_code == 302
    assert draft.callback_contact == "par Samia, centre social"


@pytest.mark.parametrize("contact", ["06 12", "samia@", "ici", "12"])
def test_a_number_or_address_that_is_none_is_explained(client, contact):
    draft = begin(client)

    page = reply(client, draft, "rappel", callback_name="Ali", callback_contact=contact)

    assert list(errors(page)) == ["callback_contact"]


def test_the_paper_interview_holds_every_question(client):
    page = client.get(reverse("initiatives:draft-paper")).content.decode()

    assert [str(question.title) in page for question in interview.QUESTIONS] == [True] * 14


def test_drafts_untouched_for_a_year_are_forgotten_with_their_picture(
    client, django_capture_on_commit_callbacks
):
    draft = begin(client)
    reply(client, draft, "image", picture_file=upload(photograph()))
    file, recent = draft.picture.path, make_draft()
    old = draft.updated_at - datetime.timedelta(days=367)
    Draft.objects.filter(pk=draft.pk).update(updated_at=old)

    with django_capture_on_commit_callbacks(execute=True):
        drafting.purge_old(today=datetime.date.today())  # noqa: DTZ011

    assert list(Draft.objects.all()) == [recent]
    assert not Path(file).exists()


def test_one_is_told_that_the_story_arrived(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = make_sent_draft(callback_contact="samia@exemple.fr")

    [message] = mail.outbox
    assert message.subject == "Nous avons bien reçu « L’atelier du samedi »"
    assert draft.get_absolute_url() in message.body

"""Answering by a recording: only the team listens, only its words show, and it can be erased."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from traboule.blocks.surveys.models import Answer
from traboule.kernel.files.models import File
from traboule.kernel.files.tests.factories import sent, video
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import make_survey, respond

pytestmark = pytest.mark.django_db
SPOKEN = ({"kind": "spoken", "text": "Racontez", "required": True},
          {"kind": "yes-no", "text": "Reviendrez-vous ?"})  # fmt: skip


@pytest.fixture
def space():
    return make_space(blocks=("surveys",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def survey(space, karim):
    return make_survey(space, by=karim, questions=SPOKEN, shown="always")


@pytest.fixture
def spoken(client, survey, tmp_path):
    """Somebody speaks, and sends."""
    client.post(page("begin", survey))
    film = sent(video(tmp_path), "film.mp4")
    client.post(page("question", survey, 1), {"answer": film})
    client.post(page("review", survey))
    return Answer.objects.get()


def page(name, survey, *args):
    return reverse(f"surveys:{name}", args=[survey.code, *args])


def desk(person):
    browser = Client()
    browser.force_login(person)
    return browser


def test_only_the_team_opens_a_recording(client, space, karim, spoken):
    File.objects.update(state="ready")
    address = spoken.file.url

    for visitor in (client, desk(make_participant(space, name="Nadia"))):
        assert visitor.get(address).status_code in {403, 404}
    assert desk(karim).get(address).getvalue()


def test_the_words_of_the_team_show_and_not_the_recording(survey, karim, spoken):
    texts = reverse("surveys:texts", args=[survey.space.slug, survey.code])
    assert desk(karim).get(texts).context["waiting"] == [spoken]

    desk(karim).post(texts, {"answer": spoken.pk, "summary": "Il faudrait un banc."})

    public = Client().get(page("results", survey)).content.decode()
    assert "Il faudrait un banc." in public
    assert spoken.file.url not in public


def test_going_on_without_a_new_recording_keeps_the_one_that_is_there(client, survey, spoken):
    client.post(page("question", survey, 1), {"answer": ""})
    assert Answer.objects.get().file == spoken.file

    client.post(page("question", survey, 1), {"forget": "on"})
    assert not File.objects.exists()


def test_erased_it_leaves_nothing_on_the_disk(
    client, survey, spoken, django_capture_on_commit_callbacks
):
    name = spoken.file.content.name
    assert default_storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page("erase", survey))

    assert not File.objects.exists()
    assert not default_storage.exists(name)


def test_nobody_must_speak_and_other_doors_pass_beside_it(survey):
    assert not survey.questions.get(number=1).required

    assert respond(survey, "", "oui", door="sms").finished_at

import re
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.initiatives import drafting, interview
from traboule.kernel.initiatives.forms import PictureForm
from traboule.kernel.initiatives.models import Draft, Initiative, Review
from traboule.kernel.initiatives.vocabulary import Origin
from traboule.kernel.journal.models import Entry
from traboule.kernel.people import sms
from traboule.kernel.people.models import Editorship

from .factories import make_commune, make_editor, make_initiative, make_person
from .telling import STORY, begin, make_draft, make_sent_draft, photograph, reply, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_outbox():
    sms.outbox.clear()


@pytest.fixture
def editor(client):
    """Awa, who edits the Isère, signed in."""
    person = make_editor(department_code="38")
    client.force_login(person)
    return person


def notes(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_editors_see_what_waits_in_their_departments(client, editor):
    here = make_sent_draft()
    make_commune("69123")
    make_sent_draft(commune="Lyon", commune_code="69123")
    make_draft()

    page = client.get(reverse("initiatives:review-list"))

    assert page.context["drafts"] == [here]


def test_the_editors_of_the_place_are_told_once_while_something_waits(
    django_capture_on_commit_callbacks,
):
    for name, department_code, mobile in [
        ("Awa", "38", "+33612345601"),
        ("Léo", "", "+33612345602"),
        ("Ana", "69", "+33612345603"),
    ]:
        person = make_person(name, mobile=mobile)
        Editorship.objects.create(person=person, department_code=department_code)

    with django_capture_on_commit_callbacks(execute=True):
        make_sent_draft(callback_contact="04 76 00 00 01")
        make_sent_draft(callback_contact="04 76 00 00 01")

    assert sorted(message["to"] for message in sms.outbox) == ["+33612345601", "+33612345602"]


def test_the_list_costs_the_same_with_one_draft_as_with_three(client, editor, count_queries):
    address = reverse("initiatives:review-list")
    make_sent_draft()
    one = count_queries(address)
    make_sent_draft(), make_sent_draft()

    assert count_queries(address) == one


def test_only_editors_of_the_department_read_a_draft(client):
    address = reverse("initiatives:review-draft", args=[make_sent_draft().code])
    statuses = []

    for person in (make_person(), make_editor(department_code="69"), make_editor()):
        client.force_login(person)
        statuses.append(client.get(address).status_code)

    assert statuses == [403, 403, 200]


def test_a_draft_reads_as_the_sheet_it_would_be(client, editor):
    draft = make_sent_draft(figure_1="environ 40 à 50 ordinateurs", learnt="Il faut **du café**.")

    page = client.get(reverse("initiatives:review-draft", args=[draft.code])).content.decode()

    assert "<strong>du café</strong>" in page
    assert "40–50" in page
    assert "par Samia" not in page


def test_a_published_draft_is_a_sheet_with_its_picture_and_todays_date(
    client, editor, django_capture_on_commit_callbacks
):
    make_commune()
    draft = begin(client)
    drafting.answer(draft=draft, values={**STORY, "commune_code": "38544"})
    reply(
        client, draft, "image", picture_file=upload(photograph()), picture_alt="Une salle",
        picture_agreed="on",
    )  # fmt: skip
    drafting.submit(draft=draft)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("initiatives:review-publish", args=[draft.code]))

    initiative = Initiative.objects.published().get()
    draft.refresh_from_db()
    assert (initiative.title, initiative.origin, initiative.started) == (
        STORY["title"], Origin.HERE, "2019-06",
    )  # fmt: skip
    assert initiative.confirmed == str(timezone.localdate())
    assert [picture.alt for picture in initiative.pictures.all()] == ["Une salle"]
    assert (draft.status, draft.initiative, bool(draft.picture)) == ("published", initiative, False)
    assert initiative.get_absolute_url() in sms.outbox[-1]["text"]


def test_two_sheets_of_the_same_name_both_live(editor):
    for _ in range(2):
        drafting.publish(draft=make_sent_draft(), by=editor)

    slugs = Initiative.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["latelier-du-samedi", "latelier-du-samedi-2"]


def test_a_returned_draft_comes_back_with_the_editors_own_words(
    client, editor, django_capture_on_commit_callbacks
):
    draft = make_sent_draft(callback_contact="samia@exemple.fr")
    address = reverse("initiatives:review-return", args=[draft.code])

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"reason": "Il manque l’année de début."})

    draft.refresh_from_db()
    assert (draft.status, draft.is_editable) == ("returned", True)
    assert "Il manque l’année de début." in mail.outbox[-1].body
    assert Entry.objects.about(draft).filter(act="draft.returned", by_key=editor.pk).exists()


def test_the_author_reads_the_reason_and_sends_again(client, editor):
    draft = begin(client)
    drafting.answer(draft=draft, values={**make_draft().answers})
    drafting.submit(draft=draft)
    drafting.return_(draft=draft, reason="Depuis quand ?", by=editor)

    page = client.get(draft.get_absolute_url())
    client.post(draft.get_absolute_url())

    draft.refresh_from_db()
    assert "Depuis quand ?" in page.content.decode()
    assert draft.status == "submitted"


@pytest.mark.parametrize("act", ["return", "refuse"])
def test_a_decision_against_needs_a_reason(client, editor, act):
    draft = make_sent_draft()

    page = client.post(reverse(f"initiatives:review-{act}", args=[draft.code]), {"reason": " "})

    assert "Dites pourquoi, en une phrase." in page.content.decode()
    draft.refresh_from_db()
    assert draft.status == "submitted"


def test_a_refused_draft_is_kept_with_its_reason(client, editor):
    draft = make_sent_draft()

    client.post(reverse("initiatives:review-refuse", args=[draft.code]), {"reason": "Hors sujet."})

    review = Review.objects.get()
    assert (review.decision, review.reason, review.by) == ("refused", "Hors sujet.", editor)


def test_the_second_editor_learns_who_was_first(client, editor):
    draft = make_sent_draft()
    drafting.return_(draft=draft, reason="Depuis quand ?", by=make_editor("Lucie"))

    page = client.post(reverse("initiatives:review-publish", args=[draft.code]), follow=True)

    assert notes(page) == ["Ce récit a déjà été traité par Lucie : à compléter."]
    assert Initiative.objects.count() == 0


def test_editors_are_told_whom_no_machine_can_tell(client, editor):
    draft = make_sent_draft(callback_contact="04 74 85 00 00")
    address = reverse("initiatives:review-return", args=[draft.code])

    page = client.post(address, {"reason": "Depuis quand ?"}, follow=True)

    assert "04 74 85 00 00" in notes(page)[-1]


def test_a_correction_shows_what_changes_and_keeps_the_address(client, editor):
    initiative = make_initiative(title="Atelier vélo", cost="800 €", origin=Origin.REPORTED)
    address = f"{reverse('initiatives:contribute')}?fiche={initiative.slug}"
    page = client.get(address)
    client.post(address, {"form_key": page.context["form"].initial["form_key"]})
    draft = Draft.objects.get()
    callback = {"callback_name": "Ali", "callback_contact": "a@exemple.fr"}
    drafting.answer(draft=draft, values={"cost": "900 €", **callback})
    drafting.submit(draft=draft)

    changes = client.get(reverse("initiatives:review-draft", args=[draft.code])).context["changes"]
    drafting.publish(draft=draft, by=editor)

    assert [(c.question.key, c.before, c.after) for c in changes] == [
        ("moyens", [("De l’argent", "800 €")], [("De l’argent", "900 €")])
    ]
    revised = Initiative.objects.get()
    assert (revised.slug, revised.cost, revised.origin) == (initiative.slug, "900 €", "reported")


def test_proposing_to_correct_a_sheet_that_does_not_exist_is_not_found(client):
    assert client.get(reverse("initiatives:contribute"), {"fiche": "rien"}).status_code == 404


def test_a_fault_in_the_middle_publishes_nothing(editor):
    draft = make_sent_draft()
    draft.answers["commune"] = "nulle part"
    draft.save()

    with pytest.raises(interview.Unfinished):
        drafting.publish(draft=draft, by=editor)

    draft.refresh_from_db()
    assert (draft.status, Initiative.objects.count()) == ("submitted", 0)


def test_what_the_picture_form_keeps_is_no_field_of_a_sheet():
    form = PictureForm({}, answers={})

    assert form.is_valid()
    assert form.to_sheet() == {}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_the_same_moment_one_decides():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")
    draft, editors = make_sent_draft(), [make_editor("Awa"), make_editor("Lucie")]
    start, outcomes = Barrier(2), []

    def publish(editor):
        try:
            start.wait()
            drafting.publish(draft=draft, by=editor)
            outcomes.append("published")
        except drafting.AlreadyHandled as handled:
            outcomes.append(re.sub("Awa|Lucie", "X", str(handled)))
        finally:
            connection.close()

    threads = [Thread(target=publish, args=[editor]) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["Ce récit a déjà été traité par X : publié.", "published"]
    assert Initiative.objects.count() == 1

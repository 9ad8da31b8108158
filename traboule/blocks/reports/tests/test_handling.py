"""Seeing to problems: the queue, the day, the closing photo, opening again, who is told."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.reports import upkeep
from traboule.blocks.reports.actions import handling, reporting
from traboule.blocks.reports.models import Follow, Report, State
from traboule.kernel.files.tests.factories import picture, sent
from traboule.kernel.moderation.kinds import kind_of
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import make_plan, make_report, make_stranger_report, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space(blocks=("reports",))


@pytest.fixture
def nadia(space):
    return make_participant(space, mobile="+33612345678")


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def bench(space, nadia):
    return make_report(space, by=nadia, photos=1)


def address(name, report, **more):
    return reverse(f"reports:{name}", args=[report.space.slug, report.number, *more.values()])


def kinds_told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_the_queue_has_what_presses_most_first_late_ones_said(client, space, bench, nadia, karim):
    late = make_report(space, by=nadia, words="Robinet")
    Report.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - datetime.timedelta(1))
    client.force_login(karim)

    page = client.get(reverse("reports:queue", args=[space.slug]))

    assert [one.pk for one in page.context["page"].reports] == [late.pk, bench.pk]
    assert page.content.decode().count("En retard") == 1
    client.post(address("take", late))
    mine = client.get(reverse("reports:queue", args=[space.slug]), {"pour": "moi"})
    assert [one.pk for one in mine.context["page"].reports] == [late.pk]


def test_a_few_taps_from_taking_to_the_photo_after_and_the_reporter_is_told(
    client, bench, nadia, karim
):
    client.force_login(karim)
    client.post(address("take", bench))
    photos = [sent(picture(colour="#a33f1b"))]
    client.post(address("close", bench), {"photos": photos, "words": "Latte neuve."})

    bench.refresh_from_db()
    assert (bench.state, bench.owner, bench.outcome) == ("done", karim, "Latte neuve.")
    assert kinds_told(nadia) == ["reports.taken", "reports.settled"]
    client.logout()
    page = client.get(bench.get_absolute_url()).content.decode()
    assert "report-pair" in page
    assert page.index("Avant") < page.index("Après")
    assert client.get(address("poster", bench)).content.startswith(b"%PDF")


def test_closing_says_something_by_photo_or_by_words(client, bench, karim):
    client.force_login(karim)

    page = client.post(address("close", bench), {"words": ""}).content.decode()
    assert "Montrez une photo" in page
    bench.refresh_from_db()
    assert bench.state == "new"


def test_what_someone_has_in_hand_is_not_taken_by_another(space, bench, karim):
    handling.take(report=bench, by=karim)
    handling.take(report=bench, by=karim)

    with pytest.raises(Refused, match="Karim"):
        handling.take(report=bench, by=make_facilitator(space, "Lina"))
    handling.give_back(report=bench, by=karim)
    assert handling.take(report=bench, by=make_facilitator(space, "Rose")).owner.name == "Rose"


def test_it_is_entrusted_to_the_team_only_for_a_day_to_come(client, space, bench, karim, nadia):
    rose = make_facilitator(space, "Rose")
    client.force_login(karim)
    yesterday = timezone.localdate() - datetime.timedelta(1)
    tomorrow = timezone.localdate() + datetime.timedelta(1)

    past = client.post(address("plan-report", bench), {"owner": rose.pk, "due_on": yesterday})
    client.post(address("plan-report", bench), {"owner": nadia.pk, "due_on": tomorrow})
    bench.refresh_from_db()
    assert ("Cette date est passée" in past.content.decode(), bench.owner) == (True, None)

    client.post(address("plan-report", bench), {"owner": rose.pk, "due_on": tomorrow})
    bench.refresh_from_db()
    assert (bench.owner, bench.due_on) == (rose, tomorrow)
    assert kinds_told(rose) == ["reports.entrusted"]


def test_not_for_us_says_to_whom_it_was_passed_on(client, bench, nadia, karim):
    client.force_login(karim)
    refused = client.post(address("pass-on", bench), {"words": ""})
    assert "Dites à qui" in refused.content.decode()
    client.post(address("pass-on", bench), {"words": "À la Ville de Lyon."})

    bench.refresh_from_db()
    assert bench.state == "refused"
    assert "À la Ville de Lyon." in Notice.objects.get(person=nadia).text


def test_still_broken_opens_it_again_and_tells_whoever_saw_to_it(client, bench, nadia, karim):
    handling.close(report=bench, by=karim, words="Réparé.")
    client.force_login(nadia)
    assert "C’est encore cassé" in client.get(bench.get_absolute_url()).content.decode()
    client.post(address("reopen", bench), {"words": "La latte bouge."})

    bench.refresh_from_db()
    assert (bench.state, bench.closed_at) == ("reopened", None)
    assert kinds_told(karim) == ["reports.reopened"]
    client.force_login(make_participant(make_space(sheet={"slug": "ailleurs"})))
    assert client.get(address("reopen", bench)).status_code == 403


def test_whoever_has_the_code_says_that_it_is_still_broken_and_leaves_a_number(
    client, space, karim
):
    leak = make_stranger_report(space)
    handling.close(report=leak, by=karim, words="Réparé.")

    client.post(reverse("reports:own-reach", args=[leak.code]), {"reach": "0612345678"})
    client.post(reverse("reports:own-reopen", args=[leak.code]), {"words": "Ça fuit."})

    leak.refresh_from_db()
    assert leak.state == "reopened"
    client.force_login(karim)
    page = client.get(leak.get_absolute_url()).content.decode()
    assert "06 12 34 56 78" in page
    follow = Follow.objects.get()
    client.post(address("note-call", leak, pk=follow.pk))
    follow.refresh_from_db()
    assert follow.called_at


def test_moves_follow_the_table_and_what_is_done_twice_is_done_once(bench, karim):
    handling.close(report=bench, by=karim, words="Réparé.", photos=[photo()])
    handling.close(report=bench, by=karim, words="Réparé.", photos=[photo()])

    assert bench.photos.filter(is_after=True).count() == 1
    with pytest.raises(Refused, match="rouvrez-le"):
        handling.pass_on(report=bench, by=karim, words="À la Ville.")
    with pytest.raises(Refused):
        handling.take(report=bench, by=karim)
    assert set(Report.MOVES) == set(State)


def test_the_owner_is_reminded_once_of_a_day_that_is_past(bench, karim):
    handling.take(report=bench, by=karim)
    tomorrow = timezone.now() + datetime.timedelta(days=30)
    upkeep.remind(timezone.now())
    upkeep.remind(tomorrow)
    upkeep.remind(tomorrow)

    assert kinds_told(karim) == ["reports.overdue"]


def test_a_month_after_the_end_the_numbers_are_forgotten(bench, karim):
    reporting.follow(report=bench, by=None, reach="06 12 34 56 78")
    later = timezone.now() + datetime.timedelta(days=31)
    upkeep.forget_numbers(later)
    assert Follow.objects.exclude(reach="").exists()

    handling.close(report=bench, by=karim, words="Réparé.")
    upkeep.forget_numbers(timezone.now())
    assert Follow.objects.exclude(reach="").exists()
    upkeep.forget_numbers(later)
    assert not Follow.objects.exclude(reach="").exists()


def test_whoever_no_longer_wants_news_still_counts_as_having_seen_it(client, space, bench):
    rose = make_participant(space, name="Rose")
    client.force_login(rose)
    client.post(address("follow", bench), {"seen": "1"})
    client.post(address("stop-following", bench))

    assert Report.objects.for_listing().get().seen_by == 2
    assert not bench.follows.filter(person=rose).exists()


def test_what_is_hidden_is_read_no_more_its_photos_neither_and_comes_back(client, bench):
    kind, file = kind_of(bench), bench.photos.get().file

    kind.hide(bench)
    assert client.get(bench.get_absolute_url()).status_code == 404
    assert client.get(file.url).status_code == 404
    kind.show(bench)
    assert client.get(bench.get_absolute_url()).status_code == 200
    assert client.get(file.url).getvalue()


def test_the_round_is_printed_with_its_plan_and_typed_back_line_by_line(
    client, space, bench, nadia, karim
):
    make_plan(space)
    tap = make_report(space, by=nadia, words="Robinet", x=500, y=300)
    trash = make_report(space, by=nadia, words="Poubelle")
    client.force_login(karim)
    pdf = client.get(reverse("reports:round-pdf", args=[space.slug]))
    assert pdf.content.startswith(b"%PDF")

    typed = {
        f"{bench.number}-what": "repaired",
        f"{tap.number}-what": "passed-on",
        f"{trash.number}-what": "",
    }
    page = client.post(reverse("reports:round", args=[space.slug]), typed)

    assert "Dites à qui" in page.content.decode()
    states = dict(Report.objects.values_list("pk", "state"))
    assert states == {bench.pk: "done", tap.pk: "new", trash.pk: "new"}


def test_a_receipt_is_printed_for_whoever_has_the_code(client, bench):
    pdf = client.get(reverse("reports:receipt", args=[bench.code]))
    assert pdf.content.startswith(b"%PDF")


def test_the_plan_shows_a_numbered_pin_and_the_list_says_the_same(client, space, nadia):
    make_plan(space)
    make_report(space, by=nadia, words="Robinet", x=500, y=250)
    make_report(space, by=nadia, words="Portail")

    page = client.get(reverse("reports:plan", args=[space.slug]))

    pin = page.context["plan"].pins[0]
    assert (pin.x, pin.y, pin.label) == (30, 10, "1")
    assert [one.words for one in page.context["elsewhere"]] == ["Portail"]

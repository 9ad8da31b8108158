"""Telling of a problem, saying that it is the same, asking for news of it."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.files import actions as files
from traboule.kernel.files.checking import Prepared
from traboule.kernel.journal.actions import record
from traboule.kernel.moderation.rules import may_post
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_take_part

from .. import messages
from ..models import Category, Desk, Follow, Photo, Report, State, Via
from ..models.desk import USUAL_DAYS


@transaction.atomic
def report(
    *,
    space: Space,
    by: Person | None,
    for_: Person | None = None,
    words: str = "",
    photos: Iterable[Prepared] = (),
    category: Category | None = None,
    reach: str = "",
    wants_news: bool = True,
    via: Via = Via.WEB,
    key: uuid.UUID | None = None,
    **place: Any,
) -> Report:
    """Tell of a problem, by anyone, maybe for someone. Sent again with its ``key``, it is one.

    ``place`` is any of ``zone``, ``x`` and ``y``, ``place``; ``reach`` a number to call back.
    Raises Refused when there is neither photo nor words.
    """
    must_be_open(space)
    if by:
        may_post(by, space)
    photos = list(photos)
    if not photos and not words:
        raise Refused(_("Envoyez une photo, ou écrivez quelques mots."))
    space = Space.objects.select_for_update(of=("self",)).get(pk=space.pk)
    if key and (known := Report.objects.filter(key=key, space=space).first()):
        return known
    last = space.reports.aggregate(last=Max("number"))["last"]
    days = category.days if category else USUAL_DAYS
    # Whoever types what a caller or a sheet says did not see it.
    reporter = for_ or (by if via in {Via.WEB, Via.SMS} else None)
    made = Report(
        space=space, key=key or uuid.uuid4(), number=(last or 0) + 1, words=words,
        category=category, reporter=reporter, via=via,
        due_on=timezone.localdate() + datetime.timedelta(days=days),
        shown_at=timezone.now() if _shows_at_once(by, space) else None, **place,
    )  # fmt: skip
    made.full_clean(exclude=["space"])
    made.save()
    add_photos(made, photos, by=by, is_after=False)
    if (reporter and wants_news) or reach:
        Follow.objects.create(report=made, person=reporter if wants_news else None, reach=reach)
    other = for_ if for_ and by and for_.pk != by.pk else None
    record("reports.reported", made, by=by, for_=other, via=via)
    messages.reported(made)
    return made


def _shows_at_once(by: Person | None, space: Space) -> bool:
    """Strangers' reports wait for someone of the team to look, where the team chose so."""
    if by and can_take_part(by, space):
        return True
    desk = Desk.objects.filter(space=space).first()
    return desk is not None and not desk.looks_first


def add_photos(
    report: Report, photos: Iterable[Prepared], *, by: Person | None, is_after: bool
) -> None:
    """Keep the photos of a report, as visible as it is."""
    alt = _("Après : %(what)s") if is_after else _("Avant : %(what)s")
    for prepared in photos:
        file = files.keep(
            prepared,
            space=report.space,
            by=by,
            alt=(alt % {"what": report.title})[:300],
            public=report.is_shown,
        )
        Photo.objects.create(report=report, file=file, is_after=is_after)


@transaction.atomic
def say_it_is_the_same(*, report: Report, by: Person | None, reach: str = "") -> Follow:
    """One more who saw this problem, told of what becomes of it; a person counts once."""
    return _follow(report, by=by, reach=reach, has_seen=True)


@transaction.atomic
def follow(*, report: Report, by: Person | None, reach: str = "") -> Follow:
    """Have news of a problem, at one's usual channel or at the number given."""
    return _follow(report, by=by, reach=reach, has_seen=False)


def _follow(report: Report, *, by: Person | None, reach: str, has_seen: bool) -> Follow:
    must_be_open(report.space)
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    own = by is not None and report.reporter_id == by.pk
    known = report.follows.filter(person=by).first() if by else None
    if known is None and reach:
        known = report.follows.filter(reach=reach).first()
    if known:
        if has_seen and not own and not known.has_seen and by:
            known.has_seen = True
            known.save(update_fields=["has_seen"])
        return known
    made = Follow.objects.create(
        report=report, person=by, reach=reach, has_seen=has_seen and not own
    )
    record("reports.followed", report, by=by, has_seen=has_seen)
    return made


@transaction.atomic
def stop_following(*, report: Report, by: Person) -> None:
    """Have no more news of it; that one saw it still counts."""
    seen = report.follows.filter(person=by, has_seen=True)
    stopped = seen.update(person=None) + report.follows.filter(person=by).delete()[0]
    if stopped:
        record("reports.stopped-following", report, by=by)


@transaction.atomic
def reopen(
    *, report: Report, by: Person | None, words: str, photos: Iterable[Prepared] = ()
) -> Report:
    """Say that it is still broken; whoever saw to it is told. Repeatable. Raises Refused."""
    must_be_open(report.space)
    report = (
        Report.objects.select_for_update(of=("self",)).select_related("space").get(pk=report.pk)
    )
    if report.is_open:
        return report
    if not report.may_become(State.REOPENED):
        raise Refused(_("Ce signalement ne peut pas être rouvert : faites-en un nouveau."))
    days = report.category.days if report.category else USUAL_DAYS
    report.state, report.closed_at = State.REOPENED, None
    report.due_on = timezone.localdate() + datetime.timedelta(days=days)
    report.outcome = words
    report.full_clean(exclude=["space"])
    report.save()
    add_photos(report, photos, by=by, is_after=False)
    record("reports.reopened", report, by=by)
    messages.reopened(report)
    return report

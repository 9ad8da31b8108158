"""What people are told of the problems they reported, saw, or see to."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell
from traboule.kernel.people.models import Person

from .models import Report, State


class _Day:
    """A date, written when it is read, in the language of whoever reads."""

    def __init__(self, report: Report) -> None:
        self.day = report.due_on

    def __str__(self) -> str:
        return date_format(self.day, "j F")


def _values(report: Report) -> dict[str, object]:
    return {
        "number": report.number,
        "what": report.title,
        "where": report.where,
        "day": _Day(report),
        "outcome": report.outcome,
        "space": str(report.space),
    }


def reported(report: Report) -> None:
    """Whoever first coordinates the space learns of a new problem at once."""
    first = report.space.participations.current().filter(role="coordinator").order_by("pk").first()
    if first and first.person != report.reporter:
        _tell(
            report,
            first.person,
            kind="reports.reported",
            subject=_("Un problème est signalé : %(what)s"),
            text=_("%(space)s : un problème est signalé, « %(what)s » %(where)s."),
        )


def taken(report: Report) -> None:
    """Those who follow learn that it is seen to, and for when."""
    _tell_followers(
        report,
        kind="reports.taken",
        subject=_("On s’en occupe : %(what)s"),
        text=_("Votre signalement n° %(number)s, « %(what)s » : l’équipe s’en occupe, au plus "
               "tard le %(day)s."),
    )  # fmt: skip


def settled(report: Report) -> None:
    """Those who follow learn that it is repaired, or who was told of it."""
    if report.state == State.DONE:
        subject = _("C’est réparé : %(what)s")
        text = _("Votre signalement n° %(number)s, « %(what)s », est réparé. %(outcome)s Si c’est "
                 "encore cassé, dites-le sur sa page ou appelez.")  # fmt: skip
    else:
        subject = _("C’est transmis : %(what)s")
        text = _("Votre signalement n° %(number)s, « %(what)s », n’est pas pour nous. %(outcome)s")
    _tell_followers(report, kind="reports.settled", subject=subject, text=text)


def reopened(report: Report) -> None:
    """Whoever saw to it learns that it is still broken."""
    if report.owner:
        _tell(
            report,
            report.owner,
            kind="reports.reopened",
            subject=_("C’est encore cassé : %(what)s"),
            text=_("%(space)s, n° %(number)s, « %(what)s » : c’est encore cassé. %(outcome)s"),
        )


def entrusted(report: Report, *, by: Person) -> None:
    """Whoever is given a problem to see to learns of it."""
    if report.owner:
        _tell(
            report,
            report.owner,
            kind="reports.entrusted",
            subject=_("À vous : %(what)s"),
            text=_("%(space)s, n° %(number)s, « %(what)s » %(where)s : c’est à vous de vous en "
                   "occuper, pour le %(day)s."),
        )  # fmt: skip


def overdue(report: Report) -> None:
    """Whoever sees to it is reminded once that its day is past."""
    if report.owner:
        _tell(
            report,
            report.owner,
            kind="reports.overdue",
            subject=_("En retard : %(what)s"),
            text=_("%(space)s, n° %(number)s, « %(what)s » devait être réglé le %(day)s. Si c’est "
                   "fait, dites-le ; sinon, choisissez une autre date."),
        )  # fmt: skip


def _tell_followers(report: Report, **words: Any) -> None:
    follows = report.follows.filter(person__isnull=False).select_related("person")
    for follow in follows.order_by("pk"):
        if follow.person:
            _tell(report, follow.person, **words)


def _tell(report: Report, person: Person, *, kind: str, **words: Any) -> None:
    moment = report.closed_at or report.due_on
    tell(
        person=person,
        kind=kind,
        values=_values(report),
        url=report.get_absolute_url(),
        urgent=True,
        purse=report.space.purse,
        owner=report.owner,
        key=f"{kind}:{report.pk}:{person.pk}:{moment.isoformat()}",
        **words,
    )

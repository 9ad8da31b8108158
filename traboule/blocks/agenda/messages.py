"""What the agenda tells people, each in their language and on their channel."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell
from traboule.kernel.people.models import Person

from .models import Enrolment, Event, Signup
from .wording import when

YES, NO = "agenda.yes", "agenda.no"
"""What an answer by a digit stands for; ``answers`` says what each does."""

INVITATION = _("%(space)s vous invite : %(title)s, %(when)s, %(place)s. Venez-vous ?")
CHANGED = _("%(title)s, c’est maintenant %(when)s, %(place)s. %(reason)s")
CHANGED_ONWARD = _(
    "%(title)s change, cette fois et les suivantes : la prochaine séance est %(when)s, %(place)s. "
    "%(reason)s"
)
CANCELLED = _("%(title)s, prévu %(when)s, est annulé. %(reason)s")


class _When:
    """The date of an event, written when it is read, in the language of whoever reads."""

    def __init__(self, event: Event) -> None:
        self.event = event

    def __str__(self) -> str:
        return when(self.event)


def values_of(event: Event) -> dict[str, object]:
    """What the words of a message name."""
    return {
        "title": event.title,
        "when": _When(event),
        "place": event.place_name or event.space.initiative.place,
        "space": str(event.space),
        "reason": event.reason,
    }


def promoted(signup: Signup) -> None:
    """A seat became free: it is theirs, unless they say no."""
    event = signup.event
    tell(
        person=signup.person,
        kind="agenda.promoted",
        subject=_("Une place s’est libérée : elle est à vous"),
        text=_("%(title)s, %(when)s, %(place)s : vous étiez sur la liste d’attente, vous avez "
               "maintenant une place."),
        values=values_of(event),
        url=event.get_absolute_url(),
        urgent=True,
        purse=event.space.purse,
        owner=_owner(event),
        answers={"2": NO},
        data={"event": event.pk, "person": signup.person_id},
        key=f"agenda.promoted:{signup.pk}:{signup.asked_at.timestamp()}",
    )  # fmt: skip


def promoted_in_series(enrolment: Enrolment) -> None:
    """A seat became free in every session."""
    event = enrolment.signups.select_related("event__space__initiative__commune").first()
    if event is None:
        return
    values = values_of(event.event) | {"title": enrolment.series.title}
    tell(
        person=enrolment.person,
        kind="agenda.promoted",
        subject=_("Une place s’est libérée : elle est à vous"),
        text=_("%(title)s : une place s’est libérée dans toutes les séances, elle est à vous. "
               "Prochaine séance : %(when)s, %(place)s."),
        values=values,
        url=event.event.get_absolute_url(),
        urgent=True,
        purse=event.event.space.purse,
        owner=_owner(event.event),
        key=f"agenda.promoted-series:{enrolment.pk}:{enrolment.asked_at.timestamp()}",
    )  # fmt: skip


def changed(event: Event) -> None:
    """The hour or the place changed: whoever counted on it is told at once."""
    _tell_all(
        event,
        kind="agenda.changed",
        subject=_("Changement : %(title)s"),
        text=CHANGED,
        answers={"2": NO},
    )


def changed_onward(events: Iterable[Event]) -> None:
    """Sessions of a series changed together: each person is told once, of the first of theirs."""
    told: set[int] = set()
    for event in events:
        for signup in event.signups.live().select_related("person").order_by("pk"):
            if signup.person_id in told:
                continue
            told.add(signup.person_id)
            tell(
                person=signup.person,
                kind="agenda.changed",
                subject=_("Changement : %(title)s"),
                text=CHANGED_ONWARD,
                values=values_of(event),
                url=event.get_absolute_url(),
                urgent=True,
                purse=event.space.purse,
                owner=_owner(event),
                key=f"agenda.changed:{signup.pk}:{event.revision}",
            )


def cancelled(event: Event) -> None:
    """It will not take place: whoever counted on it is told at once."""
    _tell_all(
        event,
        kind="agenda.cancelled",
        subject=_("Annulation : %(title)s"),
        text=CANCELLED,
        answers=None,
    )


def reminder(event: Event) -> None:
    """The day before: those who are signed up are reminded, and may still say no."""
    for signup in event.signups.going().select_related("person").order_by("pk"):
        tell(
            person=signup.person,
            kind="agenda.reminder",
            subject=_("Rappel : %(title)s"),
            text=_("%(title)s, %(when)s, %(place)s. Vous ne pouvez plus venir ? Dites-le, "
                   "quelqu’un attend peut-être votre place."),
            values=values_of(event),
            url=event.get_absolute_url(),
            urgent=True,
            purse=event.space.purse,
            owner=_owner(event),
            answers={"2": NO},
            data={"event": event.pk, "person": signup.person_id},
            key=f"agenda.reminder:{signup.pk}:{event.starts_at.timestamp()}",
        )  # fmt: skip


def invitation(event: Event, person: Person, *, by: Person) -> None:
    """Ask someone whether they come: 1 for yes, 2 for no."""
    tell(
        person=person,
        kind="agenda.invitation",
        subject=_("Venez-vous ? %(title)s"),
        text=INVITATION,
        values=values_of(event),
        url=event.get_absolute_url(),
        urgent=True,
        purse=event.space.purse,
        owner=by,
        answers={"1": YES, "2": NO},
        data={"event": event.pk, "person": person.pk},
        key=f"agenda.invitation:{event.pk}:{person.pk}",
    )


def _tell_all(event: Event, **words: object) -> None:
    signups = event.signups.live().select_related("person").order_by("pk")
    for signup in signups:
        tell(
            person=signup.person,
            values=values_of(event),
            url=event.get_absolute_url(),
            urgent=True,
            purse=event.space.purse,
            owner=_owner(event),
            data={"event": event.pk, "person": signup.person_id},
            key=f"{words['kind']}:{signup.pk}:{event.revision}",
            **words,  # type: ignore[arg-type]
        )
    if not event.takes_signups and event.parent_id is None:
        _tell_watchers(event, {**words, "answers": None})


def _tell_watchers(event: Event, words: dict[str, object]) -> None:
    """Those who asked to hear of it, where nobody signs up."""
    for watch in event.space.watches.select_related("person").order_by("pk"):
        tell(
            person=watch.person,
            values=values_of(event),
            url=event.get_absolute_url(),
            urgent=True,
            purse=event.space.purse,
            owner=_owner(event),
            key=f"{words['kind']}:{event.pk}:{event.revision}:{watch.person_id}",
            **words,  # type: ignore[arg-type]
        )


def _owner(event: Event) -> Person | None:
    """Who sees to it that the message arrives: whoever first coordinates the space."""
    first = event.space.participations.current().filter(role="coordinator").order_by("pk").first()
    return first.person if first else None

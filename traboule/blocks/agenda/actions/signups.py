"""Taking a seat, waiting for one, giving it back.

Every act first locks the events whose seats it may move, always in the same order, so that
however many act at once, nobody is seated twice and nobody waits for an empty seat. The
database refuses more seats than there are, whatever this code does.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from .. import messages
from ..models import Enrolment, Event, Series, Signup, Via
from ..models.signup import MOST_EXTRA

State = Signup.State


@transaction.atomic
def sign_up(
    *, event: Event, person: Person, by: Person, via: Via = Via.WEB, extra: int = 0, note: str = ""
) -> Signup:
    """Give a seat to the person and those who come along, or a place on the waiting list.

    Asked again, it changes how many come; a seat already held is kept. Raises Refused.
    """
    locked = _lock(event)
    event = locked[event.pk]
    _check_open(event)
    if not 0 <= extra <= MOST_EXTRA:
        raise Refused(_("Vous pouvez venir avec neuf personnes au plus. Pour plus, appelez-nous."))
    signup = Signup.objects.filter(event=event, person=person).first()
    if signup and signup.state == State.GOING:
        return _change_party(event, signup, extra=extra, note=note, by=by)
    if event.parent_id:
        _check_one_slot(event, person)
    signup = signup or Signup(event=event, person=person)
    if signup.state != State.WAITING:
        signup.asked_at = timezone.now()
    signup.extra, signup.note, signup.via, signup.by = extra, note, via, by
    signup.enrolment, signup.reason = None, ""
    seated: list[Signup | Enrolment] = []
    if _fits(event, signup.seats) and not event.signups.waiting().exists():
        _seat(event, signup)
    else:  # Whoever already waits comes first, even where a smaller party would fit.
        _wait(signup)
        seated = promote(locked.values())
        if signup in seated:
            signup.state = State.GOING
    act = "agenda.signed-up" if signup.state == State.GOING else "agenda.put-on-waiting-list"
    record(act, event, by=by, for_=person, signup=signup.pk, via=via)
    tell_those_seated(seated, besides=signup.pk)
    return signup


@transaction.atomic
def cancel(*, signup: Signup, by: Person, reason: str = "") -> None:
    """Give the seat back, or leave the waiting list; the next in line is seated. Repeatable."""
    locked = _lock(signup.event)
    signup = Signup.objects.select_for_update().get(pk=signup.pk)
    if signup.state == State.CANCELLED:
        return
    event = locked[signup.event_id]
    _leave(event, signup, reason=reason)
    record("agenda.cancelled-signup", event, by=by, for_=signup.person, signup=signup.pk)
    tell_those_seated(promote(locked.values()))


@transaction.atomic
def enrol(*, series: Series, person: Person, by: Person, via: Via = Via.WEB) -> Enrolment:
    """Give the person a seat in every session still to come, or a place in line for all of them.

    Raises Refused when no session is left, or sessions are signed up for one by one.
    """
    if not series.is_whole:
        raise Refused(_("Ici, on s’inscrit séance par séance."))
    locked = _lock_series(series)
    sessions = [event for event in locked.values() if event.takes_people]
    if not sessions:
        raise Refused(_("Toutes les séances sont passées ou annulées."))
    enrolment = Enrolment.objects.filter(series=series, person=person).first()
    if enrolment and enrolment.state != Enrolment.State.CANCELLED:
        return enrolment
    enrolment = enrolment or Enrolment(series=series, person=person)
    enrolment.asked_at, enrolment.state = timezone.now(), Enrolment.State.WAITING
    enrolment.save()
    held = {s.event_id: s for s in Signup.objects.filter(event__in=sessions, person=person)}
    for event in sessions:
        signup = held.get(event.pk) or Signup(event=event, person=person)
        signup.enrolment = enrolment
        if signup.state != State.GOING:
            signup.asked_at, signup.via, signup.by = enrolment.asked_at, via, by
            signup.extra, signup.reason = 0, ""
            _wait(signup)
        else:
            signup.save()
    seated = promote(locked.values())
    enrolment.refresh_from_db()
    going = enrolment.state == Enrolment.State.GOING
    act = "agenda.enrolled" if going else "agenda.put-on-waiting-list-of-series"
    record(act, series, by=by, for_=person, enrolment=enrolment.pk)
    tell_those_seated(seated, besides_series=enrolment.pk)
    return enrolment


@transaction.atomic
def leave_series(*, enrolment: Enrolment, by: Person, reason: str = "") -> None:
    """Give back the seat of every session still to come; the next in line are seated."""
    locked = _lock_series(enrolment.series)
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.state == Enrolment.State.CANCELLED:
        return
    for signup in enrolment.signups.live().filter(event__in=locked).order_by("pk"):
        _leave(locked[signup.event_id], signup, reason=reason)
    enrolment.state = Enrolment.State.CANCELLED
    enrolment.save(update_fields=["state"])
    record(
        "agenda.left-series", enrolment.series, by=by, for_=enrolment.person,
        enrolment=enrolment.pk,
    )  # fmt: skip
    tell_those_seated(promote(locked.values()))


@transaction.atomic
def change_capacity(*, event: Event, capacity: int | None, by: Person) -> None:
    """Add or remove seats; those who wait are seated. Raises Refused below the seats taken."""
    locked = _lock(event)
    event = locked[event.pk]
    if capacity is not None and capacity < 1:
        raise Refused(_("Il faut au moins une place."))
    if capacity is not None and capacity < event.seats_taken:
        raise Refused(
            _(
                "%(taken)s places sont déjà prises : gardez-en au moins autant, ou annulez "
                "d’abord des inscriptions."
            )
            % {"taken": event.seats_taken}
        )
    event.capacity = capacity
    event.save(update_fields=["capacity", "changed_at"])
    record("agenda.changed-capacity", event, by=by, capacity=capacity)
    tell_those_seated(promote(locked.values()))


def undo_signup(entry: Any, by: Person) -> None:
    """Undo a sign-up made for someone. Raises Refused once the event is over."""
    signup = Signup.objects.select_related("event").filter(pk=entry.details["signup"]).first()
    if signup is None or signup.event.is_over:
        raise Refused(_("Il est trop tard : la séance est passée."))
    cancel(signup=signup, by=by, reason=_("annulée par la personne"))


def undo_cancelling(entry: Any, by: Person) -> None:
    """Take back a cancelling made for someone: they ask for a seat again. Raises Refused."""
    signup = Signup.objects.select_related("event", "person").get(pk=entry.details["signup"])
    sign_up(event=signup.event, person=signup.person, by=by, extra=signup.extra, note=signup.note)


def undo_enrolment(entry: Any, by: Person) -> None:
    """Undo an enrolment made for someone."""
    leave_series(enrolment=Enrolment.objects.get(pk=entry.details["enrolment"]), by=by)


def _lock(event: Event) -> dict[int, Event]:
    """The event, and with it the sessions of its series when seats go together, locked."""
    if event.series_id and event.series is not None and event.series.is_whole:
        locked = _lock_series(event.series)
        if event.pk in locked:
            return locked
    return {event.pk: Event.objects.select_for_update().get(pk=event.pk)}


def _lock_series(series: Series) -> dict[int, Event]:
    """The sessions still to come, locked in the one order that everybody follows."""
    sessions = Event.objects.select_for_update().filter(
        series=series, state=Event.State.OPEN, ends_at__gte=timezone.now()
    )
    return {event.pk: event for event in sessions.order_by("pk")}


def _check_open(event: Event) -> None:
    if event.state == Event.State.CANCELLED:
        raise Refused(_("Cette séance est annulée."))
    if event.state == Event.State.DRAFT:
        raise Refused(_("Les inscriptions ne sont pas encore ouvertes."))
    if event.is_over:
        raise Refused(_("Cette séance est passée."))
    if event.is_slotted:
        raise Refused(_("Choisissez l’heure de votre rendez-vous."))
    if not event.takes_signups:
        raise Refused(_("Venez sans vous inscrire : l’entrée est libre."))


def _check_one_slot(slot: Event, person: Person) -> None:
    """One appointment each: whoever wants another hour gives the first one back."""
    held = Signup.objects.live().filter(person=person, event__parent=slot.parent_id)
    if held.exclude(event=slot).exists():
        raise Refused(_("Vous avez déjà un rendez-vous ce jour-là. Annulez-le d’abord."))


def _fits(event: Event, seats: int) -> bool:
    return event.capacity is None or event.seats_taken + seats <= event.capacity


def _seat(event: Event, signup: Signup) -> None:
    """Hold the seats. The counter moves with the sign-up, under the same lock."""
    event.seats_taken += signup.seats
    event.save(update_fields=["seats_taken"])
    signup.state = State.GOING
    signup.save()


def _wait(signup: Signup) -> None:
    signup.state = State.WAITING
    signup.save()


def _leave(event: Event, signup: Signup, *, reason: str) -> None:
    if signup.state == State.GOING:
        event.seats_taken -= signup.seats
        event.save(update_fields=["seats_taken"])
    signup.state, signup.reason = State.CANCELLED, reason
    signup.save()


def _change_party(event: Event, signup: Signup, *, extra: int, note: str, by: Person) -> Signup:
    """Come with more or fewer people; more only while there is room for them."""
    added = extra - signup.extra
    if not _fits(event, added):
        raise Refused(
            _("Il ne reste pas assez de places pour venir à %(count)s. Votre place est gardée.")
            % {"count": 1 + extra}
        )
    event.seats_taken += added
    event.save(update_fields=["seats_taken"])
    signup.extra, signup.note = extra, note or signup.note
    signup.save()
    if added:
        record("agenda.changed-party", event, by=by, for_=signup.person, signup=signup.pk)
    if added < 0:
        tell_those_seated(promote([event]))
    return signup


def promote(events: Iterable[Event]) -> "list[Signup | Enrolment]":
    """Seat those who wait, in order, as long as the first in line fits; whom it seated."""
    locked = {event.pk: event for event in events}
    seated: list[Signup | Enrolment] = []
    for event in locked.values():
        if event.state != Event.State.OPEN or event.is_over or not _fits(event, 1):
            continue  # A long line is not read for no seat: others wait for this lock.
        alone = Q(enrolment__isnull=True) | Q(enrolment__state=Enrolment.State.GOING)
        for signup in Signup.objects.waiting().filter(alone, event=event).select_related("person"):
            if not _fits(event, signup.seats):
                break
            _seat(event, signup)
            seated.append(signup)
    series = {event.series_id for event in locked.values() if event.series_id}
    line = Enrolment.objects.filter(
        series__in=series, series__is_whole=True, state=Enrolment.State.WAITING
    ).order_by("asked_at", "pk")
    return seated + [one for one in line if _seat_in_all_sessions(one, locked)]


def _seat_in_all_sessions(enrolment: Enrolment, locked: dict[int, Event]) -> bool:
    """A seat in every session still to come, or none yet: a course is not followed by halves."""
    to_come = Q(event__state=Event.State.OPEN, event__ends_at__gte=timezone.now())
    waiting = list(enrolment.signups.waiting().filter(to_come))
    if any(
        signup.event_id not in locked or not _fits(locked[signup.event_id], signup.seats)
        for signup in waiting
    ):
        return False
    for signup in waiting:
        _seat(locked[signup.event_id], signup)
    enrolment.state = Enrolment.State.GOING
    enrolment.save(update_fields=["state"])
    return True


def tell_those_seated(
    seated: "list[Signup | Enrolment]", *, besides: int = 0, besides_series: int = 0
) -> None:
    """Tell those who waited that they have a seat, except who acts and reads it on the screen."""
    for one in seated:
        if isinstance(one, Enrolment) and one.pk != besides_series:
            record("agenda.promoted-in-series", one.series, enrolment=one.pk)
            messages.promoted_in_series(one)
        elif isinstance(one, Signup) and one.pk != besides:
            record("agenda.promoted", one.event, signup=one.pk)
            messages.promoted(one)

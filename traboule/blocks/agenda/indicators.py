"""What the agenda measures in a space, each with its definition."""

import datetime

from django.db.models import Min, QuerySet, Sum
from django.utils import timezone
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.people.models import Merge, Person
from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .models import Enrolment, Presence, Signup
from .models.event import EventQuerySet


def _held(space: Space, period: Period) -> EventQuerySet:
    """Events that took place in the period."""
    events: EventQuerySet = space.events.open().filter(ends_at__lt=timezone.now())
    if period.start:
        events = events.filter(starts_at__gte=_midnight(period.start))
    if period.end:
        events = events.filter(starts_at__lt=_midnight(period.end + datetime.timedelta(days=1)))
    return events


def _midnight(day: datetime.date) -> datetime.datetime:
    return make_aware(datetime.datetime.combine(day, datetime.time()))


def _came(space: Space, period: Period) -> QuerySet[Presence]:
    return Presence.objects.current().came().filter(event__in=_held(space, period))


def sessions_held(space: Space, period: Period) -> int:
    """Gatherings at which somebody was noted present."""
    present = _came(space, period).values("event")
    own = _held(space, period).gatherings().filter(pk__in=present)
    with_slots = _held(space, period).gatherings().filter(slots__in=present)
    return (own | with_slots).distinct().count()


def people_present(space: Space, period: Period) -> int:
    """Different people who came at least once, and those who came without giving a name."""
    unnamed: dict[int, int] = {}
    lines = _came(space, period).filter(person__isnull=True)
    for event, count in lines.values_list("event", "count"):
        # Whoever stays the whole day is noted in the morning and in the afternoon.
        unnamed[event] = max(count, unnamed.get(event, 0))
    return sum(unnamed.values()) + people_who_came(space, period).count()


def people_who_came(space: Space, period: Period) -> QuerySet[Person]:
    """The people behind that figure, those without a name apart."""
    return _as_known_now(_came(space, period))


def _as_known_now(lines: QuerySet[Presence]) -> QuerySet[Person]:
    """The people of these lines; who was merged with another since counts with them."""
    keys = set(lines.filter(person__isnull=False).values_list("person", flat=True))
    followed = Merge.objects.successors(keys)
    return Person.objects.filter(
        pk__in=keys - followed.keys() | {person.pk for person in followed.values()}
    )


def hours_attended(space: Space, period: Period) -> float:
    """Hours spent there by everyone together."""
    came = _came(space, period).values_list("minutes", "count")
    return round(sum(minutes * count for minutes, count in came) / 60, 1)


def signups(space: Space, period: Period) -> int:
    """Seats held, people who come along included."""
    held = Signup.objects.going().filter(event__in=_held(space, period))
    return held.aggregate(n=Sum("extra", default=0))["n"] + held.count()


def people_signed_up(space: Space, period: Period) -> QuerySet[Person]:
    """The people behind the sign-ups."""
    held = Signup.objects.going().filter(event__in=_held(space, period))
    return Person.objects.filter(pk__in=held.values("person"))


def slots_held(space: Space, period: Period) -> int:
    """One-to-one appointments to which the person came."""
    came = _came(space, period).filter(event__parent__isnull=False)
    return came.values("event").distinct().count()


def people_in_slots(space: Space, period: Period) -> QuerySet[Person]:
    """The people who had an appointment."""
    came = _came(space, period).filter(event__parent__isnull=False)
    return _as_known_now(came)


def _completed(space: Space, period: Period) -> QuerySet[Enrolment]:
    """Enrolments in a series that is over, whose person came to every session held."""
    over = space.series.filter(is_whole=True).exclude(events__in=space.events.upcoming())
    held = _held(space, Period()).filter(series__in=over)
    begun = over.annotate(first=Min("events__starts_at"))
    if period.start:
        begun = begun.filter(first__gte=_midnight(period.start))
    if period.end:
        begun = begun.filter(first__lt=_midnight(period.end + datetime.timedelta(days=1)))
    sessions: dict[int | None, set[int]] = {}
    for series_pk, event_pk in held.filter(presences__isnull=False).values_list("series", "pk"):
        sessions.setdefault(series_pk, set()).add(event_pk)
    came: dict[int, set[int]] = {}
    lines = _came(space, Period()).filter(person__isnull=False)
    for person_pk, event_pk in lines.values_list("person", "event"):
        came.setdefault(person_pk, set()).add(event_pk)
    for before, now in Merge.objects.successors(came).items():
        came.setdefault(now.pk, set()).update(came[before])
    going = Enrolment.objects.filter(series__in=begun, state=Enrolment.State.GOING)
    whole = [
        pk
        for pk, series_pk, person_pk in going.values_list("pk", "series", "person")
        if sessions.get(series_pk) and sessions[series_pk] <= came.get(person_pk, set())
    ]
    return Enrolment.objects.filter(pk__in=whole)


def series_completed(space: Space, period: Period) -> int:
    """People who came to every session of a series they had enrolled in."""
    return _completed(space, period).count()


def people_who_completed(space: Space, period: Period) -> QuerySet[Person]:
    """The people behind that figure."""
    return Person.objects.filter(pk__in=_completed(space, period).values("person"))


INDICATORS = (
    Indicator(
        key="agenda.sessions-held",
        name=_("Séances tenues"),
        unit=lambda n: ngettext("séance", "séances", n),
        counts=_("Une séance compte quand elle est passée, qu’elle n’a pas été annulée et que "
                 "l’appel y a noté au moins une personne présente."),
        value=sessions_held,
    ),
    Indicator(
        key="agenda.people-present",
        name=_("Personnes venues"),
        unit=lambda n: ngettext("personne", "personnes", n),
        counts=_("Chaque personne compte une fois, même venue souvent. Celles venues sans donner "
                 "leur nom sont ajoutées, à chaque séance."),
        value=people_present,
        people=people_who_came,
    ),
    Indicator(
        key="agenda.hours-attended",
        name=_("Heures passées ensemble"),
        unit=lambda n: ngettext("heure", "heures", n),
        counts=_("La durée notée à l’appel pour chaque personne présente, toutes additionnées."),
        value=hours_attended,
    ),
    Indicator(
        key="agenda.signups",
        name=_("Places réservées"),
        unit=lambda n: ngettext("place", "places", n),
        counts=_("Les places prises pour des séances passées, avec les personnes qui "
                 "accompagnent. Les annulations et la liste d’attente ne comptent pas."),
        value=signups,
        people=people_signed_up,
    ),
    Indicator(
        key="agenda.slots-held",
        name=_("Rendez-vous individuels"),
        unit=lambda n: ngettext("rendez-vous", "rendez-vous", n),
        counts=_("Un rendez-vous compte quand la personne y est venue."),
        value=slots_held,
        people=people_in_slots,
    ),
    Indicator(
        key="agenda.series-completed",
        name=_("Parcours suivis en entier"),
        unit=lambda n: ngettext("personne", "personnes", n),
        counts=_("Les personnes inscrites à toute une série terminée, et notées présentes à "
                 "chacune des séances tenues."),
        value=series_completed,
        people=people_who_completed,
    ),
)  # fmt: skip

"""What a composition measures, each with its definition."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .models import Designation, DrawCandidate, Member
from .models.member import MemberQuerySet


def _last_day(period: Period) -> datetime.date:
    today = timezone.localdate()
    return min(period.end, today) if period.end else today


def _sitting(space: Space, period: Period) -> MemberQuerySet:
    """Those who hold a seat on the last day of the period."""
    return Member.objects.titular().filter(space=space).held_on(_last_day(period))


def _people(members: QuerySet[Member]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=members.values("person"))


def members(space: Space, period: Period) -> int:
    """Seats held on the last day of the period."""
    return _sitting(space, period).count()


def people_sitting(space: Space, period: Period) -> QuerySet[Person]:
    """The people behind that figure."""
    return _people(_sitting(space, period))


def _drawn(space: Space, period: Period) -> QuerySet[Member]:
    """Those who took a seat in the period because their name was drawn."""
    drawn = Member.objects.filter(
        space=space, designation=Designation.DRAWN, starts_on__lte=_last_day(period)
    )
    return drawn.filter(starts_on__gte=period.start) if period.start else drawn


def seats_drawn(space: Space, period: Period) -> int:
    """People who took a seat in the period because their name was drawn."""
    return _drawn(space, period).values("person").distinct().count()


def people_drawn(space: Space, period: Period) -> QuerySet[Person]:
    """The people behind that figure."""
    return _people(_drawn(space, period))


def candidates(space: Space, period: Period) -> int:
    """Candidates of the draws held in the period."""
    held = DrawCandidate.objects.filter(
        draw__space=space, draw__drawn_at__date__lte=_last_day(period)
    )
    if period.start:
        held = held.filter(draw__drawn_at__date__gte=period.start)
    return held.count()


def vacancies(space: Space, period: Period) -> int:
    """Seats of today's colleges that nobody held on the last day of the period."""
    seats = sum(space.colleges.values_list("seats", flat=True))
    return max(0, seats - members(space, period))


INDICATORS = (
    Indicator(
        key="roster.members",
        name=_("Membres titulaires"),
        unit=lambda n: ngettext("personne", "personnes", n),
        counts=_("Les personnes qui occupent une place le dernier jour de la période. Les "
                 "suppléances ne comptent pas."),
        value=members,
        people=people_sitting,
    ),
    Indicator(
        key="roster.people-drawn",
        name=_("Membres venus par tirage au sort"),
        unit=lambda n: ngettext("personne", "personnes", n),
        counts=_("Les personnes tirées au sort qui ont accepté et pris place pendant la période. "
                 "Chacune compte une fois."),
        value=seats_drawn,
        people=people_drawn,
    ),
    Indicator(
        key="roster.candidates",
        name=_("Candidatures à un tirage au sort"),
        unit=lambda n: ngettext("candidature", "candidatures", n),
        counts=_("Les numéros dans la liste des tirages faits pendant la période. Une personne "
                 "candidate à deux tirages compte deux fois."),
        value=candidates,
    ),
    Indicator(
        key="roster.vacancies",
        name=_("Places vacantes"),
        unit=lambda n: ngettext("place", "places", n),
        counts=_("Les places des collèges, comme ils sont aujourd’hui, que personne n’occupe le "
                 "dernier jour de la période."),
        value=vacancies,
    ),
)  # fmt: skip

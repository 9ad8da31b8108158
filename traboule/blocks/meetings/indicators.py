"""What meetings measure in a space, each with its definition."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .attendance import attendance_of
from .models import ActionPoint, Decision, Meeting
from .models.meeting import MeetingQuerySet

WRITTEN_OFF = [Meeting.State.PREPARING, Meeting.State.CONVENED]


def _within(period: Period, field: str) -> Q:
    """The condition that the day of ``field`` lies in the period."""
    condition = Q()
    if period.start:
        condition &= Q(**{f"{field}__date__gte": period.start})
    if period.end:
        condition &= Q(**{f"{field}__date__lte": period.end})
    return condition


def held_in(space: Space, period: Period) -> MeetingQuerySet:
    """Meetings that took place in the period."""
    held: MeetingQuerySet = Meeting.objects.filter(space=space).exclude(state__in=WRITTEN_OFF)
    return held.filter(_within(period, "event__starts_at"))


def held(space: Space, period: Period) -> int:
    """Meetings that took place."""
    return held_in(space, period).count()


def approved(space: Space, period: Period) -> int:
    """Meetings of the period whose minutes the group approved."""
    return held_in(space, period).approved().count()


def decisions(space: Space, period: Period) -> int:
    """Decisions of meetings of the period, in approved minutes."""
    of = held_in(space, period).approved()
    return Decision.objects.filter(item__meeting__in=of.values("pk")).count()


def _actions(space: Space) -> "QuerySet[ActionPoint]":
    return ActionPoint.objects.filter(item__meeting__space=space)


def actions_done(space: Space, period: Period) -> int:
    """Things that were said at meetings and are done, by the day they were."""
    done = _actions(space).filter(done_at__isnull=False)
    return done.filter(_within(period, "done_at")).count()


def attendance(space: Space, period: Period) -> int:
    """People in the room, added up over the meetings of the period."""
    meetings = held_in(space, period).select_related("event").order_by("pk")
    return sum(attendance_of(one).there for one in meetings)


INDICATORS = (
    Indicator(
        key="meetings.held",
        name=_("Réunions tenues"),
        unit=lambda n: ngettext("réunion", "réunions", int(n)),
        counts=_("Une réunion compte dès qu’on a noté qu’elle a eu lieu."),
        value=held,
    ),
    Indicator(
        key="meetings.minutes-approved",
        name=_("Comptes-rendus approuvés"),
        unit=lambda n: ngettext("compte-rendu", "comptes-rendus", int(n)),
        counts=_("Un compte-rendu compte quand le groupe l’a approuvé ; à la date de la réunion."),
        value=approved,
    ),
    Indicator(
        key="meetings.decisions",
        name=_("Décisions prises"),
        unit=lambda n: ngettext("décision", "décisions", int(n)),
        counts=_("Chaque décision d’un compte-rendu approuvé ; à la date de la réunion."),
        value=decisions,
    ),
    Indicator(
        key="meetings.actions-done",
        name=_("Choses faites après les réunions"),
        unit=lambda n: ngettext("chose faite", "choses faites", int(n)),
        counts=_("Chaque chose à faire notée en réunion, le jour où l’on dit qu’elle est faite."),
        value=actions_done,
    ),
    Indicator(
        key="meetings.attendance",
        name=_("Participation aux réunions"),
        unit=lambda n: ngettext("présence", "présences", int(n)),
        counts=_("Les personnes présentes, additionnées sur les réunions : qui vient deux fois "
                 "compte deux fois."),
        value=attendance,
    ),
)  # fmt: skip

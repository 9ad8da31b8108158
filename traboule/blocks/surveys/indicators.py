"""What surveys measure in a space, each with its definition."""

import datetime

from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .models import Door, Response, Survey
from .models.response import ResponseQuerySet

OFF_SCREEN = (Door.SMS, Door.PHONE, Door.PAPER, Door.INTERVIEW)


def _counted(space: Space, period: Period) -> ResponseQuerySet:
    responses: ResponseQuerySet = Response.objects.counted().filter(survey__space=space)
    if period.start:
        responses = responses.filter(finished_at__gte=_midnight(period.start))
    if period.end:
        end = period.end + datetime.timedelta(days=1)
        responses = responses.filter(finished_at__lt=_midnight(end))
    return responses


def _midnight(day: datetime.date) -> datetime.datetime:
    return make_aware(datetime.datetime.combine(day, datetime.time()))


def responses(space: Space, period: Period) -> int:
    """Responses sent, whatever the door, those set aside left out."""
    return _counted(space, period).count()


def responses_off_screen(space: Space, period: Period) -> int:
    """The same, those that came by SMS, telephone, paper or face to face."""
    return _counted(space, period).filter(door__in=OFF_SCREEN).count()


def surveys_closed(space: Space, period: Period) -> int:
    """Surveys that are closed and to which somebody answered."""
    found = space.surveys.filter(state=Survey.State.CLOSED)
    if period.start:
        found = found.filter(closed_at__gte=_midnight(period.start))
    if period.end:
        found = found.filter(closed_at__lt=_midnight(period.end + datetime.timedelta(days=1)))
    answered = Response.objects.counted().values("survey")
    return found.filter(pk__in=answered).count()


INDICATORS = (
    Indicator(
        key="surveys.responses",
        name=_("Réponses aux enquêtes"),
        unit=lambda n: ngettext("réponse", "réponses", n),
        counts=_("Les réponses envoyées, par toutes les portes. Celles mises de côté ne comptent "
                 "pas ; celles restées en route non plus."),
        value=responses,
    ),
    Indicator(
        key="surveys.responses-off-screen",
        name=_("Réponses données sans écran"),
        unit=lambda n: ngettext("réponse", "réponses", n),
        counts=_("Parmi les réponses, celles venues par SMS, au téléphone, sur papier ou en "
                 "entretien."),
        value=responses_off_screen,
    ),
    Indicator(
        key="surveys.surveys-closed",
        name=_("Enquêtes menées jusqu’au bout"),
        unit=lambda n: ngettext("enquête", "enquêtes", n),
        counts=_("Les enquêtes closes auxquelles on a répondu au moins une fois."),
        value=surveys_closed,
    ),
)  # fmt: skip

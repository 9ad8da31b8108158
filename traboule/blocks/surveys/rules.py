"""Who may answer a survey, hold it, and read what comes out of it."""

from typing import TYPE_CHECKING

from traboule.kernel.spaces.rules import can_facilitate, can_read

from .models import Survey

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from traboule.kernel.people.models import Person


def can_hold(person: "Person | AnonymousUser", survey: Survey) -> bool:
    """Whether they write it, open it, type answers in and read all of them."""
    return can_facilitate(person, survey.space)


def can_begin(person: "Person | AnonymousUser", survey: Survey) -> bool:
    """Whether they may answer without more; an invitation is asked for apart."""
    return survey.who != Survey.Who.SPACE or can_read(person, survey.space)


def can_read_results(person: "Person | AnonymousUser", survey: Survey) -> bool:
    """Whether the results are for them: everyone once shown, the team before."""
    return survey.shows_results or can_hold(person, survey)


def may_listen(request: "HttpRequest", key: str) -> bool:
    """Whether they open the recordings of the survey of that key, ``survey:12``."""
    number = key.partition(":")[2]
    survey = Survey.objects.for_page().filter(pk=number).first() if number.isdecimal() else None
    return survey is not None and can_hold(request.user, survey)

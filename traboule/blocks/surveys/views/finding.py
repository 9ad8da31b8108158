"""What an address of surveys speaks of, for whoever may see it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.spaces import access
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_facilitate, can_read

from ..models import Survey
from ..rules import can_begin, can_hold


def space_of(slug: str) -> Space:
    """The space of that name, if it asks surveys."""
    spaces = Space.objects.for_page().filter(
        blocks__key="surveys", blocks__put_away_at__isnull=True
    )
    return get_object_or_404(spaces, initiative__slug=slug)


def facilitated_space(request: HttpRequest, slug: str) -> Space:
    """The same, for those who facilitate it."""
    space = space_of(slug)
    if not can_facilitate(request.user, space):
        raise PermissionDenied
    return space


def survey_of(code: str) -> Survey:
    """The survey that has this code, with what its pages name."""
    return get_object_or_404(Survey.objects.for_page(), code=code.upper())


def held_survey(request: HttpRequest, slug: str, code: str) -> Survey:
    """The survey, for those who hold it."""
    surveys = Survey.objects.for_page().filter(space__initiative__slug=slug)
    found = get_object_or_404(surveys, code=code.upper())
    if not can_hold(request.user, found):
        raise PermissionDenied
    return found


def reads(request: HttpRequest, space: Space) -> bool:
    """Whether they read what is kept for those who take part, be it with the code of the gate."""
    return can_read(request.user, space) or access.opened(request.session, space)


def may_begin(request: HttpRequest, survey: Survey) -> bool:
    """Whether they may answer, be it with the code of the gate; invitations come apart."""
    return can_begin(request.user, survey) or access.opened(request.session, survey.space)

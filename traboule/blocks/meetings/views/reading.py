"""The minutes on paper: whole on A4, and the essential in large type."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from traboule.ui.downloads import paper
from traboule.ui.throttle import throttled

from ..printing.minutes import printed_minutes, printed_summary
from .finding import read_meeting


@login_not_required
@require_safe
@throttled(rate="30/m")
def minutes_pdf(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """The whole minutes on A4."""
    meeting = read_meeting(request, slug, ref)
    return paper(printed_minutes(meeting), _("compte-rendu"), meeting.ref)


@login_not_required
@require_safe
@throttled(rate="30/m")
def summary_pdf(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """The essential on one page, in large type."""
    meeting = read_meeting(request, slug, ref)
    return paper(printed_summary(meeting), _("essentiel"), meeting.ref)

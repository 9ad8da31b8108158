"""The report of a year, assembled from its approved minutes."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_facilitate
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper
from traboule.ui.throttle import throttled

from ..actions import approving
from ..forms.minutes import ForewordForm
from ..printing.report import printed_report
from ..yearly import year_of
from .finding import reads, space_of, team_space


def _space(request: HttpRequest, slug: str) -> Space:
    """The space, for whoever may read what it publishes."""
    space = space_of(slug)
    if not reads(request, space) and space.initiative.published_at is None:
        raise Http404
    return space


@login_not_required
@never_cache
@require_safe
def report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Meetings, decisions and what was done, in one page."""
    space = _space(request, slug)
    context = {
        "space": space,
        "report": year_of(space, year),
        "holds": can_facilitate(request.user, space),
    }
    return render(request, "meetings/report.html", context)


@login_not_required
@require_safe
@throttled(rate="30/m")
def printed(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The same on A4."""
    space = _space(request, slug)
    return paper(printed_report(year_of(space, year)), _("bilan"), f"{year}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def foreword(request: PersonRequest, slug: str, year: int) -> HttpResponse:
    """Write what comes before the figures."""
    space = team_space(request, slug)
    known = space.meeting_reports.filter(year=year).first()
    initial = {"foreword": known.foreword if known else ""}
    form = ForewordForm(request.POST or None, initial=initial)
    if form.is_valid():
        what = {"space": space, "year": year, "by": request.user, **form.cleaned_data}
        if done(request, approving.write_foreword, _("C’est enregistré."), **what):
            return redirect("meetings:report", slug, year)
    return render(request, "meetings/foreword.html", {"space": space, "year": year, "form": form})

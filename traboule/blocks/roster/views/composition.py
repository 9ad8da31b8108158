"""The composition on a screen, on paper, as a table."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.rules import can_read
from traboule.ui.downloads import paper, table
from traboule.ui.throttle import throttled

from ..composition import composition
from ..gauges import gauges, states
from ..models import Draw
from ..models.member import SOON
from ..printing.documents import member_list
from ..rules import can_compose, can_see
from ..standing import Standing
from .finding import roster_space


@login_not_required
@never_cache
@require_safe
def roster(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits, what is vacant, and how parity stands; each reads as much as they may."""
    space = roster_space(request, slug, can_see)
    standing, composes = Standing(space), can_compose(request.user, space)
    today = timezone.localdate()
    soon = [one for one in standing.members if one.term_ends_on
            and one.term_ends_on <= today + SOON]  # fmt: skip
    shown = gauges(standing) if standing.colleges else []
    draws = space.draws.all() if composes else space.draws.exclude(fingerprint="")
    context = {
        "space": space,
        "roster": standing.roster,
        "composes": composes,
        "reads_all": can_read(request.user, space),
        "acts": composes and not space.is_closed,
        "composition": composition(standing, with_proposals=composes and not space.is_closed),
        "gauges": shown,
        "parts": {part for gauge in shown for part, _start, _length in gauge.parts},
        "rules": states(standing),
        "ending": sorted(soon, key=lambda one: (one.term_ends_on, one.pk)) if composes else [],
        "today": today,
        "draws": draws.exclude(state=Draw.State.CANCELLED),
    }
    return render(request, "roster/roster.html", context)


@require_safe
def list_pdf(request: PersonRequest, slug: str) -> HttpResponse:
    """The whole list on A4, for the prefecture: functions, how chosen, dates of terms."""
    space = roster_space(request, slug)
    return paper(member_list(Standing(space), whole=True), _("composition"), str(space))


@login_not_required
@require_safe
@throttled(rate="30/m")
def public_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The list to pin up: names, functions, colleges; where the composition is public."""
    space = roster_space(request, slug, can_see)
    standing = Standing(space)
    if not (standing.roster.is_public or can_compose(request.user, space)):
        raise Http404
    return paper(member_list(standing, whole=False), _("membres"), str(space))


@require_safe
def list_csv(request: PersonRequest, slug: str) -> StreamingHttpResponse:
    """The same as a table, without gender nor age: they are read nowhere but in totals."""
    space = roster_space(request, slug)
    rows = [[_("Nom"), _("Collège"), _("Place"), _("Fonction"), _("Choisie"), _("Depuis le"),
             _("Mandat jusqu’au")]]  # fmt: skip
    for one in Standing(space).members:
        last = f"{one.term_ends_on:%d/%m/%Y}" if one.term_ends_on else ""
        rows.append([
            one.person.name, one.college.name, one.get_rank_display(),
            one.function, one.get_designation_display(),
            f"{one.starts_on:%d/%m/%Y}", last,
        ])  # fmt: skip
    return table(rows, _("composition"), str(space))

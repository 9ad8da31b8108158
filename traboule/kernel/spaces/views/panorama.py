"""All the spaces of an organisation on one page, for its people and its partners."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.models import Organisation
from traboule.kernel.people.requests import PersonRequest
from traboule.ui.downloads import table

from .. import panorama as reading


@never_cache
@require_safe
def panorama(request: PersonRequest, pk: int) -> HttpResponse:
    """One line a space, what waits for someone marked; ``?a-voir=1`` keeps those alone."""
    organisation, carries = _read_by(request, pk)
    spaces = reading.spaces_of(organisation)
    signs = reading.signs_for(carries=carries)
    rows = reading.table(spaces, signs)
    worries = [row for row in rows if row.worries]
    only_worries = "a-voir" in request.GET
    context = {
        "organisation": organisation,
        "signs": signs,
        "rows": worries if only_worries else rows,
        "number": len(rows),
        "worries": len(worries),
        "only_worries": only_worries,
    }
    return render(request, "spaces/panorama.html", context)


@never_cache
@require_safe
def panorama_csv(request: PersonRequest, pk: int) -> StreamingHttpResponse:
    """The same as a table."""
    organisation, carries = _read_by(request, pk)
    signs = reading.signs_for(carries=carries)
    rows = [[_("Espace"), _("Lieu"), *(str(sign.label) for sign in signs)]]
    for row in reading.table(reading.spaces_of(organisation), signs):
        said = {sign.key: one.words for sign, one in row.readings}
        words = [said.get(sign.key, "") for sign in signs]
        rows.append([str(row.space), row.space.initiative.place, *words])
    return table(rows, "espaces", organisation.name)


def _read_by(request: HttpRequest, pk: int) -> tuple[Organisation, bool]:
    """The organisation, and whether the reader belongs to it; partners read less, others not."""
    organisation = get_object_or_404(Organisation, pk=pk)
    carries = reading.carries(request.user, organisation)
    if not carries and not reading.is_partner(request.user, organisation):
        raise PermissionDenied
    return organisation, carries

"""The organisations that take part in an initiative, and what an organisation takes part in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.people.models import Organisation
from traboule.kernel.people.requests import PersonRequest

from .. import panorama, rules
from .. import partners as acts
from ..forms.content import PartnerForm
from .fetching import done, space_for

SHOWN = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: PersonRequest, slug: str) -> HttpResponse:
    """Those named on the sheet, and one more."""
    space = space_for(request, slug, rules.can_coordinate)
    form = PartnerForm(request.POST or None)
    said = _("C’est noté, et sa fiche le dit.")
    if form.is_valid() and done(
        request, acts.add, said, space=space, by=request.user, **form.cleaned_data
    ):
        return redirect("spaces:partners", slug)
    partnerships = space.initiative.partnerships.select_related("organisation")
    context = {"space": space, "form": form, "partnerships": partnerships}
    return render(request, "spaces/partner_list.html", context)


@require_POST
def remove_partner(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take one off the sheet; one already gone is no matter."""
    space = space_for(request, slug, rules.can_coordinate)
    partnership = space.initiative.partnerships.filter(pk=pk).first()
    if partnership:
        said = _("Ce partenaire n’est plus sur la fiche.")
        done(request, acts.remove, said, space=space, partnership=partnership, by=request.user)
    return redirect("spaces:partners", slug)


def draw_on_organisation(request: HttpRequest, organisation: Organisation) -> str:
    """The initiatives that an organisation carries, and those it is a partner of."""
    published = Initiative.objects.published().only("slug", "title").order_by("-pk")
    context = {
        "organisation": organisation,
        "panorama": panorama.carries(request.user, organisation)
        or panorama.is_partner(request.user, organisation),
        "carried": published.filter(holder=organisation)[:SHOWN],
        "joined": published.filter(partnerships__organisation=organisation)[:SHOWN],
    }
    return render_to_string("spaces/_of_organisation.html", context, request)

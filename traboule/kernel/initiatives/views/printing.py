"""Paper: a sheet's PDF and code to photograph, and asking for a booklet or a wall map."""

import hashlib

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition, require_http_methods, require_safe

from traboule.ui.printing import qr_code
from traboule.ui.throttle import throttled

from ..exchange.selection import Selection
from ..models import Initiative, Job
from ..printing import data, jobs
from ..printing.documents import sheet_pdf
from ..search.filters import Filters

KEPT_SECONDS = 600
"""How long a browser may show a sheet's PDF again without asking."""
_LAYOUT = "1"
"""Changes when the look of the sheet does, so that nobody is served the old one."""


class PrintForm(forms.Form):
    """What to print of the sheets that the filters keep."""

    what = forms.ChoiceField(
        label=_("Que voulez-vous imprimer ?"),
        choices=[
            (Job.Kind.BOOKLET, _("Un recueil : toutes les fiches, en cahier A4")),
            (Job.Kind.WALL_MAP, _("Une carte murale : une grande feuille A3 à afficher")),
        ],
        widget=forms.RadioSelect,
        initial=Job.Kind.BOOKLET,
        error_messages={
            "required": _("Choisissez ce que vous voulez imprimer."),
            "invalid_choice": _("Choisissez l’un des deux."),
        },
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(rate="10/m", methods=("POST",))
@throttled(rate="60/m")
def print_choice(request: HttpRequest) -> HttpResponse:
    """Choose what to print of the sheets that the address's filters keep."""
    filters = Filters.from_query(request.GET)
    form = PrintForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kind, by = Job.Kind(form.cleaned_data["what"]), request.user
        try:
            return redirect(
                jobs.start_printing(
                    kind=kind, filters=filters, by=by if by.is_authenticated else None
                )
            )
        except jobs.NothingToPrintError as error:
            form.add_error("what", str(error))
    context = {
        "form": form,
        "filters": filters,
        "count": Selection.of(filters).count,
        "explore_url": reverse("initiatives:explore") + filters.query_string(),
    }
    status = 422 if form.errors else 200
    return render(request, "initiatives/print/choice.html", context, status=status)


def _etag(request: HttpRequest, slug: str) -> str | None:
    """A mark that changes whenever the sheet or what surrounds it on paper does."""
    revised = Initiative.objects.published().filter(slug=slug).values_list("revised_at", flat=True)
    if not (revised_at := revised.first()):
        return None
    parts = (_LAYOUT, slug, revised_at, get_language(), settings.SITE_URL, settings.HELP_PHONE)
    return '"' + hashlib.sha256(repr(parts).encode()).hexdigest()[:32] + '"'


@login_not_required
@require_safe
@throttled(rate="60/m")
@condition(etag_func=_etag)
def sheet_pdf_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet on paper, at once."""
    initiative = get_object_or_404(Initiative.objects.published().for_sheet(), slug=slug)
    response = HttpResponse(sheet_pdf(initiative), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
    patch_cache_control(response, private=True, max_age=KEPT_SECONDS)
    return response


@login_not_required
@require_safe
@condition(etag_func=_etag)
def sheet_qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The code to photograph that leads to the sheet."""
    initiative = get_object_or_404(Initiative.objects.published().only("slug"), slug=slug)
    drawn = qr_code(data.address_of(initiative))
    response = HttpResponse(drawn, content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=86_400)
    return response

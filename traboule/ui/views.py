"""The gallery of components and the accessibility statement."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .specimens import FACETS, TRAIL, erroneous_form, fresh_form


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build pages and those who check them."""
    context = {
        "trail": TRAIL,
        "facets": FACETS,
        "form": fresh_form(),
        "wrong_form": erroneous_form(),
    }
    return render(request, "ui/gallery.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What this site does so that everyone can use it, and whom to tell when it fails."""
    return render(request, "ui/accessibility.html")

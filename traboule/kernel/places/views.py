"""The look-up of communes, for a field that suggests while one types."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .models import Commune


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def communes(request: HttpRequest) -> HttpResponse:
    """Communes that ``q`` (or ``commune``, as forms name it) may mean.

    As options for a ``<datalist>``, or as JSON with ``format=json``.
    """
    found = Commune.objects.look_up(request.GET.get("q") or request.GET.get("commune", ""))
    if request.GET.get("format") == "json":
        return JsonResponse({"communes": [_as_json(commune) for commune in found]})
    return render(request, "places/_communes.html", {"communes": found})


def _as_json(commune: Commune) -> dict[str, str | float]:
    return {
        "code": commune.code,
        "label": str(commune),
        "name": commune.name,
        "department": commune.department.name,
        "latitude": commune.latitude,
        "longitude": commune.longitude,
    }

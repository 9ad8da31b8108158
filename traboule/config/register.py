"""What personal data this installation holds and why, read from what every model declares."""

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traboule.kernel.people.rights import at_erasure


@login_not_required
@require_safe
def processing_register(request: HttpRequest) -> HttpResponse:
    """The register of processing, for anyone to read."""
    return render(request, "config/register.html", {"entries": register_entries()})


def register_entries() -> list[dict[str, object]]:
    """One entry for each model that holds personal data."""
    return [
        {
            "name": model._meta.verbose_name_plural,
            "fields": [_label(model, name) for name in declared.fields],
            "purpose": declared.purpose,
            "lifetime": declared.lifetime,
            "at_erasure": at_erasure(declared),
        }
        for model in apps.get_models()
        if (declared := getattr(model, "personal_data", None))
    ]


def _label(model: type[Model], name: str) -> str:
    field = model._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))

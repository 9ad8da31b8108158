"""Is this installation well? For load balancers, containers and watchful people."""

from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process can: restart it only when this is silent."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether people can be served, and if not, which part is missing."""
    part = missing_part()
    if part:
        return JsonResponse({"status": "unavailable", "part": part}, status=503)
    return JsonResponse({"status": "ok"})


def missing_part() -> str:
    """Name what prevents serving: the database, its migrations, or nothing ("")."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return "database"
    return "migrations" if _known_migrations() - applied else ""


@lru_cache(maxsize=1)
def _known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations this version expects; reading them is slow and they cannot change."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


urlpatterns = [
    path("", ready, name="health"),
    path("vivant/", alive, name="alive"),
]

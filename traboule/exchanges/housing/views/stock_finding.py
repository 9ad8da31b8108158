"""What pages of the stock begin with: a landlord, a home or a check, for who serves it."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import space_for

from ..models import Check, Dwelling, Landlord, StockImport
from ..rules import can_check, can_run, landlords_of


def run_space(request: HttpRequest, slug: str) -> Space:
    """The space, for who runs the exchange."""
    return space_for(request, slug, can_run)


def served(request: PersonRequest, slug: str) -> tuple[Space, QuerySet[Landlord]]:
    """The space and the landlords that one serves there, one at least."""
    space = space_for(request, slug, lambda person, space: True)
    landlords = landlords_of(request.user, space)
    if not landlords and not can_run(request.user, space):
        raise PermissionDenied
    return space, landlords


def served_landlord(request: PersonRequest, slug: str, pk: int) -> Landlord:
    """The landlord, for those who serve it."""
    space = space_for(request, slug, lambda person, space: True)
    return _served(request, get_object_or_404(space.landlords, pk=pk))


def served_dwelling(request: PersonRequest, slug: str, pk: int) -> Dwelling:
    """The home, for those who serve its landlord."""
    rows = Dwelling.objects.select_related("landlord", "commune")
    space = space_for(request, slug, lambda person, space: True)
    found = get_object_or_404(rows, pk=pk, landlord__space=space)
    found.landlord = _served(request, found.landlord, space)
    return found


def served_file(request: PersonRequest, slug: str, key: object) -> StockImport:
    """The file of homes, for those who serve its landlord."""
    space = space_for(request, slug, lambda person, space: True)
    rows = StockImport.objects.select_related("landlord")
    found = get_object_or_404(rows, key=key, landlord__space=space)
    found.landlord = _served(request, found.landlord, space)
    return found


def served_check(request: PersonRequest, slug: str, pk: int) -> Check:
    """The check, for those who serve its landlord."""
    found = check_of(request, slug, pk)
    _served(request, found.listing.dwelling.landlord)
    return found


def check_of(request: HttpRequest, slug: str, pk: int) -> Check:
    """The check of that address, whoever asks."""
    space = space_for(request, slug, lambda person, space: True)
    rows = Check.objects.select_related(
        "listing__tenant", "listing__dwelling__landlord", "listing__dwelling__commune",
        "decided_by",
    )  # fmt: skip
    found = get_object_or_404(rows, pk=pk, listing__space=space)
    found.listing.space = found.listing.dwelling.landlord.space = space
    return found


def _served(request: PersonRequest, landlord: Landlord, space: Space | None = None) -> Landlord:
    if space:
        landlord.space = space
    if not can_check(request.user, landlord):
        raise PermissionDenied
    return landlord

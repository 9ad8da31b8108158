"""What the exchange of homes shows on pages that do not know it: counts, and where to go."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Space

from .models import LIVE, Check, Decision, Listing, ListingPhoto, State, Swap, SwapState
from .rules import can_help, landlords_of

MINE_SHOWN = 5


def uses_housing(space: Space) -> bool:
    """Whether homes are exchanged there."""
    return any(block.key == "housing" for block in space.open_blocks)


def draw_about(request: HttpRequest, space: Space) -> str:
    """What is to be found there, and the way in."""
    if not uses_housing(space) or space.is_closed:
        return ""
    context = {
        "space": space,
        "published": Listing.objects.filter(space=space).published().count(),
        "done": space.housing_swaps.filter(state=SwapState.DONE).count(),
    }
    return render_to_string("housing/_space_exchange.html", context)


def draw_asked(request: HttpRequest, space: Space) -> str:
    """What waits for this officer, or for the team: answers to give, photos to look at."""
    user = request.user
    if not (user.is_authenticated and uses_housing(space) and can_help(user, space)):
        return ""
    own = landlords_of(user, space)
    counts = {
        "checks": Check.objects.waiting().filter(listing__dwelling__landlord__in=own).count(),
        "decisions": Decision.objects.open().filter(landlord__in=own).count(),
        "photos": ListingPhoto.objects.waiting().filter(listing__space=space).count(),
    }
    if not any(counts.values()):
        return ""
    return render_to_string("housing/_space_asked.html", {"space": space, **counts})


def draw_of_person(request: HttpRequest, participation: Participation) -> str:
    """Someone’s listing, for the team that they call, and the exchange that awaits their word."""
    space = participation.space
    if not (uses_housing(space) and can_help(request.user, space)):
        return ""
    own = space.housing_listings.live().filter(tenant=participation.person)
    listing = own.select_related("dwelling__commune").first()
    if listing is None:
        return ""
    swaps = Swap.objects.under_way().of(listing)
    context = {"space": space, "listing": listing, "swaps": swaps}
    return render_to_string("housing/_of_person.html", context)


def draw_mine(request: HttpRequest, person: Person) -> str:
    """One's listing, where it is, and whether an exchange waits for a yes or a no."""
    own = Listing.objects.filter(tenant=person, state__in=[*LIVE, State.HOUSED])
    shown = own.select_related("space__initiative", "dwelling__commune").order_by("-pk")
    listings = list(shown[:MINE_SHOWN])
    if not listings:
        return ""
    asked = own.filter(moves__answer="waiting", moves__swap__state=SwapState.PROPOSED)
    waiting = set(asked.values_list("pk", flat=True))
    lines = [(one, one.pk in waiting) for one in listings]
    return render_to_string("housing/_mine.html", {"lines": lines})

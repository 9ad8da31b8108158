"""Fills a space with landlords, homes and households, in bulk."""

import datetime
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from traboule.kernel.people.models import Person
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.models import Participation, Role, Space

from ..models import Check, Dwelling, Landlord, Listing, Officer, State, Wish, WishPlace
from . import drawing, past

LANDLORDS = {
    "Habitat des Aravis": 30, "Arve et Giffre Logement": 18, "Toits du Genevois": 14,
    "Le Foyer du Léman": 10, "Semnoz Habitat": 8, "La Coopérative du Chablais": 7,
    "Logis du Faucigny": 6, "Rives du Fier": 4, "Mont-Blanc Solidaire": 3,
}  # fmt: skip
"""Nine, as in Haute-Savoie, and how much of the stock each holds; none of them exists."""
FIRST_NAMES = (
    "Nadia", "Karim", "Awa", "Josiane", "Mehmet", "Lina", "Bruno", "Fatou", "Thierry", "Sofia",
    "Djamila", "Hugo", "Monique", "Rachid", "Émilie", "Ibrahim", "Chantal", "Kevin", "Zohra",
    "Patrick", "Aminata", "Lucas", "Sandrine", "Omar", "Ginette", "Élodie", "Moussa", "Valérie",
)  # fmt: skip
STATES = (State.PUBLISHED, State.CHECKING, State.DRAFT, State.PAUSED, State.ENDED)
SHARES = (84, 4, 3, 2, 7)
ENDED_BECAUSE = ("elsewhere", "stays", "nothing-fits", "silence", "too-long", "by-ourselves")
DAYS = 900
"""How long ago the first households registered."""
BATCH = 2000


@dataclass
class Drawn:
    """The rows of one table after the other, each at the same rank."""

    people: list[Person] = field(default_factory=list)
    dwellings: list[Dwelling] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    places: list[list[int]] = field(default_factory=list)


@transaction.atomic
def fill(
    space: Space,
    communes: Sequence[Commune],
    *,
    listings: int,
    seed: int = 1,
    has_past: bool = True,
    say: Callable[[str], object] = lambda words: None,
) -> None:
    """Landlords with officers and stock, so many households, and what came of some of them."""
    chance = random.Random(seed)  # noqa: S311 (nothing secret is drawn)
    territory = drawing.Territory(communes)
    landlords = _landlords(space)
    drawn = Drawn()
    for number in range(listings):
        _draw(chance, space, territory, landlords, drawn=drawn, number=number)
    say(f"{listings} ménages tirés…")
    _write(space, territory, drawn)
    Check.objects.bulk_create(_checks(chance, drawn.listings), batch_size=BATCH)
    if has_past:
        say("Échanges réalisés et en cours…")
        past.make(space, chance, drawn.listings)


def _landlords(space: Space) -> list[Landlord]:
    """Those made up take the place of those that the recipe names."""
    space.landlords.filter(dwellings=None).delete()
    made = Landlord.objects.bulk_create(Landlord(space=space, name=name) for name in LANDLORDS)
    officers = [_person(f"Odile ({one.name})") for one in made]
    Person.objects.bulk_create(officers)
    _take_part(space, officers, Role.FACILITATOR)
    Officer.objects.bulk_create(
        Officer(landlord=one, person=person) for one, person in zip(made, officers, strict=True)
    )
    return made


def _person(name: str) -> Person:
    return Person(name=name, password=make_password(None))


def _take_part(space: Space, people: Sequence[Person], role: Role) -> None:
    Participation.objects.bulk_create(
        (Participation(space=space, person=one, role=role) for one in people), batch_size=BATCH
    )


def _draw(
    chance: random.Random,
    space: Space,
    territory: drawing.Territory,
    landlords: Sequence[Landlord],
    *,
    drawn: Drawn,
    number: int,
) -> None:
    """One household, its home and what it looks for."""
    lives = chance.choices(range(len(territory.communes)), cum_weights=territory.homes)[0]
    commune = territory.communes[lives]
    codes = [one.code for one in commune.postal_codes.all()]
    home = drawing.home(chance, commune, min(codes, default=""))
    landlord = chance.choices(landlords, list(LANDLORDS.values()))[0]
    person = _person(f"{chance.choice(FIRST_NAMES)} {chr(65 + number % 26)}.")
    dwelling = Dwelling(
        landlord=landlord, reference=f"LOG-{number:06d}", lease=f"B{number:07d}", **home
    )
    family = drawing.household(chance, home["rooms"], home["financing"])
    listing = Listing(space=space, tenant=person, dwelling=dwelling, **family, **_life(chance))
    drawn.people.append(person)
    drawn.dwellings.append(dwelling)
    drawn.listings.append(listing)
    drawn.wishes.append(Wish(listing=listing, **drawing.wish(chance, home, family)))
    drawn.places.append(drawing.places(chance, territory, lives, family["reason"]))


def _life(chance: random.Random) -> dict[str, Any]:
    """Since when the listing is there, and where it is."""
    now = timezone.now()
    state = chance.choices(STATES, SHARES)[0]
    is_new = state in {State.DRAFT, State.CHECKING}
    begun = now - datetime.timedelta(days=chance.uniform(0, 20 if is_new else DAYS))
    if is_new:
        return {"state": state, "created_at": begun}
    seen = min(now, begun + datetime.timedelta(days=chance.expovariate(1 / 6)))
    asked = now - datetime.timedelta(days=chance.uniform(0, 150))
    told = max(seen, asked)
    dates = {"created_at": begun, "published_at": seen, "confirmed_at": told}
    if state == State.ENDED:
        ended = {"ended_at": told, "end_reason": chance.choice(ENDED_BECAUSE)}
        return {"state": state, **dates, **ended}
    return {"state": state, **dates, "renew_by": told.date() + datetime.timedelta(days=182)}


def _write(space: Space, territory: drawing.Territory, drawn: Drawn) -> None:
    """Each table once, those that others point to first."""
    Person.objects.bulk_create(drawn.people, batch_size=BATCH)
    Dwelling.objects.bulk_create(drawn.dwellings, batch_size=BATCH)
    Listing.objects.bulk_create(drawn.listings, batch_size=BATCH)
    Wish.objects.bulk_create(drawn.wishes, batch_size=BATCH)
    _take_part(space, drawn.people, Role.MEMBER)
    wished = (
        WishPlace(wish=wish, commune=territory.communes[place], rank=rank)
        for wish, places in zip(drawn.wishes, drawn.places, strict=True)
        for rank, place in enumerate(places)
    )
    WishPlace.objects.bulk_create(wished, batch_size=BATCH)


def _checks(chance: random.Random, listings: Sequence[Listing]) -> Iterator[Check]:
    """What landlords were asked of each, and most often answered."""
    for listing in listings:
        if listing.state == State.DRAFT:
            continue
        due = listing.created_at.date() + datetime.timedelta(days=10)
        check = Check(listing=listing, asked_at=listing.created_at, due_on=due)
        if listing.published_at:
            check.outcome, check.decided_at = "confirmed", listing.published_at
        elif chance.random() < 0.1:
            check.outcome, check.decided_at = "refused", timezone.now()
            check.grounds = [chance.choice(("wrong-facts", "dispute", "works"))]
        yield check

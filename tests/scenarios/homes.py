"""Exchanging homes in Haute-Savoie: the sheet, files of homes, what several journeys do."""

from typing import Any

from traboule.exchanges.housing.models import Landlord, Listing, Officer
from traboule.exchanges.housing.tests.factories import make_dwelling, make_listing
from traboule.kernel.people.models import Person
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.models import Participation, Role, Space

from .people import someone

SHEET = "echangeons-nos-logements"
HSH, HALPADES = "Haute-Savoie Habitat", "Halpades"
TITLE = "Bourse d’échange de Haute-Savoie"
HEADS = (
    "Référence;Numéro de bail;Adresse;Code postal;Commune;Type;Surface;Loyer;Charges;Étage;"
    "Ascenseur;Équipements"
)


def home_of(space: Space) -> str:
    """The front page of the exchange."""
    return f"{space.get_absolute_url()}logements/"


def file_of(*lines: str) -> dict[str, Any]:
    """A file of homes, as a landlord's spreadsheet saves it."""
    content = "\r\n".join([HEADS, *lines]).encode("cp1252")
    return {"name": "parc.csv", "mimeType": "text/csv", "buffer": content}


def commune(name: str) -> Commune:
    """A commune of the department."""
    return Commune.objects.get(name=name, department="74")


def officer_of(landlord: Landlord, name: str, **ways: str) -> Person:
    """Someone who checks and decides for a landlord."""
    person = someone(name, **ways)
    Participation.objects.create(space=landlord.space, person=person, role=Role.FACILITATOR)
    Officer.objects.create(landlord=landlord, person=person)
    return person


def landlord_of(space: Space, name: str) -> Landlord:
    """One of the examples of the recipe, under a name from here."""
    example = space.landlords.filter(name__endswith="(à renommer)").first()
    assert example
    example.name = name
    example.save()
    return example


def household(
    landlord: Landlord,
    name: str,
    mobile: str,
    lives: tuple[str, int],
    wants: tuple[str, int],
    **home: Any,
) -> Listing:
    """Someone whose listing is online: where they live and in how many rooms, what they want."""
    (here, rooms), (there, wanted) = lives, wants
    tenant = someone(name, mobile=mobile)
    Participation.objects.create(space=landlord.space, person=tenant)
    dwelling = make_dwelling(landlord, commune=commune(here), rooms=rooms, **home)
    wish = {"places": [commune(there)], "rooms_min": wanted, "rooms_max": wanted}
    return make_listing(dwelling, tenant=tenant, wish=wish, children=1)

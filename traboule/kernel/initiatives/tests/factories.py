"""Small plausible things to test with."""

from itertools import count
from typing import Any

from traboule.kernel.initiatives.actions import publish_sheet
from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.initiatives.sheet import Sheet
from traboule.kernel.initiatives.vocabulary import Origin
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Channel, Editorship, Person
from traboule.kernel.places.models import Commune, Department, PostalCode, Region

_numbers = count(1)

COMMUNES = {
    "38544": ("Vienne", "38", "Isère", 45.525, 4.874, 31_000, "38200"),
    "38185": ("Grenoble", "38", "Isère", 45.188, 5.724, 157_000, "38000"),
    "69123": ("Lyon", "69", "Rhône", 45.764, 4.835, 520_000, "69003"),
    "74010": ("Annecy", "74", "Haute-Savoie", 45.899, 6.129, 131_000, "74000"),
}


def make_commune(code: str = "38544") -> Commune:
    """One of four communes of the region, with what it belongs to."""
    name, department_code, department_name, latitude, longitude, population, postal = COMMUNES[code]
    region, _ = Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    department, _ = Department.objects.get_or_create(
        code=department_code, defaults={"name": department_name, "region": region}
    )
    commune, _ = Commune.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "search_name": name.lower(),
            "department": department,
            "latitude": latitude,
            "longitude": longitude,
            "population": population,
        },
    )
    PostalCode.objects.get_or_create(code=postal, commune=commune)
    return commune


def make_sheet(**fields: Any) -> Sheet:
    """A sheet as a file would give it; its commune is made too."""
    number = next(_numbers)
    place = fields.pop("place", {"commune": "38544"})
    make_commune(place["commune"])
    return Sheet.model_validate(
        {
            "slug": f"atelier-{number}",
            "title": f"Atelier vélo {number}",
            "summary": "Des voisins réparent leurs vélos ensemble le samedi matin.",
            "theme": "create",
            "state": "running",
            "holder": {"name": "La Roue du quartier", "kind": "association"},
            "place": place,
            "audiences": ["residents"],
            "tool_kinds": ["website"],
            "description": "On vient avec son vélo, on repart avec un vélo qui roule.",
            **fields,
        }
    )


def make_initiative(*, origin: Origin = Origin.HERE, **fields: Any) -> Initiative:
    """A published initiative."""
    return publish_sheet(make_sheet(**fields), origin=origin)


def make_person(name: str = "Nadia", *, mobile: str = "") -> Person:
    """A person, with a verified mobile number when one is given."""
    person = Person.objects.create_person(name=name)
    if mobile:
        Channel.objects.create(
            person=person, kind=ChannelKind.MOBILE, value=mobile, verified_at=person.joined_at
        )
    return person


def make_editor(name: str = "Awa", *, department_code: str = "") -> Person:
    """An editor of the whole territory, or of one department."""
    person = make_person(name)
    Editorship.objects.create(person=person, department_code=department_code)
    return person

"""Small plausible contacts to test with."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from traboule.blocks.outreach.actions import contacts
from traboule.blocks.outreach.models import Contact, PaceStep
from traboule.kernel.people.models import Person
from traboule.kernel.places.models import PriorityNeighbourhood
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.tests.factories import make_facilitator, make_space


def outreach_space(**fields: Any) -> Space:
    """A space that goes towards people, with the usual pace."""
    space = make_space(blocks=("agenda", "outreach"), **fields)
    for days, kind in ((14, "call"), (21, "call"), (45, "lost-touch")):
        PaceStep.objects.create(space=space, after_days=days, kind=kind)
    return space


def make_contact(
    space: Space | None = None, name: str = "Lina Haddad", *, by: Person | None = None,
    phone: str = "", email: str = "", **fields: Any,
) -> Contact:  # fmt: skip
    """Someone met at a stand; ``phone`` and ``email`` as they are kept."""
    space = space or outreach_space()
    by = by or make_facilitator(space)
    addresses = [one for one in (phone, email) if one]
    return contacts.add_contact(space=space, name=name, addresses=addresses, by=by, **fields)


def make_neighbourhood(name: str = "Marlioz", code: str = "QN07301M") -> PriorityNeighbourhood:
    """A priority neighbourhood, a square of a tenth of a degree."""
    square = [[5.8, 45.6], [5.9, 45.6], [5.9, 45.7], [5.8, 45.7], [5.8, 45.6]]
    return PriorityNeighbourhood.objects.create(
        code=code, name=name, vintage=2024, west=5.8, south=45.6, east=5.9, north=45.7,
        geometry={"type": "Polygon", "coordinates": [square]},
    )  # fmt: skip


def csv_file(*lines: str, encoding: str = "utf-8", name: str = "contacts.csv") -> Any:
    """What somebody sends."""
    return SimpleUploadedFile(name, io.BytesIO("\r\n".join(lines).encode(encoding)).read())

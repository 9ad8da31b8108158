"""Partners of a space's initiative: kept on its sheet, changed while the space is open."""

from typing import TYPE_CHECKING

from traboule.kernel.initiatives.actions import add_partner, remove_partner

from .actions import must_be_open
from .models import Space

if TYPE_CHECKING:
    from traboule.kernel.initiatives.models import Partnership
    from traboule.kernel.people.models import Person


def add(*, space: Space, name: str, role: str, by: "Person") -> "Partnership":
    """Name a partner, or correct what it brings. Raises Refused once the space is closed."""
    must_be_open(space)
    return add_partner(space.initiative, name=name, role=role, by=by)


def remove(*, space: Space, partnership: "Partnership", by: "Person") -> None:
    """Take a partner off the sheet. Raises Refused once the space is closed."""
    must_be_open(space)
    remove_partner(partnership, by=by)

"""Something at the addresses of spaces."""

from typing import Any


def values(space: Any, participant: Any) -> dict[str, Any]:
    """Whom to call, and who carries the space."""
    from traboule.kernel.spaces.models import Referent

    referent = Referent.objects.create(space=space, person=participant, charge="L’eau")
    holder = space.initiative.holder_id
    return {
        "spaces:panorama pk": holder,
        "spaces:panorama-csv pk": holder,
        "spaces:remove-referent pk": referent.pk,
    }

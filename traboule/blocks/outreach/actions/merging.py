"""Two rows of one person are made one: what was exchanged with either is kept."""

from typing import Any

from django.core import serializers

from traboule.kernel.people.models import Merge

from ..models import Contact

KEPT = {"outreach.exchange", "outreach.stagechange", "outreach.followup"}
"""What was set aside with the second file; undoing the merge gives it back to that file."""


def bring_over(sender: Any, *, merge: Merge, **kwargs: Any) -> None:
    """Give the kept person's file the exchanges of the one that could not stand beside it."""
    spaces = {
        row["pk"]: row["fields"]["space"]
        for row in merge.conflicts
        if row["model"] == Contact._meta.label_lower
    }
    if not spaces or Contact.objects.filter(pk__in=spaces).exists():
        return  # Nothing was set aside, or all of it has just been put back.
    files = Contact.objects.filter(person=merge.kept_id, space__in=spaces.values())
    of_space = {contact.space_id: contact for contact in files}
    rows = [row for row in merge.conflicts if row["model"] in KEPT]
    for row in serializers.deserialize("python", rows):
        kept: Any = row.object
        space = spaces.get(kept.contact_id)
        if space in of_space:
            kept.contact = of_space[space]
            row.save()

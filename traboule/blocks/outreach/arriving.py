"""A contact who signs up for a date takes part in the space from then on."""

from typing import Any

from traboule.blocks.agenda.models import Signup
from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry
from traboule.kernel.people import names
from traboule.kernel.people.duplicates import merge
from traboule.kernel.spaces.models import Participation, Role

from .actions.contacts import locked, set_state, stop_messages
from .models import Contact

SIGNED_UP = ("agenda.signed-up", "agenda.put-on-waiting-list")


def welcome(sender: Any, *, entry: Entry, by: Any = None, **kwargs: Any) -> None:
    """Let the contact of this sign-up in, as a member; they answered, so nothing more is sent."""
    if entry.act not in SIGNED_UP:
        return
    signup = (
        Signup.objects.filter(pk=entry.details.get("signup"))
        .select_related("event", "person")
        .first()
    )
    contact = _file_of(signup) if signup else None
    if contact is None:
        return
    contact = locked(contact)
    if contact.state in {Contact.State.TO_CONTACT, Contact.State.LOST_TOUCH}:
        set_state(contact, Contact.State.IN_TOUCH, by=None)
    stop_messages(contact)
    _participation, created = Participation.objects.get_or_create(
        space=contact.space, person=contact.person, defaults={"role": Role.MEMBER}
    )
    if created:
        record("join-space", contact.space, by=by, for_=contact.person, role=Role.MEMBER)


def _file_of(signup: Signup) -> Contact | None:
    """Their file here; that of whoever came in alone is found by what they have just proven."""
    files = Contact.objects.live().filter(space=signup.event.space_id)
    person = signup.person
    if contact := files.filter(person=person).first():
        return contact
    proven = person.channels.verified().values("value")
    waiting = files.filter(person__channels__value__in=proven, person__is_active=True)
    for contact in waiting.select_related("person").order_by("pk").distinct():
        known = contact.person
        if names.are_close(known.name, person.name) and not known.channels.verified().exists():
            merge(kept=person, absorbed=known, by=None)
            return files.filter(person=person).first()
    return None

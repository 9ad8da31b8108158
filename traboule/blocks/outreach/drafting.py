"""From a template to the words that one contact reads."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from traboule.blocks.agenda.models import Event
from traboule.blocks.agenda.wording import when
from traboule.kernel.people.models import Person

from .finding import first_name
from .models import Contact, Message

FIELDS = ("prenom", "nom", "entreprise", "activite", "atelier", "espace", "conseiller", "telephone")
_FIELD = re.compile(r"\{\s*([^{}\s]*)\s*\}")


def check_fields(text: str) -> None:
    """Raise ValidationError for a field that we do not know, naming those that we do."""
    wrong = [name for name in _FIELD.findall(text) if name not in FIELDS]
    if wrong:
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise ValidationError(
            _("« {%(name)s} » n’est pas un champ. Vous pouvez écrire : %(known)s.")
            % {"name": wrong[0], "known": known}
        )


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each field in its place."""
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), text)


def values_of(contact: Contact, *, by: Person, event: Event | None) -> dict[str, str]:
    """What the fields say for this contact."""
    return {
        "prenom": first_name(contact.person.name),
        "nom": contact.person.name,
        "entreprise": contact.organisation or _("votre entreprise"),
        "activite": contact.activity or _("votre projet"),
        "atelier": _of_event(event) if event else _("notre prochain atelier"),
        "espace": str(contact.space),
        "conseiller": by.name,
        "telephone": contact.space.help_phone,
    }


def _of_event(event: Event) -> str:
    place = event.place_name or event.space.initiative.place
    return f"{event.title}, {when(event)}, {place}"


def way_for(contact: Contact, wished: str) -> str | None:
    """The way to write to them: the one wished if it is there; an e-mail, else a letter."""
    ways = {
        Message.Way.EMAIL: contact.email is not None,
        Message.Way.SMS: contact.mobile is not None,
        Message.Way.LETTER: bool(contact.street),
    }
    if wished:
        return wished if ways.get(Message.Way(wished)) else None
    return next((way for way in (Message.Way.EMAIL, Message.Way.LETTER) if ways[way]), None)

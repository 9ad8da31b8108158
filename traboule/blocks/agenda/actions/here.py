"""Saying oneself that one is there, with the code shown in the room."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import MandateScope, Person
from traboule.kernel.people.rules import can_act_for

from .. import room_code
from ..models import Event, Presence
from ..models.presence import part_now
from .presence import Line, key_of, note


@transaction.atomic
def say_here(*, event: Event, people: Iterable[Person], code: str, by: Person) -> None:
    """Note these people there, now; said again it changes nothing. Raises Refused."""
    if not room_code.is_right(event, code):
        raise Refused(_("Ce n’est pas le code de la salle. Regardez l’affichage, ou dites-le à "
                        "la personne qui anime."))  # fmt: skip
    now = timezone.now()
    part = part_now(event)
    lines = [
        Line(
            client_id=key_of(event, "here", part, person.pk, f"{localtime(now):%Y-%m-%d}"),
            person_id=person.pk,
            state=Presence.State.PRESENT,
            part=part,
            noted_at=now,
        )
        for person in people
        if can_act_for(by, person, MandateScope.SIGN_UP)
    ]
    note(event=event, lines=lines, by=by, source=Presence.Source.CODE)

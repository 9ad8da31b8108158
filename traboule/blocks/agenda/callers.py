"""Finding who calls or wrote, among those whom the person who helps may know."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from traboule.engines.french import fold
from traboule.kernel.people.channels import read_address
from traboule.kernel.people.models import Guardianship, Person
from traboule.kernel.spaces.models import Participation, Role, Space

from .attendance import Reach, reaches_of
from .models import Event, Signup

CLOSE = 80
"""From 0 to 100: « Djamila » and « Jamila » are as close as that."""
MOST_SHOWN = 8


@dataclass(frozen=True)
class Known:
    """Someone as those who help them need to see them: how they are told, what they hold."""

    person: Person
    reach: Reach
    held: Signup | None = None

    @property
    def ways(self) -> str:
        """« 06 12 34 56 78, nadia@exemple.fr »: what tells two people of one name apart."""
        return ", ".join(" ".join(str(channel).split()) for channel in self.person.channels.all())


def shown(people: Iterable[Person], event: Event | None = None) -> dict[int, Known]:
    """These people by key, and what they hold of the event; in a fixed number of queries."""
    by_key = {one.pk: one for one in people}
    reaches = reaches_of(by_key.values())
    live = Signup.objects.live().filter(event=event, person__in=by_key) if event else []
    held = {one.person_id: one for one in live}
    return {key: Known(one, reaches[key], held.get(key)) for key, one in by_key.items()}


def known_to(by: Person, space: Space) -> QuerySet[Person]:
    """Who takes part in the space, or in another one that ``by`` facilitates.

    Nobody else: a number typed at random must not tell whose it is.
    """
    theirs = Participation.objects.current().at_least(Role.FACILITATOR).filter(person=by)
    known = Participation.objects.filter(Q(space=space) | Q(space__in=theirs.values("space")))
    return Person.objects.filter(pk__in=known.values("person"), erased_at__isnull=True)


def may_be_helped(by: Person, space: Space) -> QuerySet[Person]:
    """Those, and the children they answer for: a mother calls for her son."""
    known = known_to(by, space)
    children = Guardianship.objects.current().filter(guardian__in=known.values("pk"))
    helped = Q(pk__in=known.values("pk")) | Q(pk__in=children.values("child"))
    return Person.objects.filter(helped, erased_at__isnull=True)


def find_callers(space: Space, text: str, *, by: Person) -> list[Person]:
    """Who may be calling: the space's people by name, those ``by`` knows by their whole number."""
    try:
        _kind, value = read_address(text)
    except ValidationError:
        return _by_name(space, text)
    reached = known_to(by, space).filter(channels__value=value)
    return list(reached.distinct().order_by("name", "pk")[:MOST_SHOWN])


def calls_for(caller: Person) -> list[Person]:
    """For whom someone may call: themselves, then the children they answer for."""
    theirs = Guardianship.objects.current().filter(guardian=caller)
    children = Person.objects.filter(pk__in=theirs.values("child"))
    return [caller, *children.order_by("name", "pk")]


def named(space: Space, name: str) -> Person | None:
    """The one of the space's people with exactly that name, accents and case apart."""
    wanted = " ".join(fold(name).split())
    here = [one.person for one in space.roll().exclude(person__is_guest=True)]
    same = [one for one in here if " ".join(fold(one.name).split()) == wanted]
    return same[0] if wanted and len(same) == 1 else None


def _by_name(space: Space, text: str) -> list[Person]:
    wanted = fold(text).strip()
    here = [one.person for one in space.roll()]
    alike = {one.pk: fuzz.WRatio(wanted, fold(one.name)) for one in here}
    close = [one for one in here if alike[one.pk] >= CLOSE]
    return sorted(close, key=lambda one: -alike[one.pk])[:MOST_SHOWN]

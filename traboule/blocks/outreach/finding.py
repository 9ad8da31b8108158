"""Whether someone is already among the contacts: by number, by e-mail, by name and address."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from traboule.engines.french import fold
from traboule.kernel.people import names
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.spaces.models import Space

from .models import Contact
from .suppressing import place_of


@dataclass
class Known:
    """Someone of the space: their person, and their file if they have one."""

    person: int
    name: str
    contact: int | None = None
    has_said_no: bool = False


@dataclass
class Found:
    """People by what leads to them."""

    by_value: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_place: dict[str, Known] = field(default_factory=dict)

    def add(self, known: Known, values: Iterable[str], number: str, street: str) -> None:
        """Someone who has just come."""
        for value in values:
            self.by_value[value].append(known)
        self._place(known, number, street)

    def match(
        self, name: str, values: Iterable[str], number: str = "", street: str = ""
    ) -> Known | None:
        """Who this surely is: a name close to theirs with what leads to them."""
        reached = [one for value in values for one in self.by_value.get(value, ())]
        close = [one for one in reached if names.are_close(name, one.name)]
        return next(iter(close), None) or self.by_place.get(place_of(name, number, street))

    def sharing(self, values: Iterable[str]) -> list[str]:
        """The names of those reached by one of these numbers or addresses."""
        found = [one.name for value in values for one in self.by_value.get(value, ())]
        return list(dict.fromkeys(found))

    def _place(self, known: Known, number: str, street: str) -> None:
        if key := place_of(known.name, number, street):
            self.by_place.setdefault(key, known)


class Index(Found):
    """Everyone of one space, read in three queries.

    Only contacts and people of this very space: a number typed at random tells of nobody else.
    """

    def __init__(self, space: Space) -> None:
        super().__init__()
        self.space = space
        people: dict[int, Known] = {}
        files = Contact.objects.live().filter(space=self.space).order_by("pk")
        for pk, person, name, number, street, no in files.values_list(
            "pk", "person", "person__name", "number", "street", "opted_out_at"
        ):
            people[person] = Known(person, name, pk, no is not None)
            self._place(people[person], number, street)
        for person, name in self.space.roll().order_by("pk").values_list("person", "person__name"):
            people.setdefault(person, Known(person, name))
        for person, value in Channel.objects.filter(person__in=list(people)).values_list(
            "person", "value"
        ):
            self.by_value[value].append(people[person])


def person_proven(name: str, values: Iterable[str]) -> Person | None:
    """Who proved elsewhere here to be reached so, if they go by that name."""
    proven = Channel.objects.verified().filter(value__in=list(values), person__is_active=True)
    for channel in proven.select_related("person").order_by("pk"):
        if names.are_close(name, channel.person.name):
            return channel.person
    return None


def first_name(name: str) -> str:
    """« Lina » of « Lina Haddad »."""
    return name.split(maxsplit=1)[0] if name.split() else name


def same_word(one: str, other: str) -> bool:
    """Whether two labels are one, capitals and accents apart."""
    return " ".join(fold(one).split()) == " ".join(fold(other).split())

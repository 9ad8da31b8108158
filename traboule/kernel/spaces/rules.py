"""Who may do what in a space."""

from typing import TYPE_CHECKING

from django.db.models import Q

from .models import Participation, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person

    from .models import Space


def role_in(person: "Person | AnonymousUser", space: "Space") -> Role | None:
    """The person's role there; whoever runs the installation coordinates everywhere.

    Costs one query a person and space at most: the answer stays with the person, who lives
    as long as the request.
    """
    if not (person.is_authenticated and person.is_active):
        return None
    if person.is_superuser:
        return Role.COORDINATOR
    roles: dict[int, Role | None] = person.__dict__.setdefault("_roles_in_spaces", {})
    if space.pk not in roles:
        found = Participation.objects.current().filter(space=space, person=person).first()
        roles[space.pk] = Role(found.role) if found else None
    return roles[space.pk]


def _at_least(person: "Person | AnonymousUser", space: "Space", least: Role) -> bool:
    role = role_in(person, space)
    return role is not None and role.rank >= least.rank


def can_read(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they read what is kept for those who take part; a guest with a code does."""
    return _at_least(person, space, Role.GUEST)


def can_take_part(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they are a member at least."""
    return _at_least(person, space, Role.MEMBER)


def can_facilitate(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they hold sessions, sign people up, call the roll, write the news."""
    return _at_least(person, space, Role.FACILITATOR)


def can_coordinate(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they choose blocks and roles, change the access code, close the space."""
    return _at_least(person, space, Role.COORDINATOR)


def can_give_role(person: "Person | AnonymousUser", space: "Space", role: str) -> bool:
    """Whether they may let someone in with that role: nobody gives more than they have."""
    return can_facilitate(person, space) and _at_least(person, space, Role(role))


def can_change(person: "Person | AnonymousUser", participation: Participation) -> bool:
    """Whether they may change what someone does there, or end it: never for someone above them."""
    return can_give_role(person, participation.space, participation.role)


def can_help(person: "Person", other: "Person") -> bool:
    """Whether they facilitate a space in which the other takes part."""
    facilitated = Participation.objects.current().at_least(Role.FACILITATOR).filter(person=person)
    theirs = Participation.objects.current().filter(person=other)
    return theirs.filter(space__in=facilitated.values("space")).exists()


def people_helped_by(person: "Person") -> Q:
    """The condition that people meet who take part where this person facilitates."""
    facilitated = Participation.objects.current().at_least(Role.FACILITATOR).filter(person=person)
    there = Participation.objects.current().filter(space__in=facilitated.values("space"))
    return Q(pk__in=there.values("person"))


def notices_followed_by(person: "Person") -> Q:
    """The condition that notices meet which are told for a space where this person facilitates."""
    facilitated = Participation.objects.current().at_least(Role.FACILITATOR).filter(person=person)
    return Q(purse__space__in=facilitated.values("space"))


def can_open_door_of(person: "Person", other: "Person") -> bool:
    """Whether they may give the other a card, by which one signs in as them.

    Not of someone who facilitates where they do not coordinate: their power would come with it.
    """
    coordinated = Participation.objects.current().filter(person=person, role=Role.COORDINATOR)
    powers = Participation.objects.current().at_least(Role.FACILITATOR).filter(person=other)
    above = powers.exclude(space__in=coordinated.values("space"))
    return can_help(person, other) and not above.exists()


def can_make_one(person: "Person", a: "Person", b: "Person") -> bool:
    """Whether they may say that two people of their spaces are one."""
    return can_open_door_of(person, a) and can_open_door_of(person, b)

"""Small plausible compositions to test with."""

from typing import Any

from traboule.blocks.roster.actions import draws
from traboule.blocks.roster.models import College, Draw, Member, Parity, Roster
from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.people.models import Gender, Person
from traboule.kernel.spaces.models import Participation, Role, Space
from traboule.kernel.spaces.tests.factories import make_space

SEED = "4 12 23 31 40"


def make_council(*, seats: int = 4, parity: str = Parity.NONE, **fields: Any) -> Space:
    """A citizen council with one college, coordinated by Awa; ``seats`` is the college's."""
    space = make_space(blocks=("roster",), **fields)
    coordinator = make_person("Awa")
    Participation.objects.create(space=space, person=coordinator, role=Role.COORDINATOR)
    Roster.objects.create(space=space, parity=parity, functions=["Présidence", "Trésorerie"])
    College.objects.create(space=space, name="Habitants", seats=seats)
    return space


def coordinator_of(space: Space) -> Person:
    """Who coordinates it."""
    return space.participations.get(role=Role.COORDINATOR).person


def make_resident(name: str = "Lina", gender: str = "", **fields: Any) -> Person:
    """A neighbour, with a gender when one is given; ``mobile`` is verified."""
    person = make_person(name, mobile=fields.pop("mobile", ""))
    Person.objects.filter(pk=person.pk).update(gender=gender, **fields)
    person.refresh_from_db()
    return person


def make_member(space: Space, name: str = "Lina", gender: str = "", **fields: Any) -> Member:
    """Someone who sits in the first college; ``person`` is a new one unless given."""
    person = fields.pop("person", None) or make_resident(name, gender)
    Participation.objects.get_or_create(space=space, person=person)
    college = fields.pop("college", None) or space.colleges.first()
    return Member.objects.create(space=space, person=person, college=college, **fields)


def make_draw(
    space: Space, *, women: int = 6, men: int = 6, state: str = Draw.State.PREPARED, **fields: Any
) -> Draw:
    """A draw of all the seats of the first college, as far as the given state."""
    by, college = coordinator_of(space), space.colleges.get(name="Habitants")
    draw = draws.prepare(
        space=space,
        by=by,
        **{"title": "Tirage des habitants", "places": {str(college.pk): college.seats}, **fields},
    )
    people = [make_resident(f"Voisine {n}", Gender.WOMAN) for n in range(1, women + 1)]
    people += [make_resident(f"Voisin {n}", Gender.MAN) for n in range(1, men + 1)]
    draws.add_candidates(draw=draw, people=[(one, college) for one in people], by=by)
    if state != Draw.State.PREPARED:
        draw = draws.freeze(draw=draw, seed_source="le Loto de samedi", by=by)
    if state in {Draw.State.DRAWN, Draw.State.APPLIED}:
        draw = draws.draw_lots(draw=draw, seed=SEED, by=by)
    if state == Draw.State.APPLIED:
        draws.ask_chosen(draw=draw, by=by)
        draw.refresh_from_db()
    return draw

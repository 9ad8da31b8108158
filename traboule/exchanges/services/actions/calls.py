"""Whoever takes the calls: finding the caller, writing what they say, calling back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from traboule.kernel.journal.actions import record
from traboule.kernel.people.channels import ChannelKind, read_address
from traboule.kernel.people.contacts import find_or_note_person, note_channel
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Participation, Space

from ..models import CallBack, Request, Via
from .requests import begin, fill, join_as_household

MOST_FOUND = 12


def find_callers(space: Space, text: str) -> list[Person]:
    """Those of the space whom a number, or words of a name, may mean."""
    words = text.split()
    if not words:
        return []
    known = Participation.objects.current().filter(space=space, person__erased_at=None)
    try:
        kind, value = read_address(text)
        known = known.filter(person__channels__kind=kind, person__channels__value=value)
    except ValidationError:
        named = Q()
        for word in words:
            named &= Q(person__name__icontains=word)
        known = known.filter(named)
    rows = known.select_related("person").order_by("person__name", "pk")[:MOST_FOUND]
    return [one.person for one in rows]


@transaction.atomic
def write_down(
    *,
    space: Space,
    by: Person,
    caller: Person | None,
    name: str,
    phone: str,
    home: dict[str, Any],
    postal_code: str,
    via: Via,
    kind: str,
    said: dict[str, Any],
) -> Request:
    """What someone says on the telephone, to be read back to them before anyone sees it.

    Raises Refused when the number is another's. ``home`` holds commune, address and point;
    letters go there unless something else reaches them.
    """
    caller = caller or find_or_note_person(name=name, address=phone)
    household = join_as_household(space=space, person=caller, by=by, **home)
    if household.address and not caller.channels.filter(kind=ChannelKind.POST).exists():
        town = f"{postal_code} {household.commune.name}".strip()
        letters = f"{household.address}\n{town}"
        note_channel(person=caller, kind=ChannelKind.POST, value=letters, by=by)
    asked = begin(household=household, kind=kind, by=by, via=via)
    fill(asked=asked, by=by, **said)
    _call_backs_of(space, caller).update(done_at=timezone.now(), done_by=by)
    return asked


def _call_backs_of(space: Space, person: Person) -> Any:
    numbers = person.channels.filter(kind=ChannelKind.MOBILE).values("value")
    waiting = CallBack.objects.filter(space=space, done_at=None)
    return waiting.filter(Q(person=person) | Q(number__in=numbers))


@transaction.atomic
def ask_for_call(*, space: Space, number: str, person: Person | None, words: str = "") -> CallBack:
    """Note that a number wants a call. Asked again before it came, it is one."""
    must_be_open(space)
    waiting, is_new = CallBack.objects.get_or_create(
        space=space, number=number, done_at=None, defaults={"person": person, "words": words[:300]}
    )
    if is_new:
        record("services.asked-for-call", waiting, by=person)
    return waiting


@transaction.atomic
def called(*, call_back: CallBack, by: Person) -> None:
    """They have been called. Repeatable."""
    waiting = CallBack.objects.filter(pk=call_back.pk, done_at=None)
    if waiting.update(done_at=timezone.now(), done_by=by):
        record("services.called-back", call_back, by=by)

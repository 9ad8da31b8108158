"""The one queue: what is due, what came back, who is left without a next step."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .filters import Filters
from .models import ActionKind, Contact, FollowUpStep, Message, NextAction

SHOWN = 30
FEW = 5


@dataclass(frozen=True)
class Queue:
    """What waits for someone, in the order in which it is done."""

    actions: list[NextAction]
    more: bool
    steps: list[FollowUpStep]
    failed: list[Message]
    drafts: int
    left_over: list[Contact]


def due_for(
    space: Space, person: Person | None, kinds: tuple[str, ...] = ()
) -> "QuerySet[NextAction]":
    """Actions whose day has come: someone's and those of nobody, or everyone's for None."""
    due = NextAction.objects.due(timezone.localdate()).filter(contact__space=space)
    if person:
        due = due.filter(Q(owner=person) | Q(owner__isnull=True))
    if kinds:
        due = due.filter(kind__in=kinds)
    return due


def with_contacts(actions: "QuerySet[NextAction]", most: int = SHOWN) -> list[NextAction]:
    """The first of these, each with its contact as lists show it."""
    chosen = list(actions.select_related("owner")[: most + 1])
    files = Contact.objects.for_listing().in_bulk([one.contact_id for one in chosen])
    for one in chosen:
        one.contact = files[one.contact_id]
    return chosen


def queue_of(space: Space, person: Person | None) -> Queue:
    """All that waits, for one adviser or for the whole team."""
    actions = with_contacts(due_for(space, person))
    steps = FollowUpStep.objects.filter(
        follow_up__contact__space=space,
        follow_up__contact__in=Contact.objects.may_be_approached(),
        done_at__isnull=True,
        due_on__lte=timezone.localdate(),
    )
    messages = Message.objects.filter(contact__space=space).for_listing()
    drafts = messages.filter(state=Message.State.DRAFT)
    failed = messages.filter(state=Message.State.FAILED)
    if person:
        steps = steps.filter(follow_up__contact__owner=person)
        drafts, failed = drafts.filter(by=person), failed.filter(by=person)
    left = Filters(suite="aucune", suivi=str(person.pk) if person else "").apply(space)
    people = "follow_up__contact__person"
    return Queue(
        actions=actions[:SHOWN],
        more=len(actions) > SHOWN,
        steps=list(steps.select_related(people, "follow_up__event").order_by("due_on", "pk")[:20]),
        failed=list(failed.order_by("-pk")[:10]),
        drafts=len(drafts.order_by("pk").values_list("pk", flat=True)[:100]),
        left_over=list(left.select_related("person").order_by("created_at", "pk")[:FEW]),
    )


CALLS = (ActionKind.CALL.value, ActionKind.FOLLOW_UP.value, ActionKind.LOST_TOUCH.value)
"""What the list of calls is made of."""

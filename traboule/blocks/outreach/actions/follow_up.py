"""What follows a workshop: the plan of each person who came, and its steps."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from traboule.blocks.agenda.models import Event, Presence
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Merge, Person
from traboule.kernel.spaces.actions import must_be_open

from ..models import ActionKind, Contact, FollowUp, FollowUpStep, Plan, PlanStep
from . import contacts

State = Contact.State


def people_who_came(event: Event) -> list[Person]:
    """Who was there, at the event or at one of its appointments."""
    events = [event.pk, *event.slots.values_list("pk", flat=True)]
    lines = Presence.objects.current().came().filter(event__in=events, person__isnull=False)
    keys = set(lines.values_list("person", flat=True))
    followed = Merge.objects.successors(keys)
    keys = keys - followed.keys() | {person.pk for person in followed.values()}
    people = Person.objects.filter(pk__in=keys, erased_at__isnull=True, is_guest=False)
    return list(people.order_by("name", "pk"))


@transaction.atomic
def apply_plan(*, plan: Plan, event: Event, by: Person) -> int:
    """Give the plan to each person who came; once each. How many got it now."""
    must_be_open(event.space)
    contacts.lock_additions(event.space)
    steps = list(plan.steps.all())
    if not steps:
        raise Refused(_("Ce plan n’a pas d’étape : ajoutez-en d’abord."))
    came = people_who_came(event)
    if not came:
        raise Refused(_("Personne n’est noté présent : faites d’abord l’appel."))
    number = sum(_give(plan.title, steps, event, person, by=by) for person in came)
    record("outreach.applied-plan", event, by=by, number=number)
    return number


def _give(title: str, steps: list[PlanStep], event: Event, person: Person, *, by: Person) -> bool:
    contact, _created = Contact.objects.get_or_create(
        space=event.space,
        person=person,
        defaults={"owner": by, "source": Contact.Source.WORKSHOP, "state": State.FOLLOWED,
                  "source_note": event.title},
    )  # fmt: skip
    if contact.opted_out_at:
        return False
    follow_up, is_new = FollowUp.objects.get_or_create(contact=contact, event=event, title=title)
    if not is_new:
        return False
    first = localtime(event.starts_at).date()
    made = [
        FollowUpStep(follow_up=follow_up, label=step.label,
                     due_on=first + datetime.timedelta(days=step.after_days))
        for step in steps
    ]  # fmt: skip
    FollowUpStep.objects.bulk_create(made)
    contact = contacts.locked(contact)
    if contact.may_become(State.FOLLOWED):
        contacts.set_state(contact, State.FOLLOWED, by=by)
    if not contact.actions.to_do().exists():
        due = max(made[0].due_on, timezone.localdate())
        contacts.to_do(contact, ActionKind.FOLLOW_UP, due, owner=contact.owner or by)
    return True


@transaction.atomic
def mark_step(*, step: FollowUpStep, done: bool, by: Person, note: str = "") -> None:
    """Tick a step of someone's plan, or untick it. Repeatable."""
    step = FollowUpStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    must_be_open(step.follow_up.contact.space)
    step.done_at = (step.done_at or timezone.now()) if done else None
    step.done_by = by if done else None
    step.note = note
    step.save(update_fields=["done_at", "done_by", "note"])
    record("outreach.marked-step", step.follow_up.contact, by=by, done=done)

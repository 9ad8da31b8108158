"""The life of a space: who comes in, changes role and leaves; its blocks, settings and end."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Channel, Person

from . import blocks, rules
from .models import ChecklistItem, Joining, Participation, Role, Space, SpaceBlock
from .telling import tell_removal, tell_request

if TYPE_CHECKING:
    from traboule.kernel.journal.models import Entry

LEAVING = {
    "choice": gettext_lazy("La personne ne souhaite plus venir"),
    "moved": gettext_lazy("Elle a déménagé"),
    "mistake": gettext_lazy("Elle avait été ajoutée par erreur"),
    "rules": gettext_lazy("Elle n’a pas respecté les règles communes"),
    "other": gettext_lazy("Autre raison"),
}


def must_be_open(space: Space) -> None:
    """Refuse whatever would change a space that is closed."""
    if space.is_closed:
        raise Refused(
            _("Cet espace est fermé : on peut tout y lire, plus rien n’y change. "
              "La coordination peut le rouvrir dans les réglages.")
        )  # fmt: skip


# People


@transaction.atomic
def add_person(
    *,
    space: Space,
    by: Person,
    role: str = Role.MEMBER,
    person: Person | None = None,
    name: str = "",
    channels: Iterable[str | Channel] = (),
) -> Participation:
    """Let a person in: someone known, or someone new, who needs no channel at all.

    Raises Refused for a role above one's own.
    """
    must_be_open(space)
    if not rules.can_give_role(by, space, role):
        raise Refused(_("Vous ne pouvez pas donner un rôle plus élevé que le vôtre."))
    person = person or Person.objects.create_person(name=name, channels=channels)
    participation = _let_in(space, person, role)
    record("join-space", space, by=by, for_=person, role=participation.role)
    return participation


@transaction.atomic
def join(*, space: Space, person: Person) -> Participation:
    """Come in by oneself where anyone may, or ask to where the team answers. Raises Refused."""
    must_be_open(space)
    if space.joining == Joining.CLOSED:
        raise Refused(_("Ici, c’est l’équipe qui ajoute les personnes : appelez-la."))
    if space.joining == Joining.OPEN:
        participation = _let_in(space, person, Role.MEMBER)
        record("join-space", space, by=person, role=participation.role)
        return participation
    participation, created = Participation.objects.get_or_create(
        space=space, person=person, defaults={"waiting": True}
    )
    if participation.left_at:
        participation.left_at, participation.waiting = None, True
        participation.role = Role.MEMBER
        participation.save(update_fields=["left_at", "waiting", "role"])
        created = True
    if created:
        record("ask-to-join-space", space, by=person)
        tell_request(participation)
    return participation


@transaction.atomic
def bring_in(*, space: Space, person: Person, by: Person) -> None:
    """Let in whoever comes by another act, such as a seat that they take, unless they are there.

    That act tells them what they need to know: this one leaves no receipt of its own.
    """
    must_be_open(space)
    if not Participation.objects.current().filter(space=space, person=person).exists():
        participation = _let_in(space, person, Role.MEMBER)
        record("join-space", space, by=by, role=participation.role)


@transaction.atomic
def answer_request(*, participation: Participation, accepted: bool, by: Person) -> None:
    """Let in, or not, someone who asked to take part."""
    must_be_open(participation.space)
    space, person = participation.space, participation.person
    if not participation.waiting:
        return
    if accepted:
        _let_in(space, person, Role.MEMBER)
        record("join-space", space, by=by, for_=person, role=Role.MEMBER)
    else:
        participation.delete()
        record("decline-to-join-space", space, by=by, participant=person.pk)


@transaction.atomic
def change_role(*, participation: Participation, role: str, by: Person) -> None:
    """Give someone another role. Raises Refused for what is above one's own, or nobody is left."""
    space = _locked(participation.space)
    must_be_open(space)
    if not (rules.can_change(by, participation) and rules.can_give_role(by, space, role)):
        raise Refused(_("Vous ne pouvez pas donner ni retirer un rôle plus élevé que le vôtre."))
    if role != Role.COORDINATOR:
        _keep_a_coordinator(participation)
    before, participation.role = participation.role, role
    participation.save(update_fields=["role"])
    details = {"participant": participation.person_id, "before": before, "role": role}
    record("change-role", space, by=by, **details)


@transaction.atomic
def leave(*, participation: Participation, by: Person, reason: str = "") -> None:
    """End a participation: the person's own wish, or the team's with a reason. Raises Refused."""
    space = _locked(participation.space)
    if participation.person_id != by.pk and not rules.can_change(by, participation):
        raise Refused(_("Seule une personne du même rôle, ou d’un rôle plus élevé, peut le faire."))
    if participation.left_at:
        return
    _keep_a_coordinator(participation)
    participation.left_at = timezone.now()
    participation.save(update_fields=["left_at"])
    record("leave-space", space, by=by, participant=participation.person_id, reason=reason)
    if participation.person_id != by.pk:
        tell_removal(participation)


def undo_joining(entry: "Entry", by: Any) -> None:
    """Undo that someone was let in: they are out again."""
    participation = Participation.objects.filter(
        space=int(entry.subject_key), person=entry.for_key, left_at__isnull=True
    ).first()
    if participation:
        leave(participation=participation, by=by, reason="mistake")


def _let_in(space: Space, person: Person, role: str) -> Participation:
    """The person's participation, begun, begun again, or raised to that role; never lowered."""
    participation, created = Participation.objects.get_or_create(
        space=space, person=person, defaults={"role": role}
    )
    if not created:
        came_back = participation.left_at is not None or participation.waiting
        if came_back or Role(participation.role).rank < Role(role).rank:
            participation.role = role
        participation.left_at, participation.waiting = None, False
        participation.save(update_fields=["role", "left_at", "waiting"])
    return participation


def _locked(space: Space) -> Space:
    """The space, kept from whoever changes its team at the same time."""
    return Space.objects.select_for_update().get(pk=space.pk)


def _keep_a_coordinator(leaving: Participation) -> None:
    """Refuse to leave the space without anyone to answer for it."""
    others = Participation.objects.current().filter(
        space=leaving.space_id, role=Role.COORDINATOR, person__is_active=True
    )
    if leaving.role == Role.COORDINATOR and not others.exclude(pk=leaving.pk).exists():
        raise Refused(
            _("C’est la dernière personne qui coordonne : donnez d’abord ce rôle à une autre.")
        )


# Things to do


@transaction.atomic
def tick(*, item: ChecklistItem, done: bool, by: Person) -> None:
    """Say that something is done, or that it is to do after all."""
    must_be_open(item.space)
    if done == (item.done_at is not None):
        return
    item.done_at, item.done_by = (timezone.now(), by) if done else (None, None)
    item.save(update_fields=["done_at", "done_by"])
    record("tick" if done else "untick", item, by=by)


@transaction.atomic
def add_item(*, space: Space, label: str, list_title: str, by: Person) -> ChecklistItem:
    """Write one more thing to do, at the end of its list; a new list comes last."""
    must_be_open(space)
    before, last = space.checklist.filter(list_title=list_title).last(), space.checklist.last()
    position = before.position if before else last.position + 1 if last else 0
    item = space.checklist.create(label=label, list_title=list_title, position=position)
    record("add-item", space, by=by, item=item.pk)
    return item


@transaction.atomic
def remove_item(*, item: ChecklistItem, by: Person) -> None:
    """Take something off the lists, done or not."""
    must_be_open(item.space)
    record("remove-item", item.space, by=by, item=item.pk)
    item.delete()


# Blocks, settings, the end


@transaction.atomic
def add_block(*, space: Space, key: str, by: Person) -> None:
    """Use a block, or take it out again with everything that was in it."""
    must_be_open(space)
    if key not in blocks.known:
        raise Refused(_("Cette brique n’existe pas ici."))
    rank = space.blocks.count()
    block, created = SpaceBlock.objects.get_or_create(
        space=space, key=key, defaults={"position": rank}
    )
    if not created and block.put_away_at is None:
        return
    block.put_away_at = None
    block.save(update_fields=["put_away_at"])
    record("add-block", space, by=by, block=key)


@transaction.atomic
def put_block_away(*, space: Space, key: str, by: Person) -> None:
    """Stop showing a block; what it holds is kept."""
    must_be_open(space)
    in_use = space.blocks.filter(key=key, put_away_at__isnull=True)
    if in_use.update(put_away_at=timezone.now()):
        record("put-block-away", space, by=by, block=key)


@transaction.atomic
def change_settings(
    *,
    space: Space,
    role_names: dict[str, str],
    joining: str,
    ends_on: datetime.date | None,
    by: Person,
) -> None:
    """Change what the roles are called, how one comes in, and the last day."""
    must_be_open(space)
    space.role_names = {Role(role).value: name for role, name in role_names.items() if name}
    space.joining, space.ends_on = joining, ends_on
    space.save(update_fields=["role_names", "joining", "ends_on"])
    record("change-space", space, by=by, joining=joining, ends_on=ends_on)


@transaction.atomic
def follow_indicators(*, space: Space, keys: Iterable[str], by: Person) -> None:
    """Choose which results the space shows, in the order of the blocks."""
    must_be_open(space)
    chosen = set(keys)
    space.indicator_keys = [one.key for one in blocks.all_indicators() if one.key in chosen]
    space.save(update_fields=["indicator_keys"])
    record("follow-results", space, by=by, results=space.indicator_keys)


@transaction.atomic
def close(*, space: Space, by: Person) -> None:
    """End the space: it can be read, and nothing changes any more. Its access code opens nothing.

    The last day is today when none was said.
    """
    if space.is_closed:
        return
    space.closed_at, space.access_code = timezone.now(), ""
    if space.ends_on is None:
        space.ends_on = max(space.starts_on, timezone.localdate())
    space.save(update_fields=["closed_at", "access_code", "ends_on"])
    record("close-space", space, by=by)


@transaction.atomic
def reopen(*, space: Space, by: Person) -> None:
    """Go on with a space that was closed."""
    if not space.is_closed:
        return
    space.closed_at = None
    space.save(update_fields=["closed_at"])
    record("reopen-space", space, by=by)

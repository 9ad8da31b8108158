"""The files of contacts: made, completed, moved on, closed for good, forgotten."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.channels import PHONES, ChannelKind, read_address
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.people.rights import erase, obstacles
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..finding import Index, person_proven
from ..models import ActionKind, Contact, Message, Need, NextAction, Stage, StageChange
from ..models.contact import KEPT_FOR
from ..suppressing import keep_away, place_of, refused

State = Contact.State
OF_FILE = (
    "organisation", "activity", "siret", "number", "street", "entrance", "postal_code", "commune",
    "stage", "owner", "source", "source_note",
)  # fmt: skip
OF_PERSON = ("gender", "neighbourhood")
ENDED = (State.GIVEN_UP, State.LOST_TOUCH, State.DONE)
"""Where nothing more is to be done by itself."""


@transaction.atomic
def add_contact(
    *,
    space: Space,
    name: str,
    by: Person,
    addresses: Iterable[str] = (),
    person: Person | None = None,
    needs: Iterable[Need] = (),
    **fields: Any,
) -> Contact:
    """Open a file for someone new, or for a person known here; asked twice, there is one file.

    ``addresses`` are numbers and e-mails in their exact form. Raises Refused for someone who
    asked not to be contacted.
    """
    must_be_open(space)
    lock_additions(space)
    values = list(addresses)
    place = place_of(name, fields.get("number", ""), fields.get("street", ""))
    if refused(space, [*values, place]):
        raise Refused(
            _("Cette personne, ou ce numéro, a demandé à ne plus être contactée ici. "
              "On ne peut pas l’ajouter.")
        )  # fmt: skip
    if person is None:
        known = Index(space).match(name, values, fields.get("number", ""), fields.get("street", ""))
        person = Person.objects.get(pk=known.person) if known else None
    contact = put_in(
        space=space, name=name, addresses=values, person=person, needs=needs, by=by, **fields
    )
    record("outreach.added", contact, by=by, source=contact.source)
    return contact


def put_in(
    *,
    space: Space,
    name: str,
    addresses: list[str],
    person: Person | None,
    needs: Iterable[Need],
    by: Person,
    **fields: Any,
) -> Contact:
    """The file of someone, made or completed; nothing that is there already is replaced."""
    about = {key: fields.pop(key) for key in OF_PERSON if key in fields}
    person = person or person_proven(name, addresses) or Person.objects.create_person(name=name)
    contact, created = Contact.objects.get_or_create(
        space=space, person=person, defaults={"owner": by, **fields}
    )
    if not created:
        _complete(contact, fields)
    elif contact.stage:
        StageChange.objects.create(contact=contact, after=contact.stage.label)
    contact.needs.add(*needs)
    _complete_person(person, about)
    reach_by(contact, addresses)
    return contact


def lock_additions(space: Space) -> None:
    """Whoever adds to the same contacts at the same moment waits, and then finds them."""
    Space.objects.select_for_update(of=("self",)).get(pk=space.pk)


def reach_by(contact: Contact, addresses: Iterable[str]) -> None:
    """Note these numbers and e-mails, and the letter box, on the person; none counts as proven."""
    for address in addresses:
        kind, value = read_address(address)
        Channel.objects.get_or_create(person_id=contact.person_id, kind=kind, value=value)
    if lines := contact.address_lines:
        Channel.objects.get_or_create(
            person_id=contact.person_id, kind=ChannelKind.POST, value="\n".join(lines)
        )


def _complete(contact: Contact, fields: dict[str, Any]) -> None:
    """Fill in what the file did not say; a forgotten one begins again."""
    given = {key: value for key, value in fields.items() if value and not getattr(contact, key)}
    if "street" in fields and contact.street:
        # A street and its number go together.
        for part in ("number", "entrance", "postal_code", "commune"):
            given.pop(part, None)
    if contact.forgotten_at:
        given |= {"forgotten_at": None, "state": State.TO_CONTACT}
    for key, value in given.items():
        setattr(contact, key, value)
    contact.save(update_fields=[*given]) if given else None


def _complete_person(person: Person, about: dict[str, Any]) -> None:
    given = {key: value for key, value in about.items() if value and not getattr(person, key)}
    if given:
        Person.objects.filter(pk=person.pk).update(**given)
        person.refresh_from_db(fields=list(given))


@transaction.atomic
def change_contact(
    *,
    contact: Contact,
    by: Person,
    name: str,
    addresses: Iterable[str],
    needs: Iterable[Need],
    **fields: Any,
) -> Contact:
    """Put the file right: what it says of the person, and how they are reached."""
    must_be_open(contact.space)
    contact = locked(contact)
    before = contact.address_lines
    stage = fields.get("stage", contact.stage)
    _note_stage(contact, stage)
    about = {key: fields.pop(key) for key in OF_PERSON if key in fields}
    if (fields.get("number"), fields.get("street")) != (contact.number, contact.street):
        fields["located_at"] = timezone.now() if about.get("neighbourhood") else None
        fields["address_is_unclear"] = False
    for key, value in fields.items():
        setattr(contact, key, value)
    _replace_channels(contact, list(addresses), before)
    contact.save()
    contact.needs.set(needs)
    Person.objects.filter(pk=contact.person_id).update(name=name, **about)
    record("outreach.changed", contact, by=by)
    return contact


def _replace_channels(contact: Contact, addresses: list[str], before: list[str]) -> None:
    """What was taken out of the form goes, unless the person proved that it is theirs."""
    kept = {read_address(one)[1] for one in addresses}
    theirs = contact.person.channels.filter(verified_at__isnull=True)
    gone = theirs.filter(kind__in=[*PHONES, ChannelKind.EMAIL]).exclude(value__in=kept)
    if gone.filter(kind__in=PHONES).exists() or kept - set(theirs.values_list("value", flat=True)):
        contact.phone_is_wrong = False
    gone.delete()
    if before and before != contact.address_lines:
        theirs.filter(kind=ChannelKind.POST, value="\n".join(before)).delete()
    reach_by(contact, addresses)


def _note_stage(contact: Contact, stage: Stage | None) -> None:
    before, after = (str(one or "") for one in (contact.stage, stage))
    if before != after:
        StageChange.objects.create(contact=contact, before=before, after=after)


@transaction.atomic
def move(*, contact: Contact, state: str, by: Person) -> None:
    """Say where one stands with them. Raises Refused for a move that makes no sense."""
    must_be_open(contact.space)
    contact = locked(contact)
    if contact.state == state:
        return
    if not contact.may_become(state):
        raise Refused(_refusal(contact))
    set_state(contact, State(state), by=by)
    record("outreach.moved", contact, by=by, state=state)


def set_state(contact: Contact, state: Contact.State, *, by: Person | None) -> None:
    """Move a locked file; where nothing more is to be done, nothing stays to do."""
    contact.state = state
    contact.save(update_fields=["state"])
    if state in ENDED:
        contact.actions.to_do().order_by().update(done_at=timezone.now(), done_by=by)
        stop_messages(contact)


def stop_messages(contact: Contact) -> None:
    """They answered, or must be left alone: what was about to be written is not sent."""
    contact.messages.unsent().update(
        state=Message.State.STOPPED, reason=_("La personne a répondu, ou l’échange est clos.")
    )


def _refusal(contact: Contact) -> str:
    if contact.opted_out_at:
        return _("Cette personne a demandé à ne plus être contactée : c’est définitif.")
    return _("On ne peut pas passer de « %(state)s » à cet état.") % {
        "state": contact.get_state_display()
    }


@transaction.atomic
def opt_out(*, contact: Contact, by: Person | None = None) -> None:
    """Never contact them again; no list brings them back. Repeatable."""
    contact = locked(contact)
    if contact.opted_out_at:
        return
    contact.opted_out_at = timezone.now()
    contact.state = State.GIVEN_UP
    contact.save(update_fields=["opted_out_at", "state"])
    contact.actions.to_do().order_by().update(done_at=timezone.now(), done_by=by)
    stop_messages(contact)
    keep_away(contact)
    record("outreach.opted-out", contact, by=by)


@transaction.atomic
def take(*, action: NextAction, seen_owner: int | None, by: Person) -> None:
    """Take charge of something to do, as it was seen; of two at once, the first has it."""
    action = NextAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.done_at:
        raise Refused(_("C’est déjà fait."))
    if action.owner_id == by.pk:
        return
    if action.owner_id != seen_owner:
        raise Refused(
            _("%(name)s vient de s’en charger.") % {"name": action.owner or _("L’équipe")}
        )
    action.owner = by
    action.save(update_fields=["owner"])
    record("outreach.took", action.contact, by=by)


@transaction.atomic
def plan_next(
    *, contact: Contact, kind: str, due_on: datetime.date, by: Person, owner: Person | None = None
) -> NextAction:
    """Say what is done next and when; it takes the place of what was planned."""
    must_be_open(contact.space)
    contact = locked(contact)
    if contact.state == State.GIVEN_UP:
        raise Refused(_refusal(contact) if contact.opted_out_at else
                      _("Cette personne ne souhaite pas être contactée : changez d’abord son "
                        "état, si elle vous l’a demandé."))  # fmt: skip
    if due_on < timezone.localdate():
        raise Refused(_("Choisissez un jour à venir, ou aujourd’hui."))
    action = to_do(contact, ActionKind(kind), due_on, owner=owner or by)
    record("outreach.planned", contact, by=by, kind=kind, due=due_on.isoformat())
    return action


def to_do(
    contact: Contact, kind: ActionKind, due_on: datetime.date, *, owner: Person | None
) -> NextAction:
    """The one thing to do with a locked contact."""
    action, _created = NextAction.objects.update_or_create(
        contact=contact,
        done_at=None,
        defaults={"kind": kind, "due_on": due_on, "owner": owner or contact.owner},
    )
    return action


def locked(contact: Contact) -> Contact:
    """The same row, for whoever changes it; the next one waits."""
    rows = Contact.objects.select_for_update(of=("self",)).select_related(
        "space__initiative__holder", "person", "owner", "stage", "commune"
    )
    return rows.get(pk=contact.pk)


def forget_old(now: datetime.datetime) -> int:
    """Forget those with whom nothing was exchanged for three years. How many were forgotten."""
    before = now - KEPT_FOR
    old = Contact.objects.live().filter(created_at__lt=before)
    old = old.exclude(last_exchange_at__gte=before).order_by("pk")
    forgotten = list(old[:500])
    for contact in forgotten:
        _forget(contact, now)
    return len(forgotten)


@transaction.atomic
def _forget(contact: Contact, now: datetime.datetime) -> None:
    """Keep what totals need; whoever is known by this file only is erased with it."""
    contact = locked(contact)
    person = contact.person
    contact.exchanges.update(note="")
    contact.messages.all().delete()
    contact.actions.all().delete()
    declared = Contact.personal_data
    assert declared  # noqa: S101 (declared above)
    blank = Contact()
    fields = {name: getattr(blank, name) for name in declared.scrubbed}
    Contact.objects.filter(pk=contact.pk).update(forgotten_at=now, **fields)
    record("outreach.forgot", contact)
    if not (_is_known_elsewhere(person) or obstacles(person)):
        erase(person=person, by=None)  # type: ignore[arg-type]


def _is_known_elsewhere(person: Person) -> bool:
    """Whether something else than an old file speaks of them."""
    return (
        person.last_login is not None
        or person.participations.exists()
        or person.signups.exists()
        or person.contact_files.filter(forgotten_at__isnull=True).exists()
        or person.channels.verified().exists()
        or person.memberships.exists()
        or person.wardships.exists()
    )

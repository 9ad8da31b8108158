"""What was exchanged with a contact, and what follows from it."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from ..models import ActionKind, Contact, Exchange, ExchangeKind, NextAction, Outcome
from ..models.exchange import TALKED
from ..pace import CALL_BACK_AFTER, Proposal, after_silence, possible
from . import contacts

State = Contact.State
DOES = {
    ExchangeKind.CALL: {ActionKind.CALL, ActionKind.FOLLOW_UP, ActionKind.LOST_TOUCH},
    ExchangeKind.VISIT: {ActionKind.VISIT, ActionKind.FOLLOW_UP, ActionKind.LOST_TOUCH},
    ExchangeKind.MEETING: {ActionKind.MEET, ActionKind.FOLLOW_UP, ActionKind.LOST_TOUCH},
    ExchangeKind.EMAIL: {ActionKind.WRITE},
    ExchangeKind.SMS: {ActionKind.WRITE},
    ExchangeKind.LETTER: {ActionKind.WRITE},
    ExchangeKind.NOTE: set[ActionKind](),
}
"""Which planned things each sort of exchange settles."""


@transaction.atomic
def note_exchange(
    *,
    contact: Contact,
    kind: str,
    by: Person | None,
    outcome: str = "",
    action: int | None = None,
    back_on: datetime.date | None = None,
    client_id: uuid.UUID | None = None,
    at: datetime.datetime | None = None,
    **said: Any,
) -> Exchange:
    """Write down a call, a visit, a meeting…, and plan what follows by the pace of the space.

    ``action`` is the thing to do that this settles; when a colleague has just settled it, this is
    refused, so that nobody is called twice. The same ``client_id`` counts once.
    """
    must_be_open(contact.space)
    contact = contacts.locked(contact)
    if client_id and (known := Exchange.objects.filter(client_id=client_id).first()):
        return known
    if contact.opted_out_at and kind != ExchangeKind.NOTE:
        raise Refused(
            _("Cette personne a demandé à ne plus être contactée : on n’y note plus d’échange.")
        )
    planned = _planned(contact, action)
    exchange = Exchange.objects.create(
        contact=contact,
        kind=kind,
        outcome=outcome,
        by=by,
        at=at or timezone.now(),
        client_id=client_id or uuid.uuid4(),
        **said,
    )
    _draw_conclusions(contact, exchange, by=by)
    if kind != ExchangeKind.NOTE:
        _follow(contact, exchange, planned, is_asked=action is not None, back_on=back_on)
    record("outreach.exchanged", contact, by=by, kind=kind, outcome=outcome)
    return exchange


def _planned(contact: Contact, asked: int | None) -> NextAction | None:
    """What was to be done. Raises Refused when that very thing was done meanwhile."""
    planned = contact.actions.to_do().select_for_update(of=("self",)).first()
    if asked is None or (planned and planned.pk == asked):
        return planned
    done = contact.actions.filter(pk=asked).select_related("done_by").first()
    who = done.done_by.name if done and done.done_by else _("L’équipe")
    raise Refused(
        _("%(name)s vient de le faire : regardez la fiche avant de recommencer.") % {"name": who}
    )


def _draw_conclusions(contact: Contact, exchange: Exchange, *, by: Person | None) -> None:
    """What the exchange says of the contact itself."""
    talked = exchange.outcome in TALKED or exchange.kind == ExchangeKind.MEETING
    latest = max(filter(None, [contact.last_exchange_at, exchange.at]))
    changed: dict[str, Any] = {"last_exchange_at": latest}
    if talked and contact.informed_at is None:
        changed["informed_at"] = exchange.at
    if exchange.kind == ExchangeKind.CALL and exchange.outcome in {Outcome.WRONG, *TALKED}:
        changed["phone_is_wrong"] = exchange.outcome == Outcome.WRONG
    for key, value in changed.items():
        setattr(contact, key, value)
    contact.save(update_fields=list(changed))
    if exchange.outcome == Outcome.NOT_INTERESTED and contact.may_become(State.GIVEN_UP):
        contacts.set_state(contact, State.GIVEN_UP, by=by)
    elif talked:
        if contact.state in {State.TO_CONTACT, State.LOST_TOUCH}:
            contacts.set_state(contact, State.IN_TOUCH, by=by)
        contacts.stop_messages(contact)


def _follow(
    contact: Contact,
    exchange: Exchange,
    planned: NextAction | None,
    *,
    is_asked: bool,
    back_on: datetime.date | None,
) -> None:
    """Close what this settles, and plan what comes next unless something else is planned."""
    kind = ExchangeKind(exchange.kind)
    if planned and (is_asked or planned.kind in DOES[kind]):
        planned.done_at, planned.done_by, planned.exchange = exchange.at, exchange.by, exchange
        planned.save(update_fields=["done_at", "done_by", "exchange"])
        planned = None
    proposal = _next(contact, exchange, back_on)
    if proposal and contact.state != State.GIVEN_UP and planned is None:
        contacts.to_do(contact, proposal.kind, proposal.due_on, owner=contact.owner or exchange.by)


def _next(contact: Contact, exchange: Exchange, back_on: datetime.date | None) -> Proposal | None:
    """The day they asked for, or the next step of the pace while nobody answered."""
    today = timezone.localdate()
    if exchange.outcome == Outcome.CALL_BACK:
        return Proposal(
            possible(contact, ActionKind.CALL), max(today, back_on or today + CALL_BACK_AFTER)
        )
    if exchange.outcome in TALKED or exchange.kind == ExchangeKind.MEETING:
        return None
    return after_silence(contact, today)

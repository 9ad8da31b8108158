"""Asking for a hand: by oneself, by phone, by a relay; putting it online; letting it go."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.engines.payroll import Unusable
from traboule.kernel.conversations import actions as conversations
from traboule.kernel.conversations.private_words import refuse_private
from traboule.kernel.journal.actions import record
from traboule.kernel.moderation.rules import may_post
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.actions import bring_in, must_be_open
from traboule.kernel.spaces.models import Space

from ..estimates import estimate
from ..messages import asking as messages
from ..models import EndReason, Household, OfferState, Request, State, Via
from ..models.request import OPEN_FOR

MOST_OPEN = 10
"""How many requests one may have open at a time."""


@transaction.atomic
def join_as_household(
    *, space: Space, person: Person, commune: Commune, by: Person, **details: Any
) -> Household:
    """The household of a person there; known already, with these details."""
    must_be_open(space)
    bring_in(space=space, person=person, by=by)
    household, is_new = Household.objects.select_for_update().get_or_create(
        space=space, person=person, defaults={"commune": commune, **details}
    )
    if not is_new:
        for name, value in {"commune": commune, **details}.items():
            setattr(household, name, value)
        household.full_clean(exclude=["space", "person"])
        household.save()
    record("services.joined-household", household, by=by, for_=_other_than(by, person))
    return household


@transaction.atomic
def ask(*, household: Household, by: Person, via: Via = Via.WEB, **values: Any) -> Request:
    """Put a request online. Raises Refused: too many, a wage too low, words with a number in them.

    ``values`` are those of the model: kind, words, rhythm, on, when_words, minutes, budget.
    """
    space = household.space
    must_be_open(space)
    may_post(by, space)
    household = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if household.requests.filter(state__in=(State.OPEN, State.AGREED)).count() >= MOST_OPEN:
        raise Refused(_("Vous avez déjà dix demandes en cours. Terminez-en une d’abord."))
    today = timezone.localdate()
    on = values.get("on")
    if on and on < today:
        raise Refused(_("Ce jour est passé. Choisissez-en un autre."))
    refuse_private(values.get("words", ""))
    asked = Request(
        space=space, household=household, via=via, state=State.OPEN, opened_at=timezone.now(),
        closes_on=on or today + OPEN_FOR, **blurred(household), **values,
    )  # fmt: skip
    asked.full_clean(exclude=["space", "household", "voice"])
    must_be_lawful(asked, asked.budget)
    asked.save()
    record("services.asked", asked, by=by, for_=_other_than(by, household.person))
    messages.asked(asked)
    return asked


def must_be_lawful(asked: Request, net_hourly: Decimal) -> None:
    """Refuse a wage under the least, in words that give it."""
    try:
        estimate(
            asked.kind_data, net_hourly=net_hourly, hours=Decimal(asked.minutes) / 60,
            on=asked.on or timezone.localdate(),
        )  # fmt: skip
    except Unusable as too_low:
        raise Refused(str(too_low)) from too_low


@transaction.atomic
def close(*, asked: Request, reason: EndReason, by: Person | None) -> None:
    """Let a request go; those who answered are told, and what they wrote is closed. Repeatable."""
    asked = Request.objects.select_for_update(of=("self",)).for_listing().get(pk=asked.pk)
    if not asked.may_become(State.CLOSED):
        return
    asked.state, asked.end_reason, asked.ended_at = State.CLOSED, reason, timezone.now()
    asked.save(update_fields=["state", "end_reason", "ended_at"])
    for offer in asked.offers.live().for_listing():
        offer.state, offer.answered_at = OfferState.CLOSED, timezone.now()
        offer.save(update_fields=["state", "answered_at"])
        if offer.conversation:
            because = _("La demande est fermée.")
            conversations.close(conversation=offer.conversation, because=because, by=by)
        messages.request_closed(offer)
    record("services.closed-request", asked, by=by)


def close_late(now: datetime.datetime) -> None:
    """Requests whose day has passed without anyone chosen are closed."""
    today = timezone.localdate(now)
    for asked in Request.objects.filter(state=State.OPEN, closes_on__lt=today).order_by("pk"):
        close(asked=asked, reason=EndReason.NOBODY, by=None)


def blurred(household: Household) -> dict[str, float | None]:
    """Where the map shows it: the middle of the commune until there is a point."""
    commune = household.commune
    return {"latitude": commune.latitude, "longitude": commune.longitude}


def _other_than(by: Person, person: Person | None) -> Person | None:
    return person if person is not None and person.pk != by.pk else None

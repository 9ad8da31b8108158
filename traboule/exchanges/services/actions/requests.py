"""Asking for a hand: by oneself, by phone, by a relay; putting it online; letting it go."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.engines.payroll import Unusable
from traboule.kernel.conversations import actions as conversations
from traboule.kernel.files import actions as files
from traboule.kernel.files.checking import Prepared
from traboule.kernel.journal.actions import record
from traboule.kernel.moderation.rules import may_post
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.actions import bring_in, must_be_open
from traboule.kernel.spaces.models import Space

from ..estimates import estimate
from ..kinds import ALL
from ..messages import asking as messages
from ..models import EndReason, Household, OfferState, Request, State, Via
from ..models.request import OPEN_FOR
from ..public_words import must_be_public
from .contracts import let_go

A_YEAR = datetime.timedelta(days=365)
MOST_PHOTOS = 4
USUAL_BUDGET = Decimal("12.50")
MOST_OPEN = 10
"""How many requests one may have open at a time."""


@transaction.atomic
def join_as_household(
    *, space: Space, person: Person, commune: Commune, by: Person, **details: Any
) -> Household:
    """The household of a person there; known already, with these details.

    What it asks leaves the receipt.
    """
    must_be_open(space)
    bring_in(space=space, person=person, by=by)
    household, is_new = Household.objects.select_for_update().get_or_create(
        space=space, person=person, defaults={"commune": commune, **details}
    )
    if not is_new:
        if (commune.pk, details.get("address")) == (household.commune_id, household.address):
            # The geocoder may be down today: a known point of the same address stays.
            details = {name: value for name, value in details.items() if value is not None}
        for name, value in {"commune": commune, **details}.items():
            setattr(household, name, value)
        household.full_clean(exclude=["space", "person"])
        household.save()
    record("services.joined-household", household, by=by)
    return household


@transaction.atomic
def begin(*, household: Household, kind: str, by: Person, via: Via = Via.WEB) -> Request:
    """Note what someone needs a hand for; nobody sees it before it is put online.

    Raises Refused with too many requests under way.
    """
    space = household.space
    must_be_open(space)
    may_post(by, space)
    household = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    under_way = household.requests.filter(state__in=(State.DRAFT, State.OPEN, State.AGREED))
    if under_way.count() >= MOST_OPEN:
        raise Refused(_("Vous avez déjà dix demandes en cours. Terminez-en une d’abord."))
    asked = Request(space=space, household=household, kind=kind, budget=USUAL_BUDGET, via=via)
    asked.full_clean(exclude=["space", "household"])
    asked.save()
    record("services.began-request", asked, by=by)
    return asked


@transaction.atomic
def fill(
    *,
    asked: Request,
    by: Person,
    photos: Sequence[Prepared] = (),
    voice: Sequence[Prepared] = (),
    **values: Any,
) -> None:
    """Say more of a request that is not online yet. Raises Refused.

    ``values`` are those of the model: words, also, rhythm, on, when_words, minutes, budget.
    """
    asked = locked(asked)
    if asked.state != State.DRAFT:
        raise Refused(_("Cette demande est déjà en ligne."))
    must_be_public(values.get("words", ""))
    must_be_public(values.get("when_words", ""))
    for name, value in values.items():
        setattr(asked, name, value)
    for sent in voice:
        alt = _("La demande, dite à voix haute")
        asked.voice = files.keep(sent, space=asked.space, by=by, alt=alt)
    asked.full_clean(exclude=["space", "household", "voice"])
    asked.save()
    if asked.photos.count() + len(photos) > MOST_PHOTOS:
        raise Refused(_("Quatre photos au plus."))
    for sent in photos:
        alt = _("Photo de ce qu’il y a à faire")
        asked.photos.add(files.keep(sent, space=asked.space, by=by, alt=alt))
    record("services.filled-request", asked, by=by)


@transaction.atomic
def put_online(*, asked: Request, by: Person, agreement: str = "") -> None:
    """Have neighbours see it. Raises Refused with what is missing. Repeatable.

    ``agreement`` says how someone of the team knows that the person wants it.
    """
    asked = locked(asked)
    if asked.state == State.OPEN:
        return
    if not asked.may_become(State.OPEN) or asked.state != State.DRAFT:
        raise Refused(_("Cette demande est terminée. Faites-en une autre."))
    must_be_complete(asked)
    must_be_lawful(asked, asked.budget)
    today = timezone.localdate()
    asked.state, asked.opened_at = State.OPEN, timezone.now()
    asked.closes_on = asked.on or today + OPEN_FOR
    asked.latitude, asked.longitude = asked.household.blurred
    asked.save()
    person = asked.household.person
    record("services.asked", asked, by=by, for_=person, agreement=agreement)
    messages.asked(asked)
    if person != by:
        messages.confirmed(asked)


@transaction.atomic
def ask(*, household: Household, by: Person, via: Via = Via.WEB, **values: Any) -> Request:
    """Put a request online at once. Raises Refused. ``values``: ``kind``, and those of ``fill``."""
    asked = begin(household=household, kind=values.pop("kind"), by=by, via=via)
    fill(asked=asked, by=by, **values)
    put_online(asked=asked, by=by)
    asked.refresh_from_db()
    return asked


def must_be_complete(asked: Request) -> None:
    """Refuse what nobody could answer, with what is missing."""
    kind = asked.kind_data
    if not (asked.words or asked.voice_id):
        raise Refused(_("Dites ce qu’il y a à faire : quelques mots, ou votre voix."))
    if asked.on and asked.on < timezone.localdate():
        raise Refused(_("Ce jour est passé. Choisissez-en un autre."))
    if kind.most_minutes and asked.minutes > kind.most_minutes:
        raise Refused(
            _("%(kind)s : %(hours)d heures au plus à chaque fois, c’est la règle. Au-delà, il "
              "faut une entreprise.") % {"kind": kind.label, "hours": kind.most_minutes // 60}
        )  # fmt: skip
    if kind.is_only_bundled and not (asked.also or is_beside_another(asked)):
        raise Refused(
            _("Les courses livrées comptent seulement avec un autre service rendu chez vous. "
              "Dites lequel la personne fera aussi, ou demandez-le d’abord.")
        )  # fmt: skip


def is_beside_another(asked: Request) -> bool:
    """Whether the household has, or had these twelve months, another service done at home here."""
    since = timezone.now() - A_YEAR
    others = asked.household.requests.filter(
        state__in=(State.OPEN, State.AGREED, State.DONE), opened_at__gt=since
    )
    alone = [one.key for one in ALL if one.is_only_bundled]
    return others.exclude(pk=asked.pk).exclude(kind__in=alone).exists()


@transaction.atomic
def forget_draft(*, asked: Request) -> None:
    """Let go of what was begun and never put online, with its photos and its voice."""
    sent = [*asked.photos.all(), *([asked.voice] if asked.voice else [])]
    record("services.forgot-draft", asked)
    asked.delete()
    for file in sent:
        files.delete(file=file, by=None)


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
    """Let a request go; those who answered are told, and what they wrote is closed. Repeatable.

    Raises Refused once a contract is signed by both.
    """
    asked = Request.objects.select_for_update(of=("self",)).for_listing().get(pk=asked.pk)
    if not asked.may_become(State.CLOSED):
        return
    asked.state, asked.end_reason, asked.ended_at = State.CLOSED, reason, timezone.now()
    asked.save(update_fields=["state", "end_reason", "ended_at"])
    for offer in asked.offers.live().for_listing():
        let_go(offer, by=by)
        offer.state, offer.answered_at = OfferState.CLOSED, timezone.now()
        offer.save(update_fields=["state", "answered_at"])
        if offer.conversation:
            because = _("La demande est fermée.")
            conversations.close(conversation=offer.conversation, because=because, by=by)
        messages.request_closed(offer)
    record("services.closed-request", asked, by=by, for_=by and asked.household.person)


def close_late(now: datetime.datetime) -> None:
    """Requests whose day has passed without anyone chosen are closed."""
    today = timezone.localdate(now)
    for asked in Request.objects.filter(state=State.OPEN, closes_on__lt=today).order_by("pk"):
        close(asked=asked, reason=EndReason.NOBODY, by=None)


def locked(asked: Request) -> Request:
    """The request as it stands, with nobody else changing it meanwhile."""
    rows = Request.objects.select_for_update(of=("self",)).select_related(
        "space__purse", "space__initiative", "household__person", "household__commune"
    )
    return rows.get(pk=asked.pk)

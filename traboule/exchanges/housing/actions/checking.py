"""What a landlord confirms of a listing, or refuses with reasons; and what may be said again."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from ..messages import checking as messages
from ..models import Check, Dwelling, Ground, Listing, Outcome, State
from ..models.listing import MONTHS_OF_A_LISTING

OF_LISTING = ("household_size", "children", "resources", "reason", "text")
OF_DWELLING = (
    "rooms", "area", "rent", "charges", "floor", "lift", "wheelchair", "heating", "energy_class",
    "features", "neighbourhood", "kind",
)  # fmt: skip
"""What a household may correct, once its landlord confirms it."""


@transaction.atomic
def ask(*, listing: Listing, by: Person, changes: Mapping[str, Any] | None = None) -> Check:
    """Have the landlord look at a listing, or at what a household corrects in one already seen.

    ``changes`` are new values by name, plain enough for JSON; the old ones stay meanwhile. What is
    asked while a check waits joins it, and the landlord's clock runs on. Raises Refused.
    """
    must_be_open(listing.space)
    listing = _locked_listing(listing)
    changes = dict(changes or {})
    if set(changes) - {*OF_LISTING, *OF_DWELLING}:
        raise Refused(_("Cela ne se corrige pas ici : appelez-nous."))
    _apply(changes, listing, listing.dwelling)  # Raises Refused before anything is kept.
    if waiting := listing.checks.waiting().first():
        waiting.changes = {**waiting.changes, **changes}
        waiting.save(update_fields=["changes"])
        record("housing.asked-check", waiting, by=by, for_=_household(listing, by))
        return waiting
    days = datetime.timedelta(days=listing.dwelling.landlord.check_days)
    check = Check.objects.create(
        listing=listing, changes=changes, due_on=timezone.localdate() + days
    )
    if listing.state == State.DRAFT:
        listing.state = State.CHECKING
        Listing.objects.filter(pk=listing.pk).update(state=State.CHECKING)
    record("housing.asked-check", check, by=by, for_=_household(listing, by))
    messages.asked(check, by=by)
    return check


@transaction.atomic
def confirm(*, check: Check, by: Person) -> Check:
    """The facts are right: the listing goes online, or its corrections do. Repeatable."""
    check = _locked(check)
    if check.outcome == Outcome.CONFIRMED:
        return check
    _check_move(check, Outcome.CONFIRMED)
    if check.outcome == Outcome.REFUSED:
        raise Refused(_("Cette annonce est refusée : répondez plutôt au recours du ménage."))
    _decide(check, Outcome.CONFIRMED, by=by)
    _publish(check)
    record("housing.confirmed-check", check, by=by)
    messages.confirmed(check)
    return check


@transaction.atomic
def refuse(*, check: Check, by: Person, grounds: Iterable[str], note: str = "") -> Check:
    """The landlord says no, for reasons that the household reads. Raises Refused without any.

    Wrong facts send a new listing back to its household, and leave one online as it was; anything
    else also takes offline what was online.
    """
    grounds = [one.value for one in Ground if one in set(grounds)]
    if not grounds:
        raise Refused(_("Choisissez au moins un motif : le ménage a le droit de le connaître."))
    if grounds == [Ground.WRONG_FACTS] and not note:
        raise Refused(_("Dites quels faits sont à corriger."))
    check = _locked(check)
    if check.outcome == Outcome.REFUSED and check.grounds == grounds:
        return check
    _check_move(check, Outcome.REFUSED)
    check.grounds, check.note = grounds, note
    _decide(check, Outcome.REFUSED, by=by)
    listing = check.listing
    if listing.state == State.CHECKING:
        listing.state = State.DRAFT
    elif listing.state == State.PUBLISHED and grounds != [Ground.WRONG_FACTS]:
        listing.state = State.PAUSED
    listing.save(update_fields=["state"])
    record("housing.refused-check", check, by=by, grounds=grounds)
    messages.refused(check)
    return check


@transaction.atomic
def appeal(*, check: Check, by: Person, words: str = "") -> Check:
    """The household asks that someone else look again, on its own or through the team. Repeatable.

    Raises Refused when the landlord did not say no, or someone has already looked again.
    """
    check = _locked(check)
    if check.outcome != Outcome.REFUSED or check.appeal_closed_at:
        raise Refused(_("Il n’y a pas de refus à revoir : appelez-nous, on verra ensemble."))
    is_new = check.appealed_at is None
    check.appeal = words or check.appeal
    check.appealed_at = check.appealed_at or timezone.now()
    check.save(update_fields=["appeal", "appealed_at"])
    if is_new:
        record("housing.appealed", check, by=by, for_=_household(check.listing, by))
        messages.appealed(check)
    return check


@transaction.atomic
def answer_appeal(*, check: Check, by: Person, granted: bool, words: str) -> Check:
    """Someone other than whoever refused says whether the listing goes online after all.

    Raises Refused for the person who refused, without words, or when it is answered already.
    """
    check = _locked(check)
    if check.appealed_at is None or check.appeal_closed_at:
        raise Refused(_("Ce recours a déjà sa réponse."))
    if check.decided_by_id == by.pk:
        raise Refused(_("Vous avez refusé cette annonce : une autre personne doit la revoir."))
    if not words:
        raise Refused(_("Écrivez au ménage pourquoi."))
    check.appeal_answer, check.appeal_closed_at = words, timezone.now()
    if granted:
        check.outcome = Outcome.CONFIRMED
        _publish(check)
    check.save()
    record("housing.answered-appeal", check, by=by, granted=granted)
    messages.appeal_answered(check)
    return check


def _decide(check: Check, outcome: Outcome, *, by: Person) -> None:
    check.outcome, check.decided_at, check.decided_by = outcome, timezone.now(), by
    check.save()


def _publish(check: Check) -> None:
    """Put online a listing, with what its household corrected."""
    listing = check.listing
    if not listing.is_live:
        raise Refused(_("Cette annonce est arrêtée : il n’y a plus rien à vérifier."))
    dwelling = Dwelling.objects.select_for_update(of=("self",)).get(pk=listing.dwelling_id)
    if dwelling.removed_at or not dwelling.is_exchangeable:
        raise Refused(_("Ce logement ne s’échange pas, d’après le parc : refusez, ou corrigez-le."))
    _apply(check.changes, listing, dwelling)
    was_refused = bool(check.appealed_at) and listing.state in {State.DRAFT, State.PAUSED}
    if listing.state == State.CHECKING or was_refused:
        now = timezone.now()
        listing.state, listing.confirmed_at = State.PUBLISHED, now
        listing.published_at = listing.published_at or now
        listing.renew_by = timezone.localdate() + datetime.timedelta(days=30 * MONTHS_OF_A_LISTING)
    listing.save()
    dwelling.save()


def _apply(changes: Mapping[str, Any], listing: Listing, dwelling: Dwelling) -> None:
    """Give both their new values. Raises Refused for one that makes no sense."""
    for name, value in changes.items():
        thing: Listing | Dwelling = listing if name in OF_LISTING else dwelling
        try:
            setattr(thing, name, thing._meta.get_field(name).clean(value, thing))
        except ValidationError as error:
            raise Refused(error.messages[0]) from error
    if changes and listing.children >= listing.household_size:
        raise Refused(_("Il y a au moins un adulte dans le ménage."))


def _locked_listing(listing: Listing) -> Listing:
    rows = Listing.objects.select_for_update(of=("self",))
    return rows.select_related("space", "tenant", "dwelling__landlord", "dwelling__commune").get(
        pk=listing.pk
    )


def _locked(check: Check) -> Check:
    """The check and its listing, kept from whoever answers at the same time."""
    must_be_open(check.listing.space)
    listing = _locked_listing(check.listing)
    found = Check.objects.select_for_update(of=("self",)).get(pk=check.pk)
    found.listing = listing
    return found


def _household(listing: Listing, by: Person) -> Person | None:
    """For whom it is done, when someone of the team does it."""
    return listing.tenant if listing.tenant_id != by.pk else None


def _check_move(check: Check, outcome: Outcome) -> None:
    if not check.may_become(outcome):
        raise Refused(_("Cette annonce a déjà sa réponse."))

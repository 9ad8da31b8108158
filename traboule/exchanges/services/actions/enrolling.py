"""Letting the association declare, and having the tax credit at once: what Urssaf is asked.

Urssaf is spoken to before anything is written, so that what stands here stands there too.
"""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..messages import declaring as messages
from ..models import Household
from ..urssaf import access, advance, declaring
from ..urssaf.access import Down, Rejected
from ..urssaf.refusals import told


def sign_mandate(*, household: Household, number: str, on: datetime.date, by: Person) -> Household:
    """The household lets the association declare at the Cesu. Again, it is the latest that holds.

    Raises ValidationError for what is no number, Refused for a day to come, and when Urssaf says
    no, or nothing.
    """
    household.cesu_number = number
    household.clean_fields(
        exclude=[f.name for f in household._meta.fields if f.name != "cesu_number"]
    )
    if not number or on > timezone.localdate():
        raise Refused(_("Écrivez le numéro Cesu, et un jour qui n’est pas à venir."))
    if access.cesu():
        _spoken(declaring.record_mandate, employer_number=number, signed_on=on.isoformat())
    with transaction.atomic():
        row = Household.objects.select_for_update().get(pk=household.pk)
        row.cesu_number, row.cesu_mandate_on = number, on
        row.save(update_fields=["cesu_number", "cesu_mandate_on"])
        record("services.signed-cesu-mandate", row, by=by, for_=row.person)
    return row


def end_mandate(*, household: Household, by: Person) -> Household:
    """The association declares no more, from now on, whatever Urssaf answers. Repeatable."""
    with transaction.atomic():
        row = Household.objects.select_for_update().get(pk=household.pk)
        if row.cesu_mandate_on is None:
            return row
        row.cesu_mandate_on = None
        row.save(update_fields=["cesu_mandate_on"])
        record("services.ended-cesu-mandate", row, by=by, for_=row.person)
    if access.cesu():
        try:
            declaring.cancel_mandate(employer_number=row.cesu_number)
        except (Down, Rejected):
            messages.mandate_to_end(row)
    return row


def enrol(*, household: Household, details: Mapping[str, Any], by: Person) -> Household:
    """Ask Urssaf to enrol a household for its tax credit at once; what it was asked is not kept.

    Only its number there and the birth date stay. Raises Refused.
    """
    number = _spoken(advance.enrol, details)
    with transaction.atomic():
        row = Household.objects.select_for_update().get(pk=household.pk)
        row.advance_id, row.advance_state = number, advance.ENROLLING
        row.born_on = datetime.date.fromisoformat(details["dateNaissance"][:10])
        row.save(update_fields=["advance_id", "advance_state", "born_on"])
        record("services.enrolled-for-advance", row, by=by, for_=row.person)
    return row


def look_at_enrolment(*, household: Household) -> Household:
    """See where an enrolment is. Raises Down and Rejected."""
    state = advance.enrolment_of(household.advance_id)[:20]
    with transaction.atomic():
        row = Household.objects.select_for_update().get(pk=household.pk)
        if row.advance_state != state:
            row.advance_state = state
            row.save(update_fields=["advance_state"])
            record("services.saw-enrolment", row, state=state)
            messages.enrolment(row)
    return row


def _spoken(ask: Callable[..., Any], *said: Any, **named: Any) -> Any:
    try:
        return ask(*said, **named)
    except Rejected as refusal:
        raise Refused(told(refusal)) from refusal
    except Down as problem:
        raise Refused(
            _("L’Urssaf ne répond pas. Réessayez dans une heure, ou demandez à l’équipe.")
        ) from problem

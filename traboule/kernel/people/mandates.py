"""Letting someone act for oneself: prepared, signed by both on paper, ended with one word."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record

from .actions import Refused
from .models import Mandate, Person
from .models.guardianship import is_surely_a_child
from .models.mandate import LONGEST


@transaction.atomic
def propose(
    *,
    giver: Person,
    holder: Person,
    scopes: Iterable[str],
    ends_on: datetime.date,
    by: Person,
    begins_on: datetime.date | None = None,
) -> Mandate:
    """Prepare a mandate, which holds once both have signed its paper. Raises Refused."""
    mandate = Mandate(
        giver=giver,
        holder=holder,
        scopes=sorted(set(scopes)),
        begins_on=begins_on or timezone.localdate(),
        ends_on=ends_on,
        created_by=by,
    )
    if mandate.ends_on - mandate.begins_on > LONGEST:
        raise Refused(_("Un mandat dure un an au plus. On peut en refaire un ensuite."))
    if is_surely_a_child(giver, timezone.localdate()):
        raise Refused(_("Un enfant ne donne pas de mandat : ses parents agissent pour lui."))
    try:
        mandate.full_clean()
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    mandate.save()
    record("propose-mandate", mandate, by=by, for_=giver)
    return mandate


@transaction.atomic
def sign(*, mandate: Mandate, by: Person) -> None:
    """Note that both have signed the paper, today: the holder may act from now on."""
    waiting = Mandate.objects.standing().filter(pk=mandate.pk, signed_on__isnull=True)
    if not waiting.update(signed_on=timezone.localdate()):
        raise Refused(_("Ce mandat est déjà signé, ou il est terminé."))
    mandate.refresh_from_db()
    record("sign-mandate", mandate, by=by, for_=mandate.giver)


@transaction.atomic
def end(*, mandate: Mandate, by: Person, reason: str = "") -> None:
    """Stop a mandate at once, whatever day it was to end; twice is no matter."""
    running = Mandate.objects.filter(pk=mandate.pk, ended_at__isnull=True)
    if not running.update(ended_at=timezone.now(), ended_by=by, reason=reason):
        return
    mandate.refresh_from_db()
    record("end-mandate", mandate, by=by, for_=mandate.giver)

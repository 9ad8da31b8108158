"""Trust that grows with what is accepted, and holding somebody back."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .. import messages, rules
from ..models import Charter, CharterArticle, Hiding, Standing
from ..models.charter import TRUST_AFTER
from .hiding import expire, hide


@transaction.atomic
def accepted(*, person: Person, space: Space) -> Standing:
    """Count one more contribution that a moderator accepted; enough of them make trust.

    How many is said by the charter. Nobody decides it: it comes by itself, and is told.
    """
    standing = _locked(person, space)
    standing.accepted_count += 1
    charter = Charter.objects.current(space)
    enough = charter.trust_after if charter else TRUST_AFTER
    grows = (
        standing.level == Standing.Level.NEW
        and not standing.is_held
        and standing.accepted_count >= enough
    )
    if grows:
        standing.level, standing.since = Standing.Level.TRUSTED, timezone.now()
        standing.reason, standing.by = "", None
    standing.save()
    if grows:
        record("moderation.became-trusted", standing, number=standing.accepted_count)
        messages.trusted(standing)
    return standing


@transaction.atomic
def set_standing(*, space: Space, person: Person, level: str, by: Person, reason: str) -> Standing:
    """Trust somebody, or read first what they post; counting begins anew then.

    Raises Refused for oneself.
    """
    _not_oneself(person, by)
    standing = _locked(person, space)
    if standing.level == level:
        return standing
    standing.level, standing.since, standing.by, standing.reason = (
        Standing.Level(level), timezone.now(), by, reason,
    )  # fmt: skip
    if level == Standing.Level.NEW:
        standing.accepted_count = 0
    standing.save()
    record("moderation.set-standing", standing, by=by, level=level)
    (messages.trusted if level == Standing.Level.TRUSTED else messages.read_first)(standing)
    return standing


@transaction.atomic
def hold(
    *,
    space: Space,
    person: Person,
    article: CharterArticle,
    reason: str,
    until: datetime.datetime,
    by: Person,
) -> Hiding:
    """Keep somebody from posting until a date; they are told why and may contest it.

    Raises Refused for oneself, and for who moderates: a role is taken away first.
    """
    _not_oneself(person, by)
    if rules.can_moderate(person, space):
        raise Refused(_("Cette personne est dans l’équipe : changez d’abord son rôle."))
    standing = _locked(person, space)
    if standing.is_held:
        raise Refused(_("Cette personne est déjà suspendue : levez d’abord cette décision."))
    for over in Hiding.objects.live().about(standing):  # Its date has come a moment ago.
        expire(hiding=over)
    hiding = hide(subject=standing, article=article, reason=reason, by=by, expires_at=until)
    standing.held_until, standing.reason, standing.by = until, reason[:300], by
    standing.save(update_fields=["held_until", "reason", "by"])
    return hiding


def _not_oneself(person: Person, by: Person) -> None:
    if person == by:
        raise Refused(_("On ne décide pas pour soi : demandez à une autre personne de l’équipe."))


def _locked(person: Person, space: Space) -> Standing:
    """Their standing, made if need be, kept from whoever changes it at the same time."""
    standing, _created = Standing.objects.get_or_create(space=space, person=person)
    return Standing.objects.select_for_update().get(pk=standing.pk)

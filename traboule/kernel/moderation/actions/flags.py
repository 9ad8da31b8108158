"""Asking moderators to look, and dealing with what was asked."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from .. import kinds, messages
from ..models import Flag
from ..models.flag import FlagQuerySet


@transaction.atomic
def flag(*, subject: Any, why: str, words: str = "", by: Person | None = None) -> Flag:
    """Ask the team to look at a thing; strangers may. Raises Refused when one did already."""
    one = Flag(space=kinds.kind_of(subject).space(subject), by=by, why=why, words=words)
    one.name(subject)
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("Vous l’avez déjà signalé : l’équipe va regarder.")) from None
    record("moderation.flagged", one, by=by, why=why)
    messages.ask_team(one)
    return one


@transaction.atomic
def set_aside(*, flag: Flag, by: Person) -> int:
    """Leave a thing as it is: every open flag of it is dealt with. How many were."""
    same = Flag.objects.open().filter(
        space=flag.space, subject_type=flag.subject_type, subject_key=flag.subject_key
    )
    handled = handle(same, by=by, hidden=False)
    if handled:
        record("moderation.set-flags-aside", flag, by=by, number=handled)
    return handled


def open_about(thing: Any) -> FlagQuerySet:
    """What was flagged of this thing and waits."""
    return Flag.objects.open().about(thing)


def handle(flags: FlagQuerySet, *, by: Person, hidden: bool) -> int:
    """Deal with these flags, and say what came of it to those who can be told. How many."""
    dealt_with = list(flags.select_for_update(of=("self",)).select_related("space", "by"))
    keys = [one.pk for one in dealt_with]
    Flag.objects.filter(pk__in=keys).update(handled_at=timezone.now(), handled_by=by)
    for one in dealt_with:
        messages.answer_flag(one, hidden=hidden)
    return len(dealt_with)

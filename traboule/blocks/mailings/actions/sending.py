"""Sending a text to those on its list: in parts, each all or nothing; stopped, resumed.

Each part is one transaction that holds the mailing: whoever dies in the middle has written to
nobody, and two who go on at once go one after the other. So nobody is written to twice.
"""

import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.notices.actions import DELIVERED_TOGETHER, tell_many
from traboule.kernel.notices.delivering import deliver_notices
from traboule.kernel.notices.models import Notice
from traboule.kernel.notices.models import State as Told
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from ..models import Letter, Mailing, Recipient, State
from ..texts import plain_of
from ..wanting import wanting
from .writing import locked

CHUNK = 200
HELD = datetime.timedelta(days=3650)
"""Until when a stopped message waits, unless somebody resumes."""


@transaction.atomic
def send(*, mailing: Mailing, by: Person) -> None:
    """Let it leave, in the background. Raises Refused without a list."""
    mailing = locked(mailing)
    must_be_open(mailing.space)
    if mailing.state != State.READY or mailing.listed_at is None:
        raise Refused(_("Faites d’abord la liste, et regardez comment chacun sera joint."))
    if not mailing.recipients.exists():
        raise Refused(_("La liste est vide : il n’y a personne à qui écrire."))
    Letter.kept(mailing.space)
    now = timezone.now()
    mailing.move(State.SENDING, started_at=now, worked_at=now)
    record("mailings.sent", mailing, by=by)


@transaction.atomic
def send_some(pk: int) -> bool:
    """Write to the next ones on the list; whether it is worth asking again. Safe to repeat."""
    mailing = locked(Mailing(pk=pk))
    if mailing.state != State.SENDING:
        return False
    now = timezone.now()
    part = list(mailing.recipients.to_go().select_related("person")[:CHUNK])
    if not part:
        mailing.move(State.SENT, ended_at=now, worked_at=now)
        return False
    wanted = wanting(mailing, [one.person for one in part])
    told = _tell(mailing, [one.person for one in part if one.person_id in wanted])
    for one in part:
        one.notice = told.get(one.person_id)
        one.state = Recipient.State.TOLD if one.notice else Recipient.State.LEFT_OUT
    Recipient.objects.bulk_update(part, ["notice", "state"])
    mailing.change(worked_at=now)
    return True


def _tell(mailing: Mailing, persons: list[Person]) -> dict[int, Notice]:
    return tell_many(
        persons=persons,
        key=lambda person: f"mailing:{mailing.pk}:{person.pk}",
        kind=mailing.kind,
        subject=mailing.subject,
        text=plain_of(mailing.html),
        url=f"/l/{mailing.code}/" if mailing.is_public else "",
        urgent=not mailing.is_news,
        at_once=True,
        purse=mailing.space.purse,
        owner=mailing.by,
        data={"mailing": mailing.pk},
    )


@transaction.atomic
def stop(*, mailing: Mailing, by: Person) -> None:
    """Send nothing more until it is resumed: neither to the rest of the list, nor what waits."""
    mailing = locked(mailing)
    if mailing.state != State.SENDING:
        raise Refused(_("Il n’y a rien à arrêter : tout est déjà parti, ou rien encore."))
    mailing.move(State.STOPPED)
    waiting = _notices_of(mailing).filter(state=Told.WAITING, attempts=0)
    waiting.update(not_before=timezone.now() + HELD)
    record("mailings.stopped", mailing, by=by)


@transaction.atomic
def resume(*, mailing: Mailing, by: Person) -> None:
    """Go on where it stopped; whoever was written to is not written to again."""
    mailing = locked(mailing)
    must_be_open(mailing.space)
    if mailing.state != State.STOPPED:
        raise Refused(_("Cet envoi n’est pas arrêté."))
    now = timezone.now()
    mailing.move(State.SENDING, worked_at=now)
    held = _notices_of(mailing).filter(
        state=Told.WAITING, not_before__gt=now + datetime.timedelta(days=365)
    )
    keys = list(held.order_by("pk").values_list("pk", flat=True))
    held.update(not_before=None)
    for start in range(0, len(keys), DELIVERED_TOGETHER):
        batch = keys[start : start + DELIVERED_TOGETHER]
        transaction.on_commit(partial(deliver_notices.enqueue, batch))
    record("mailings.resumed", mailing, by=by)


def _notices_of(mailing: Mailing) -> QuerySet[Notice]:
    """What everybody on the list was told, both guardians of a child included."""
    theirs = mailing.recipients.order_by().values("notice")
    return Notice.objects.filter(Q(pk__in=theirs) | Q(twin_of__in=theirs))

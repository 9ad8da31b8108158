"""The presence ledger: noting who came, vouching for it, and checking that nothing moved."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..models import Countersignature, Event, Presence
from ..models.presence import GENESIS, span

MOST_LINES = 500
LONGEST_DAY = 24 * 60
NAMESPACE = uuid.UUID("5f0b3c1e-6a0e-4c58-9d39-0a4b8f7f2c11")


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a device or a sheet says of one person at one event.

    ``client_id`` makes it count once however often it is sent. Without a person, ``count`` people
    came and gave no name. ``minutes`` of None is the whole length of its part of the event.
    """

    client_id: uuid.UUID
    person_id: int | None
    state: str
    noted_at: datetime.datetime
    part: str = Presence.Part.WHOLE
    minutes: int | None = None
    count: int = 1


@transaction.atomic
def note(*, event: Event, lines: Iterable[Line], by: Person | None, source: Presence.Source) -> int:
    """Add lines to the event's ledger; those already there are left alone. How many were new.

    Raises Refused for an event that has not begun, is cancelled, or for too many lines.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    told = list(lines)
    must_be_on(event)
    if len(told) > MOST_LINES:
        raise Refused(_("Trop de lignes à la fois : envoyez-les en plusieurs fois."))
    known = set(
        Presence.objects.filter(client_id__in=[line.client_id for line in told]).values_list(
            "client_id", flat=True
        )
    )
    last = Presence.objects.filter(event=event).order_by("-number").first()
    new = {line.client_id: line for line in told if line.client_id not in known}
    for line in new.values():
        last = _add(event, line, after=last, by=by, source=source)
    if new:
        record("agenda.noted-presence", event, by=by, lines=len(new), source=source)
    return len(new)


@transaction.atomic
def countersign(*, event: Event, by: Person) -> Countersignature:
    """Vouch for the ledger as it stands. Raises Refused when it is empty or was altered."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    last = Presence.objects.filter(event=event).order_by("-number").first()
    if last is None:
        raise Refused(_("Faites d’abord l’appel : la feuille est vide."))
    if first_broken(event) is not None:
        raise Refused(_("Cette feuille a été modifiée en dehors de Traboule : elle ne peut pas "
                        "être signée. Appelez-nous."))  # fmt: skip
    signature = Countersignature.objects.create(
        event=event, by=by, upto=last.number, head_hash=last.hash
    )
    record("agenda.countersigned", event, by=by, upto=last.number)
    return signature


@transaction.atomic
def countersign_all(*, event: Event, by: Person) -> None:
    """Vouch for the ledger of an event, or of each slot of it to which somebody came or did not."""
    noted = Event.objects.filter(presences__isnull=False)
    own = noted.filter(Q(pk=event.pk) | Q(parent=event)).distinct().order_by("pk")
    for one in list(own) or [event]:
        countersign(event=one, by=by)


def first_broken(event: Event) -> int | None:
    """The number of the first line that is not as it was written, or was signed otherwise."""
    previous, expected = GENESIS, 1
    hashes = {}
    for line in Presence.objects.filter(event=event).order_by("number").iterator():
        if (line.number, line.previous_hash, line.hash) != (expected, previous, line.sealed()):
            return expected
        previous, expected = line.hash, expected + 1
        hashes[line.number] = line.hash
    for signature in event.countersignatures.order_by("pk"):
        if hashes.get(signature.upto) != signature.head_hash:
            return signature.upto
    return None


def must_be_on(event: Event) -> None:
    """Refuse a roll before the day of the session, or of one that is called off."""
    if event.state != Event.State.OPEN:
        raise Refused(_("Cette séance n’a pas lieu : il n’y a pas d’appel à faire."))
    if not event.has_begun:
        raise Refused(_("L’appel se fait le jour de la séance."))


def _add(
    event: Event, line: Line, *, after: Presence | None, by: Person | None, source: Presence.Source
) -> Presence:
    presence = Presence(
        event=event,
        number=after.number + 1 if after else 1,
        person_id=line.person_id,
        count=1 if line.person_id else line.count,
        state=line.state,
        part=line.part,
        minutes=_minutes(event, line),
        source=source,
        by=by,
        # A telephone's clock may run ahead; the ledger's does not.
        noted_at=min(line.noted_at, timezone.now()),
        client_id=line.client_id,
        previous_hash=after.hash if after else GENESIS,
    )
    presence.hash = presence.sealed()
    presence.save()
    return presence


def _minutes(event: Event, line: Line) -> int:
    """How long they stayed: as said, else to the end of that part, from when they came late."""
    if line.state not in {Presence.State.PRESENT, Presence.State.LATE}:
        return 0
    if line.minutes is not None:
        return max(0, min(line.minutes, LONGEST_DAY))
    start, end = span(event, line.part)
    came = line.noted_at if line.state == Presence.State.LATE else start
    # Noted before or after the session, nobody knows when: the whole of it counts.
    stayed = end - (came if start < came < end else start)
    return min(int(stayed.total_seconds() // 60), LONGEST_DAY)


def key_of(event: Event, *said: object) -> uuid.UUID:
    """A key for a line that no device named: the same thing said again has the same key."""
    return uuid.uuid5(NAMESPACE, ":".join(map(str, (event.pk, *said))))

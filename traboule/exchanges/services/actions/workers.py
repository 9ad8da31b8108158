"""Offering one's hands, saying that one still looks, papers that the team has seen."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.moderation.rules import may_post
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.places.geography import blurred
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.actions import bring_in, must_be_open
from traboule.kernel.spaces.models import Space

from ..kinds import KINDS
from ..locating import Point
from ..models import Worker
from ..models.worker import FRESH_FOR, age_on
from ..public_words import must_be_public

LEAST_AGE = 16
"""Under it nobody is employed in a home (Code du travail L4153-1; L7221-2 names other rules)."""


@transaction.atomic
def offer_hands(
    *,
    space: Space,
    person: Person,
    kinds: Sequence[str],
    commune: Commune,
    radius_km: int,
    born_on: datetime.date,
    words: str = "",
    address: str = "",
    point: Point | None = None,
    by: Person,
) -> Worker:
    """Be shown to households near there. Again, it changes what was said, and is fresh anew.

    Raises Refused under sixteen, and without any service.
    """
    must_be_open(space)
    may_post(by, space)
    if not kinds or not set(kinds) <= KINDS.keys():
        raise Refused(_("Choisissez au moins un service de la liste."))
    if age_on(born_on, timezone.localdate()) < LEAST_AGE:
        raise Refused(
            _("Il faut avoir 16 ans. Parlez-en à l’équipe : d’autres activités existent.")
        )
    must_be_public(words)
    bring_in(space=space, person=person, by=by)
    worker = Worker.objects.select_for_update().filter(space=space, person=person).first()
    worker = worker or Worker(space=space, person=person)
    if point or worker.commune_id != commune.pk:
        worker.latitude, worker.longitude = blurred(*point) if point else (None, None)
    worker.kinds, worker.commune, worker.radius_km = list(kinds), commune, radius_km
    worker.born_on, worker.words, worker.left_at = born_on, words, None
    worker.address = address or worker.address
    worker.fresh_until = timezone.localdate() + FRESH_FOR
    worker.full_clean(exclude=["space", "person", "commune"])
    worker.save()
    record("services.joined-worker", worker, by=by, for_=person)
    return worker


@transaction.atomic
def renew(*, worker: Worker, by: Person) -> None:
    """Say in one tap that one still looks."""
    worker.fresh_until = timezone.localdate() + FRESH_FOR
    worker.save(update_fields=["fresh_until"])
    record("services.joined-worker", worker, by=by)


@transaction.atomic
def leave(*, worker: Worker, by: Person) -> None:
    """Be shown no more. Repeatable."""
    if worker.left_at is None:
        worker.left_at = timezone.now()
        worker.save(update_fields=["left_at"])
        record("services.left-worker", worker, by=by)


@transaction.atomic
def saw_papers(*, worker: Worker, may_work_until: datetime.date | None, by: Person) -> None:
    """Someone of the team saw who it is, and until when they may work; no copy is kept."""
    worker.identity_seen_on, worker.identity_seen_by = timezone.localdate(), by
    worker.may_work_until = may_work_until
    worker.save(update_fields=["identity_seen_on", "identity_seen_by", "may_work_until"])
    record("services.saw-papers", worker, by=by, for_=worker.person)


@transaction.atomic
def visited_home(*, worker: Worker, by: Person) -> None:
    """Someone of the team has been to see them at home."""
    worker.visited_on, worker.visited_by = timezone.localdate(), by
    worker.save(update_fields=["visited_on", "visited_by"])
    record("services.visited-home", worker, by=by, for_=worker.person)


@transaction.atomic
def saw_guardian(*, worker: Worker, by: Person) -> None:
    """Someone of the team saw what the parents of a minor have signed; no copy is kept."""
    worker.guardian_agreed_on = timezone.localdate()
    worker.save(update_fields=["guardian_agreed_on"])
    record("services.saw-guardian", worker, by=by, for_=worker.person)

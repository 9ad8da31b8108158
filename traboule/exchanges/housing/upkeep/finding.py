"""Silent contacts close, visits are recalled, homes that came are told. Safe to repeat."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from ..actions import contacts
from ..actions.finding import told
from ..fitting import both_ways
from ..messages import searches as of_searches
from ..messages import visits as of_visits
from ..models import Interest, InterestState, Listing, SavedSearch, State, Swap, Visit, VisitState
from ..searching import Search, has_wish

A_DAY = datetime.timedelta(days=1)
MOST_TOLD = 5
MORNING = 9
SEARCHES_KEPT = datetime.timedelta(days=365)


def close_silent(now: datetime.datetime) -> None:
    """Ten days without an answer, nor a visit or an exchange that goes on, and it is over."""
    since = now - contacts.SILENCE
    one, other = OuterRef("sender"), OuterRef("receiver")
    there_and_back = Q(visitor=one, host=other) | Q(visitor=other, host=one)
    arranged = Q(state=VisitState.ASKED, asked_at__gt=since) | Q(at__gt=since)
    going_on = Exists(Visit.objects.filter(there_and_back, arranged))
    moves = Q(moves__listing=one) | Q(moves__listing=other)
    moving = Exists(Swap.objects.under_way().filter(moves))
    silent = Interest.objects.filter(
        Q(state=InterestState.SENT, sent_at__lt=since)
        | Q(state=InterestState.MUTUAL, conversation__last_at__lt=since, answered_at__lt=since),
        ~going_on, ~moving, sender__space__closed_at=None,
    )  # fmt: skip
    for interest in silent.order_by("pk"):
        contacts.close(interest=interest, because=_("Sans nouvelles depuis dix jours."))


def recall_visits(now: datetime.datetime) -> None:
    """The day before, both are reminded; the day after, both are asked what they think of it."""
    fixed = Visit.objects.filter(visitor__space__closed_at=None).for_listing().order_by("pk")
    for visit in fixed.filter(state=VisitState.SET, at__range=(now, now + A_DAY)):
        of_visits.tomorrow(visit)
    over = fixed.filter(state__in=(VisitState.SET, VisitState.DONE))
    for visit in over.filter(at__range=(now - 3 * A_DAY, now - datetime.timedelta(hours=2))):
        if not visit.verdict_of_visitor:
            of_visits.how_was_it(visit, visit.visitor)
        if not visit.verdict_of_host:
            of_visits.how_was_it(visit, visit.host)


def tell_searches(now: datetime.datetime) -> None:
    """Once a day, those who keep a search know of the homes that came since."""
    SavedSearch.objects.filter(saved_at__lt=now - SEARCHES_KEPT).delete()
    due = SavedSearch.objects.filter(told_until__lt=now - A_DAY, space__closed_at=None)
    for saved in due.select_related("person", "space__purse", "space__initiative").order_by("pk"):
        if listings := _new(saved):
            of_searches.found(saved, listings, until=now)
        told(saved, now)


def tell_fits(now: datetime.datetime) -> None:
    """From the morning on, once: the homes of the day before, to those whom they fit both ways."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if timezone.localtime(now).hour < MORNING:
        return
    came = Listing.objects.published().filter(
        published_at__gte=today - A_DAY, published_at__lt=today, space__closed_at=None
    )
    homes: dict[int, list[Listing]] = {}
    for new in came.select_related("space", "tenant", "wish", "dwelling__commune").order_by("pk"):
        for key in _whom_it_fits(new):
            homes.setdefault(key, []).append(new)
    households = Listing.objects.select_related("tenant", "space__purse", "space__initiative")
    for key, household in sorted(households.in_bulk(homes).items()):
        of_searches.fits(household, homes[key][:MOST_TOLD], day=today.date())


def _whom_it_fits(new: Listing) -> Iterable[int]:
    if not has_wish(new):
        return ()
    fit = both_ways(new).filter(wants_alerts=True).order_by("pk")
    return fit.values_list("pk", flat=True)


def _new(saved: SavedSearch) -> list[Listing]:
    own = Listing.objects.live().filter(space=saved.space, tenant=saved.person).first()
    search = Search.from_query(QueryDict(saved.criteria.removeprefix("?")))
    rows = search.rows(saved.space, saved.person, own).filter(
        state=State.PUBLISHED, published_at__gt=saved.told_until
    )
    return list(rows.select_related("dwelling__commune")[:MOST_TOLD])

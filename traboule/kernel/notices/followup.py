"""The queue « nobody falls through »: who was not reached, did not answer, was not understood.

Apps above add what is theirs with ``register``; each item has an owner and a next step.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.people.channels import PHONES
from traboule.kernel.people.models import Channel, Person

from .models import Delivery, Inbound, Notice, State
from .rules import can_read_unknown, followed_by

MOST = 200
"""A queue longer than that is read from its oldest end."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that somebody has to do so that nobody is forgotten."""

    group: str | Promise
    title: str
    why: str | Promise
    next_step: str | Promise
    since: datetime.datetime
    person: Person | None = None
    owner: Person | None = None
    href: str = ""
    notice: Notice | None = None
    inbound: Inbound | None = None


Source = Callable[[Person], Iterable[Item]]

_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Add to the queue: ``source(person)`` gives the items that this person may deal with."""
    _sources[key] = source


def queue(person: Person) -> list[Item]:
    """All that this person may deal with, source by source, the oldest first."""
    return [item for source in _sources.values() for item in source(person)]


def by_person(items: Iterable[Item]) -> list[list[Item]]:
    """The items of each person together, so that one call says all; the oldest first."""
    found: dict[object, list[Item]] = {}
    for item in items:
        alone = item.person is None or item.inbound is not None
        found.setdefault(id(item) if alone else item.person, []).append(item)
    return list(found.values())


CALL = gettext_lazy("À appeler")
LOST = gettext_lazy("Non remis")
SILENT = gettext_lazy("Sans réponse")
UNCLEAR = gettext_lazy("SMS à lire")
POST = gettext_lazy("À poster")


def to_call(person: Person) -> Iterable[Item]:
    """What a human has to say on the telephone."""
    for notice in _listed(Notice.objects.to_call(), person):
        yield _item(notice, CALL, notice.reason, _("Appelez, puis notez ce que cela a donné."))


def to_post(person: Person) -> Iterable[Item]:
    """What has to be printed and posted."""
    for notice in _listed(Notice.objects.to_post(), person):
        step = _("Imprimez et postez les courriers, ou appelez si c’est pressé.")
        yield _item(notice, POST, notice.reason, step)


def undelivered(person: Person) -> Iterable[Item]:
    """What did not arrive, and what has nowhere to go."""
    for notice in _listed(Notice.objects.undelivered(), person):
        tries = [delivery.error for delivery in notice.deliveries.all() if delivery.error]
        step = _("Trouvez un autre moyen de joindre cette personne.")
        yield _item(notice, LOST, _why_lost(notice, tries), step)


def _why_lost(notice: Notice, tries: list[str]) -> str:
    """Why it did not arrive, in a sentence, with what the gateway said last."""
    if notice.state == State.WEB:
        return notice.reason
    if tries:
        return _("Le message n’est pas arrivé (%(error)s).") % {"error": tries[0]}
    return _("Le message n’est pas arrivé.")


def unanswered(person: Person) -> Iterable[Item]:
    """Questions whose day has passed."""
    for notice in _listed(Notice.objects.unanswered(), person):
        step = _("Appelez pour demander, ou classez.")
        yield _item(notice, SILENT, _("La question attend toujours une réponse."), step)


def unclear(person: Person) -> Iterable[Item]:
    """SMS that no machine understood."""
    for inbound in _unclear(person):
        yield Item(
            group=UNCLEAR,
            title=inbound.text,
            why=_("Nous n’avons pas compris ce SMS."),
            next_step=_("Lisez-le, appelez si besoin, puis classez."),
            since=inbound.received_at,
            person=inbound.person,
            owner=inbound.notice.owner if inbound.notice else None,
            notice=inbound.notice,
            inbound=inbound,
        )


def _item(notice: Notice, group: str | Promise, why: str, step: str) -> Item:
    return Item(
        group=group,
        title=notice.subject,
        why=why,
        next_step=step,
        since=notice.created_at,
        person=notice.recipient,
        owner=notice.owner,
        notice=notice,
    )


def _listed(notices: "QuerySet[Notice]", person: Person) -> "QuerySet[Notice]":
    """Those that this person may follow, the oldest first, with what their lines show."""
    phones = Channel.objects.filter(kind__in=PHONES).order_by("pk")
    return (
        notices.filter(followed_by(person))
        .select_related("person", "recipient", "owner")
        .prefetch_related(
            Prefetch("recipient__channels", phones, to_attr="phones"),
            Prefetch("deliveries", Delivery.objects.order_by("-at", "-pk")),
        )
        .order_by("created_at", "pk")
        .distinct()[:MOST]
    )


def _unclear(person: Person) -> "QuerySet[Inbound]":
    mine = Q(notice__in=Notice.objects.filter(followed_by(person)))
    if can_read_unknown(person):
        mine |= Q(notice=None)
    waiting = Inbound.objects.unclear().filter(mine)
    return waiting.select_related("person", "notice__owner", "notice__recipient")[:MOST]


for _key, _source in (
    ("to-call", to_call),
    ("undelivered", undelivered),
    ("unclear", unclear),
    ("unanswered", unanswered),
    ("to-post", to_post),
):
    register(_key, _source)

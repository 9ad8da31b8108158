"""Printed copies: who wants one, and when it was handed over."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from ..models import Document, PaperCopy, Via

if TYPE_CHECKING:
    from traboule.kernel.journal.models import Entry

MOST_COPIES = 300


@transaction.atomic
def ask(
    *,
    document: Document,
    by: Person,
    person: Person | None = None,
    name: str = "",
    via: Via = Via.WEB,
) -> PaperCopy:
    """Note that someone wants the document on paper: a person, or whoever goes by ``name``.

    Asked again by the same person, it is the same copy. Raises Refused.
    """
    must_be_open(document.space)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.put_away_at:
        raise Refused(_("Ce document est rangé : il ne s’imprime plus."))
    wanted = document.copies.wanted()
    if person and (known := wanted.filter(person=person).first()):
        return known
    if wanted.count() >= MOST_COPIES:
        raise Refused(_("Trop de copies sont déjà demandées : remettez d’abord celles-là."))
    copy = PaperCopy(document=document, person=person, name=name, via=via, by=by)
    copy.full_clean(exclude=["document"])
    copy.save()
    for_ = person if person and person.pk != by.pk else None
    record("documents.asked-for-copy", document, by=by, for_=for_, copy=copy.pk, via=via)
    return copy


@transaction.atomic
def give_up(*, copy: PaperCopy, by: Person) -> None:
    """The copy is no longer wanted. Repeatable."""
    if PaperCopy.objects.wanted().filter(pk=copy.pk).delete()[0]:
        for_ = copy.person if copy.person_id and copy.person_id != by.pk else None
        record("documents.gave-up-copy", copy.document, by=by, for_=for_)


@transaction.atomic
def hand(*, document: Document, copies: Iterable[int], by: Person) -> int:
    """Note that these copies were handed over. How many were not yet."""
    wanted = document.copies.wanted().filter(pk__in=list(copies))
    handed = wanted.update(handed_at=timezone.now())
    if handed:
        record("documents.handed-copies", document, by=by, number=handed)
    return handed


def undo_asking(entry: "Entry", by: Any) -> None:
    """Undo that a copy was asked for in someone's name."""
    copy = PaperCopy.objects.filter(pk=entry.details["copy"]).select_related("document").first()
    if copy is None or copy.handed_at:
        raise Refused(_("Cette copie est déjà remise."))
    give_up(copy=copy, by=by)

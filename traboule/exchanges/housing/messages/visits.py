"""What households are told of visits."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell

from ..models import Listing, Visit

CHOICES = ("housing.visit-first", "housing.visit-second", "housing.visit-third")
YES, NO = "housing.visit-yes", "housing.visit-no"


class _Hour:
    """An hour, written when it is read, in the language of whoever reads."""

    def __init__(self, at: datetime.datetime) -> None:
        self.at = at

    def __str__(self) -> str:
        return date_format(timezone.localtime(self.at), "l j F, H:i")


class _Hours:
    """Hours, each with its number."""

    def __init__(self, hours: list[datetime.datetime]) -> None:
        self.hours = hours

    def __str__(self) -> str:
        return " ; ".join(f"{rank}) {_Hour(at)}" for rank, at in enumerate(self.hours, start=1))


def asked(visit: Visit) -> None:
    """The host is asked for hours."""
    _tell(
        visit,
        visit.host,
        kind="housing.visit-asked",
        subject=_("On aimerait visiter votre logement"),
        text=_("Le ménage qui laisse %(home)s aimerait visiter votre logement. Proposez-lui des "
               "heures."),
    )  # fmt: skip


def hours_given(visit: Visit) -> None:
    """The visitor chooses an hour by its digit."""
    hours = visit.hours_given
    _tell(
        visit,
        visit.visitor,
        kind="housing.visit-hours",
        subject=_("Quand visiter : %(home)s"),
        text=_("Vous pouvez visiter %(home)s : %(hours)s. Quelle heure vous va ?"),
        more={"hours": _Hours(hours)},
        answers={str(rank): CHOICES[rank - 1] for rank in range(1, len(hours) + 1)},
        answer_by=max(hours),
        moment="|".join(visit.hours),
    )


def is_set(visit: Visit) -> None:
    """Both know the hour; the visitor alone learns where it is."""
    home = visit.host.dwelling
    where = {"where": ", ".join(filter(None, [home.address, home.door, home.commune.name]))}
    _tell(
        visit,
        visit.visitor,
        kind="housing.visit-set",
        subject=_("Visite fixée : %(at)s"),
        text=_("Vous visitez %(home)s %(at)s, à cette adresse : %(where)s."),
        more=where,
    )
    _tell(
        visit,
        visit.host,
        kind="housing.visit-set",
        subject=_("Visite fixée : %(at)s"),
        text=_("Le ménage qui laisse %(home)s vient visiter votre logement %(at)s."),
    )


def tomorrow(visit: Visit) -> None:
    """Both are reminded the day before."""
    for one in (visit.visitor, visit.host):
        _tell(
            visit,
            one,
            kind="housing.visit-tomorrow",
            subject=_("Rappel : visite %(at)s"),
            text=_("Rappel : visite %(at)s, avec le ménage qui laisse %(home)s."),
        )


def how_was_it(visit: Visit, one: Listing) -> None:
    """Whoever has not said so is asked whether it was conclusive."""
    _tell(
        visit,
        one,
        kind="housing.visit-verdict",
        subject=_("La visite était-elle concluante ?"),
        text=_(
            "Vous avez rencontré le ménage qui laisse %(home)s. Aimeriez-vous faire cet échange ?"
        ),
        answers={"1": YES, "2": NO},
        answer_by=timezone.now() + datetime.timedelta(days=10),
    )


def judged(visit: Visit, listing: Listing, *, yes: bool) -> None:
    """The other household learns what was said of the visit."""
    other = visit.host if listing.pk == visit.visitor_id else visit.visitor
    said = _("Le ménage qui laisse %(home)s trouve la visite concluante. Si vous aussi, proposez "
             "l’échange.")  # fmt: skip
    not_said = _("Le ménage qui laisse %(home)s préfère ne pas aller plus loin.")
    _tell(
        visit,
        other,
        kind="housing.visit-judged",
        subject=_("Après la visite : %(home)s"),
        text=said if yes else not_said,
        moment="yes" if yes else "no",
    )


def cancelled(visit: Visit, *, by: Listing) -> None:
    """The other household learns that it does not take place."""
    _tell(
        visit,
        visit.host if by.pk == visit.visitor_id else visit.visitor,
        kind="housing.visit-cancelled",
        subject=_("Visite annulée : %(home)s"),
        text=_("La visite avec le ménage qui laisse %(home)s n’aura pas lieu."),
    )


def _tell(
    visit: Visit, one: Listing, *, kind: str, more: Any = None, moment: str = "", **words: Any
) -> None:
    if one.tenant is None:
        return
    other = visit.host if one.pk == visit.visitor_id else visit.visitor
    space = visit.visitor.space
    values: dict[str, Any] = {"home": str(other)} | (more or {})
    if visit.at:
        values["at"] = _Hour(visit.at)
    at = moment or (visit.at.isoformat() if visit.at else "")
    tell(
        person=one.tenant,
        kind=kind,
        values=values,
        url=reverse("housing:interests", args=[space.slug]),
        urgent=True,
        purse=space.purse,
        data={"visit": visit.pk, "listing": one.pk},
        key=f"{kind}:{visit.pk}:{one.pk}:{at}"[:120],
        **words,
    )

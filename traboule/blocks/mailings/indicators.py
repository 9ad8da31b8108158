"""What letters measure in a space, each with its definition."""

import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .models import Mailing, Recipient, Subscription

_DAY = datetime.timedelta(days=1)


def _within(period: Period, field: str) -> Q:
    """The condition that something happened in the period."""
    condition = Q()
    if period.start:
        condition &= Q(**{f"{field}__gte": _midnight(period.start)})
    if period.end:
        condition &= Q(**{f"{field}__lt": _midnight(period.end + _DAY)})
    return condition


def _midnight(day: datetime.date) -> datetime.datetime:
    return make_aware(datetime.datetime.combine(day, datetime.time()))


def _left(space: Space, period: Period) -> QuerySet[Mailing]:
    return Mailing.objects.left().filter(_within(period, "started_at"), space=space)


def sent(space: Space, period: Period) -> float:
    """Texts that left."""
    return _left(space, period).count()


def people_reached(space: Space, period: Period) -> QuerySet[Person]:
    """Those whom at least one of them reached."""
    reached = Recipient.objects.reached().filter(mailing__in=_left(space, period).order_by())
    return Person.objects.filter(pk__in=reached.order_by().values("person"))


def subscribers(space: Space, period: Period) -> QuerySet[Person]:
    """Those who received the letter at the end of the period because they asked for it."""
    until = _within(Period(end=period.end), "confirmed_at")
    standing = Q(state=Subscription.State.CONFIRMED)
    if period.end:
        standing |= Q(confirmed_at__isnull=False, ended_at__gte=_midnight(period.end + _DAY))
    theirs = Subscription.objects.filter(until, standing, space=space)
    return Person.objects.filter(pk__in=theirs.order_by().values("person"))


INDICATORS = (
    Indicator(
        key="mailings.sent",
        name=_("Lettres et messages envoyés"),
        unit=lambda n: ngettext("envoi", "envois", n),
        counts=_("Chaque texte parti à plusieurs personnes compte une fois, quel que soit le "
                 "nombre de personnes. Les brouillons ne comptent pas."),
        value=sent,
    ),
    Indicator(
        key="mailings.people-reached",
        name=_("Personnes jointes"),
        unit=lambda n: ngettext("personne jointe", "personnes jointes", n),
        counts=_("Les personnes qu’au moins un envoi a atteintes : e-mail ou SMS parti sans "
                 "retour, lettre postée, appel abouti, message lu ici. Chacune compte une fois."),
        value=lambda space, period: people_reached(space, period).count(),
        people=people_reached,
    ),
    Indicator(
        key="mailings.subscribers",
        name=_("Personnes abonnées à la lettre"),
        unit=lambda n: ngettext("personne abonnée", "personnes abonnées", n),
        counts=_("Les personnes qui ont demandé la lettre, l’ont confirmée et ne l’ont pas "
                 "arrêtée, à la fin de la période."),
        value=lambda space, period: subscribers(space, period).count(),
        people=subscribers,
    ),
)  # fmt: skip
"""The figures of this block."""

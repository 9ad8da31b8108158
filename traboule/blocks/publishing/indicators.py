"""What publications measure in a space, each with its definition."""

import datetime

from django.db.models import QuerySet, Sum
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .models import DayViews, Kind, Pair
from .models.publication import PublicationQuerySet


def _online(space: Space, period: Period) -> PublicationQuerySet:
    """What was put online in the period and still is."""
    found: PublicationQuerySet = space.publications.published()
    if period.start:
        found = found.filter(published_at__gte=_midnight(period.start))
    if period.end:
        found = found.filter(published_at__lt=_midnight(period.end + datetime.timedelta(days=1)))
    return found


def _midnight(day: datetime.date) -> datetime.datetime:
    return make_aware(datetime.datetime.combine(day, datetime.time()))


def published(space: Space, period: Period) -> int:
    """Publications put online."""
    return _online(space, period).count()


def tutorials(space: Space, period: Period) -> int:
    """Tutorials among them."""
    return _online(space, period).filter(kind=Kind.TUTORIAL).count()


def pairs(space: Space, period: Period) -> int:
    """Places shown before and after."""
    return Pair.objects.complete().filter(publication__in=_online(space, period)).count()


def views(space: Space, period: Period) -> int:
    """Readings in the period, of everything."""
    days = DayViews.objects.filter(publication__space=space)
    if period.start:
        days = days.filter(day__gte=period.start)
    if period.end:
        days = days.filter(day__lte=period.end)
    return days.aggregate(n=Sum("count", default=0))["n"]


def people_who_wrote(space: Space, period: Period) -> QuerySet[Person]:
    """The people whose words or pictures are online."""
    return Person.objects.filter(pk__in=_online(space, period).values("author"))


def authors(space: Space, period: Period) -> int:
    """How many they are."""
    return people_who_wrote(space, period).count()


INDICATORS = (
    Indicator(
        key="publishing.published",
        name=_("Publications en ligne"),
        unit=lambda n: ngettext("publication", "publications", n),
        counts=_("Ce qui a été mis en ligne pendant la période et l’est encore. Les brouillons et "
                 "ce qui a été retiré ne comptent pas."),
        value=published,
    ),
    Indicator(
        key="publishing.tutorials",
        name=_("Tutoriels"),
        unit=lambda n: ngettext("tutoriel", "tutoriels", n),
        counts=_("Les tutoriels mis en ligne pendant la période, et qui le sont encore."),
        value=tutorials,
    ),
    Indicator(
        key="publishing.pairs",
        name=_("Lieux avant et après"),
        unit=lambda n: ngettext("lieu", "lieux", n),
        counts=_("Un lieu compte quand ses deux photos sont là et que la publication est en "
                 "ligne."),
        value=pairs,
    ),
    Indicator(
        key="publishing.views",
        name=_("Lectures"),
        unit=lambda n: ngettext("lecture", "lectures", n),
        counts=_("Une page ouverte compte une fois par visite, sans traceur ni cookie : ce sont "
                 "des lectures, pas des personnes. Celles de l’équipe ne comptent pas, ni celles "
                 "d’un navigateur sans JavaScript."),
        value=views,
    ),
    Indicator(
        key="publishing.authors",
        name=_("Personnes qui publient"),
        unit=lambda n: ngettext("personne", "personnes", n),
        counts=_("Chaque personne dont au moins un texte ou une photo est en ligne compte une "
                 "fois, qu’elle l’ait saisi ou donné à quelqu’un."),
        value=authors,
        people=people_who_wrote,
    ),
)  # fmt: skip

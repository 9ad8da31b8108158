"""What outreach measures in a space, each with its definition."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.blocks.agenda.indicators import people_who_came
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .models import Exchange, ExchangeKind, FollowUp, FollowUpStep, StageChange
from .models.exchange import ExchangeQuerySet


def _midnight(day: datetime.date) -> datetime.datetime:
    return make_aware(datetime.datetime.combine(day, datetime.time()))


def within(period: Period, name: str) -> Q:
    """The condition that an instant falls in the period."""
    said = Q()
    if period.start:
        said &= Q((f"{name}__gte", _midnight(period.start)))
    if period.end:
        said &= Q((f"{name}__lt", _midnight(period.end + datetime.timedelta(days=1))))
    return said


def exchanges(space: Space, period: Period) -> ExchangeQuerySet:
    """Everything that went towards contacts in the period."""
    found = Exchange.objects.approaches().filter(within(period, "at"), contact__space=space)
    assert isinstance(found, ExchangeQuerySet)  # noqa: S101 (for those who read types)
    return found


def _people(rows: "QuerySet[Any]", path: str = "contact__person") -> QuerySet[Person]:
    return Person.objects.filter(pk__in=rows.order_by().values(path))


def people_approached(space: Space, period: Period) -> QuerySet[Person]:
    """Whom the team went towards, whether or not they answered."""
    return _people(exchanges(space, period))


def people_reached(space: Space, period: Period) -> QuerySet[Person]:
    """With whom one truly spoke."""
    return _people(exchanges(space, period).reached())


def people_advised(space: Space, period: Period) -> QuerySet[Person]:
    """Who got an advice in an exchange, or came to a workshop or an appointment."""
    advised = _people(exchanges(space, period).filter(is_advice=True))
    came = people_who_came(space, period)
    return Person.objects.filter(Q(pk__in=advised.values("pk")) | Q(pk__in=came.values("pk")))


def calls(space: Space, period: Period) -> int:
    """Calls made, answered or not."""
    return exchanges(space, period).filter(kind=ExchangeKind.CALL).count()


def visits(space: Space, period: Period) -> int:
    """Visits made, whether or not somebody was there."""
    return exchanges(space, period).filter(kind=ExchangeKind.VISIT).count()


def messages(space: Space, period: Period) -> int:
    """Individual e-mails, SMS and letters that left."""
    written = (ExchangeKind.EMAIL, ExchangeKind.SMS, ExchangeKind.LETTER)
    return exchanges(space, period).filter(kind__in=written).count()


def people_followed(space: Space, period: Period) -> QuerySet[Person]:
    """Who got a plan after a workshop."""
    plans = FollowUp.objects.filter(within(period, "created_at"), contact__space=space)
    return _people(plans)


def steps_done(space: Space, period: Period) -> int:
    """Steps of plans that are done."""
    steps = FollowUpStep.objects.filter(within(period, "done_at"), done_at__isnull=False)
    return steps.filter(follow_up__contact__space=space).count()


def people_who_moved_on(space: Space, period: Period) -> QuerySet[Person]:
    """Whose project went from one stage to another."""
    moves = StageChange.objects.filter(within(period, "at"), contact__space=space)
    return _people(moves.exclude(before=""))


def _count(people: Any) -> Any:
    return lambda space, period: people(space, period).count()


def _persons(n: int) -> str:
    return ngettext("personne", "personnes", n)


INDICATORS = (
    Indicator(
        key="outreach.contacts-approached",
        name=_("Personnes vers qui l’on est allé"),
        unit=_persons,
        counts=_("Les personnes différentes à qui l’équipe a téléphoné, écrit ou rendu visite, "
                 "qu’elles aient répondu ou non."),
        value=_count(people_approached),
        people=people_approached,
    ),
    Indicator(
        key="outreach.contacts-reached",
        name=_("Personnes jointes"),
        unit=_persons,
        counts=_("Les personnes différentes avec qui l’on s’est vraiment parlé : au téléphone, en "
                 "visite ou en rendez-vous. Un message laissé ne compte pas."),
        value=_count(people_reached),
        people=people_reached,
    ),
    Indicator(
        key="outreach.businesses-advised",
        name=_("Entreprises et projets conseillés"),
        unit=lambda n: ngettext("entreprise ou projet", "entreprises ou projets", n),
        counts=_("Les personnes différentes qui ont reçu un conseil, noté comme tel, ou qui sont "
                 "venues à un atelier ou un rendez-vous de l’agenda. Chacune compte pour une "
                 "entreprise ou un projet."),
        value=_count(people_advised),
        people=people_advised,
    ),
    Indicator(
        key="outreach.calls",
        name=_("Appels passés"),
        unit=lambda n: ngettext("appel", "appels", n),
        counts=_("Tous les appels notés, avec ou sans réponse."),
        value=calls,
    ),
    Indicator(
        key="outreach.visits",
        name=_("Visites faites"),
        unit=lambda n: ngettext("visite", "visites", n),
        counts=_("Toutes les visites notées, même quand personne n’était là."),
        value=visits,
    ),
    Indicator(
        key="outreach.messages",
        name=_("Messages individuels"),
        unit=lambda n: ngettext("message", "messages", n),
        counts=_("Les e-mails, SMS et courriers écrits à une seule personne, une fois partis."),
        value=messages,
    ),
    Indicator(
        key="outreach.followed-up",
        name=_("Personnes suivies après un atelier"),
        unit=_persons,
        counts=_("Les personnes différentes à qui un plan de suivi a été donné."),
        value=_count(people_followed),
        people=people_followed,
    ),
    Indicator(
        key="outreach.steps-done",
        name=_("Étapes de suivi faites"),
        unit=lambda n: ngettext("étape", "étapes", n),
        counts=_("Les étapes des plans de suivi notées comme faites."),
        value=steps_done,
    ),
    Indicator(
        key="outreach.moved-on",
        name=_("Projets qui ont changé d’étape"),
        unit=lambda n: ngettext("projet", "projets", n),
        counts=_("Les personnes différentes dont l’étape a changé, une fois une première étape "
                 "notée."),
        value=_count(people_who_moved_on),
        people=people_who_moved_on,
    ),
)  # fmt: skip

"""For whom a reader signs up, and what they already hold: what the pages of events need to know."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.choosing import BY_RELAY, Way, load, routes_of
from traboule.kernel.notices.costs import Forecast, forecast
from traboule.kernel.people.acting import people_i_act_for
from traboule.kernel.people.models import MandateScope, Person

from .models import Event, Signup, Watch

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def household(person: "Person | AnonymousUser") -> list[Person]:
    """The person, then those for whom they may sign up: children, and who gave a mandate."""
    if not isinstance(person, Person):
        return []
    return [person, *people_i_act_for(person, MandateScope.SIGN_UP)]


def held_by(people: Iterable[Person], event: Event) -> list[Signup]:
    """What these people hold of the event, or of its one-to-one slots."""
    theirs = Signup.objects.live().filter(Q(event=event) | Q(event__parent=event))
    chosen = theirs.filter(person__in=list(people)).select_related("person", "event", "enrolment")
    return list(chosen.order_by("person__name", "pk"))


def concerned(event: Event) -> QuerySet[Person]:
    """Whoever would be told if the event changed."""
    live = Signup.objects.live().filter(Q(event=event) | Q(event__parent=event))
    told = Q(pk__in=live.values("person"))
    if not event.takes_signups:
        told |= Q(pk__in=Watch.objects.filter(space=event.space_id).values("person"))
    return Person.objects.filter(told)


def concerned_onward(event: Event) -> QuerySet[Person]:
    """Whoever would be told if the event and those that follow in its series changed."""
    following = Event.objects.upcoming().filter(series=event.series_id, rank__gte=event.rank)
    live = Signup.objects.live().filter(event__in=following.order_by())
    return Person.objects.filter(pk__in=live.values("person"))


def cost_of_telling(people: Iterable[Person], event: Event, text: str) -> Forecast:
    """By which ways these people would be told that text, and for how much."""
    return forecast(people, text, event.space.purse)


@dataclass(frozen=True)
class Reach:
    """How a person is reached, in words and as a pictogram, and what one promises them aloud."""

    label: str | Promise
    icon: str
    promise: str | Promise = ""

    @property
    def surely(self) -> bool:
        """Whether a message of ours arrives."""
        return bool(self.promise)


REACHES = {
    Way.SMS: Reach(_("par SMS"), "smartphone", _("nous vous envoyons un SMS")),
    Way.EMAIL: Reach(_("par e-mail"), "mail", _("nous vous envoyons un e-mail")),
    Way.CALL: Reach(_("au téléphone"), "phone", _("nous vous appelons")),
    Way.POST: Reach(_("par courrier"), "file-text", _("nous vous écrivons par la poste")),
    Way.WEB: Reach(_("non joignable"), "triangle-alert"),
}
RELAYED = Reach(
    _("par sa personne relais"), "heart-handshake", _("nous le disons à votre personne relais")
)
THROUGH_GUARDIANS = Reach(_("par ses responsables"), "users", _("nous le disons aux responsables"))


def reaches_of(people: Iterable[Person]) -> dict[int, Reach]:
    """How each of these people is told something urgent, by key, in a fixed number of queries."""
    return {person.pk: _reach(person) for person in load(people)}


def _reach(person: Person) -> Reach:
    routes = routes_of(person, urgent=True)
    sure = next((route for route in routes if route.way != Way.WEB), None)
    if sure is None:
        return REACHES[Way.WEB]
    if sure.reason == BY_RELAY:
        return RELAYED
    return THROUGH_GUARDIANS if len(routes) > 1 or sure.recipient != person else REACHES[sure.way]

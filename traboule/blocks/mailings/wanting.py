"""Whom a text goes to: the groups it speaks to, less those who do not want news."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.consents import ConsentState, states_for
from traboule.kernel.people.models import Person, Purpose
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.audiences import Audience
from traboule.kernel.spaces.models import Space

from .models import Mailing, Subscription

SUBSCRIBERS = "mailings:subscribers"


def subscribers_of(space: Space) -> QuerySet[Person]:
    """Those who receive the letter of a space because they asked for it."""
    standing = Subscription.objects.standing().filter(space=space)
    return Person.objects.filter(pk__in=standing.order_by().values("person"))


def people_of(mailing: Mailing) -> QuerySet[Person]:
    """Everybody in the groups it speaks to, each once, whatever they want."""
    known = {one.key: one for one in audiences.of(mailing.space)}
    groups = [known[key] for key in mailing.audience_keys if key in known]
    if not groups:
        return Person.objects.none()
    condition = Q()
    for group in groups:
        condition |= Q(pk__in=group.people().order_by().values("pk"))
    return Person.objects.filter(condition, erased_at__isnull=True)


def gone_groups(mailing: Mailing) -> bool:
    """Whether a group it speaks to does not exist any more."""
    return not set(mailing.audience_keys) <= {one.key for one in audiences.of(mailing.space)}


def wanting(mailing: Mailing, people: Iterable[Person]) -> set[int]:
    """The keys of those of them whom it may go to; three queries for any number.

    What is statutory goes to all. News go to who asked for the letter, and to who takes part
    unless they said stop, or no to « contact ».
    """
    people = [one for one in people if one.erased_at is None]
    if not mailing.is_news:
        return {one.pk for one in people}
    said = dict(
        Subscription.objects.filter(space=mailing.space, person__in=people)
        .order_by()
        .values_list("person_id", "state")
    )
    contact = states_for(people, [Purpose.CONTACT], scope=mailing.space.key)
    return {
        one.pk
        for one in people
        if said.get(one.pk) == Subscription.State.CONFIRMED
        or (
            said.get(one.pk) != Subscription.State.ENDED
            and contact[one.pk][Purpose.CONTACT] != ConsentState.REFUSED
        )
    }


def audiences_of(space: Space) -> Iterable[Audience]:
    """The group that letters add to those of the space."""
    yield Audience(
        key=SUBSCRIBERS,
        label=_("Les personnes abonnées à la lettre"),
        people=lambda: subscribers_of(space),
    )

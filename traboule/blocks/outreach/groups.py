"""The segments of a space, as groups that invitations and mailings can speak to."""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.audiences import Audience
from traboule.kernel.spaces.models import Space

from .filters import Filters


def of_space(space: Space) -> Iterator[Audience]:
    """Every segment, and all the contacts who may be approached."""
    yield Audience(
        key="outreach:contacts", label=_("Tous les contacts"), people=_people(space, Filters())
    )
    for segment in space.outreach_segments.order_by("name", "pk"):
        yield Audience(
            key=f"outreach:segment-{segment.pk}",
            label=_("Contacts : %(name)s") % {"name": segment.name},
            people=_people(space, Filters.read(segment.filters)),
        )


def _people(space: Space, filters: Filters) -> Callable[[], QuerySet[Person]]:
    def people() -> QuerySet[Person]:
        contacts = filters.apply(space).may_be_approached()
        return Person.objects.filter(pk__in=contacts.order_by().values("person"))

    return people

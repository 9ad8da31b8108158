"""The groups of a composition to which a space can speak."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.audiences import Audience
from traboule.kernel.spaces.models import Space

from .models import Member


def of(space: Space) -> Iterable[Audience]:
    """Everyone who sits or may, those who hold a seat, the bureau, each college."""
    current = Member.objects.current().filter(space=space)
    yield _audience("all", _("La composition, suppléances comprises"), current)
    yield _audience("titular", _("Les titulaires"), current.titular())
    yield _audience("bureau", _("Le bureau"), current.bureau())
    for college in space.colleges.all():
        label = _("Le collège %(name)s") % {"name": college}
        yield _audience(f"college-{college.pk}", label, current.filter(college=college))


def _audience(key: str, label: str, members: QuerySet[Member]) -> Audience:
    def people() -> QuerySet[Person]:
        return Person.objects.filter(
            pk__in=members.order_by().values("person"), erased_at__isnull=True
        )

    return Audience(key=f"roster:{key}", label=label, people=people)

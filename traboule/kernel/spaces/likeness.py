"""Telling that someone about to be added may be here already, so that nobody is there twice."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from traboule.kernel.people import names
from traboule.kernel.people.channels import read_address
from traboule.kernel.people.models import Person

from .models import Participation, Role, Space

MOST_SHOWN = 5


def people_like(
    space: Space, *, by: Person, name: str, phone: str = "", email: str = ""
) -> list[Person]:
    """Those who may be the person of that name, number or address.

    Only among people whom ``by`` already knows, since they facilitate a space of theirs: a number
    typed at random must not tell whose it is.
    """
    values = [value for value in (_normal(phone), _normal(email)) if value]
    theirs = Participation.objects.current().at_least(Role.FACILITATOR).filter(person=by)
    known = Participation.objects.filter(
        Q(space=space) | Q(space__in=theirs.values("space")), person__erased_at__isnull=True
    )
    same = known.filter(person__channels__value__in=values).values("person")
    found = list(Person.objects.filter(pk__in=same).order_by("pk"))
    here = Person.objects.filter(
        participations__space=space, erased_at__isnull=True, is_guest=False
    ).exclude(pk__in=same)
    found += [one for one in here.order_by("pk") if names.are_close(name, one.name)]
    return found[:MOST_SHOWN]


def _normal(address: str) -> str:
    try:
        return read_address(address)[1] if address else ""
    except ValidationError:
        return ""

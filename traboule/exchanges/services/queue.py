"""Who waits for a call, in the queue « nobody falls through »."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.notices.followup import MOST, Item
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Role

from .models import CallBack

CALL_BACK = gettext_lazy("À rappeler pour un service")


def to_call_back(person: Person) -> Iterable[Item]:
    """Those who asked by SMS, in the spaces that this person facilitates."""
    own = Participation.objects.current().at_least(Role.FACILITATOR).filter(person=person)
    rows = CallBack.objects.waiting().filter(
        space__in=own.values("space"), space__closed_at__isnull=True
    )
    for waiting in rows.select_related("person", "space__initiative")[:MOST]:
        who = waiting.person.name if waiting.person else _("Quelqu’un")
        where = reverse("services:calls", args=[waiting.space.slug])
        yield Item(
            group=CALL_BACK,
            title=waiting.words or _("Un coup de main"),
            why=_("%(who)s demande qu’on rappelle au %(number)s.")
            % {"who": who, "number": waiting.number_shown},
            next_step=_("Appelez, et notez la demande."),
            since=waiting.asked_at,
            person=waiting.person,
            href=f"{where}?{urlencode({'qui': waiting.number})}",
        )

"""What outreach tells those who work with it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.notices.actions import tell
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space


def due(person: Person, space: Space, number: int, *, key: str) -> None:
    """So many things to do with contacts have come to their day."""
    tell(
        person=person,
        kind="outreach.due",
        subject=_("Aller vers : ce qui vous attend"),
        text=lambda: (
            ngettext(
                "%(space)s : %(n)d contact attend votre appel, votre message ou votre visite.",
                "%(space)s : %(n)d contacts attendent votre appel, votre message ou votre visite.",
                number,
            )
            % {"space": str(space), "n": number}
        ),
        url=reverse("outreach:today", args=[space.slug]),
        data={"space": space.pk},
        key=key,
    )

"""What a household answers to its landlord's refusal."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.notices.answers import Via
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.models import Person

from ..actions import checking
from ..messages.checking import APPEAL as KEY
from ..models import Check


def appeal(notice: Notice, person: Person, *, by: Person, via: Via) -> str:
    """Ask that someone else look again."""
    check = Check.objects.select_related("listing__space").get(pk=notice.data["check"])
    checking.appeal(check=check, by=by)
    return _("C’est noté : une autre personne va revoir votre annonce. Nous vous dirons.")


APPEAL = {
    "key": KEY,
    "handler": appeal,
    "label": gettext_lazy("Demander que ce soit revu"),
    "words": ("revoir", "recours"),
}

"""What people answer to moderation's messages, by SMS, on the web or to whoever calls them."""

from typing import Any

from django.utils.translation import gettext as _

from traboule.kernel.people.models import Person

from . import actions
from .models import Hiding


def contest(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """« 1 : je conteste »; what to answer back."""
    hiding = Hiding.objects.get(pk=notice.data["hiding"])
    actions.appeal(hiding=hiding, by=by, for_=None if by == person else person)
    return _("C’est noté. Une autre personne va regarder, et vous aurez sa réponse ici.")

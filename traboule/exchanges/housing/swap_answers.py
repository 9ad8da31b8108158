"""What households answer to an exchange proposed to them: by SMS, on the web, or to who calls."""

from typing import Any

from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from .actions import swaps
from .models import Move, SwapState


def yes(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """They would move there."""
    swap = swaps.answer(move=_asked(notice, person), by=by, yes=True)
    if swap.state == SwapState.AGREED:
        return _("C’est noté. Tous les ménages sont d’accord : les bailleurs étudient le dossier.")
    return _("C’est noté, merci. Nous vous prévenons dès que tout le monde a répondu.")


def no(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """They would rather not."""
    swaps.answer(move=_asked(notice, person), by=by, yes=False)
    return _("C’est noté : cet échange s’arrête. Votre annonce continue.")


def _asked(notice: Any, person: Person) -> Move:
    moves = Move.objects.filter(listing__tenant=person).select_related("swap__space")
    move = moves.filter(pk=notice.data.get("move")).first()
    if move is None:
        raise Refused(_("Cet échange n’est plus là. Appelez-nous si vous avez un doute."))
    return move

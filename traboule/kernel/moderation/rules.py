"""Who moderates, who may post, and whose words show at once."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import MandateScope, Person
from traboule.kernel.people.rules import can_act_for, is_editor
from traboule.kernel.spaces.models import Role, Space
from traboule.kernel.spaces.rules import can_facilitate

from . import kinds
from .models import Hiding, Standing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

can_moderate = can_facilitate
"""``can_moderate(person, space)``: the team of a space moderates it."""


def can_hide(person: "Person | AnonymousUser", thing: Any) -> bool:
    """Whether they moderate where this stands, and did not write it."""
    kind = kinds.kind_of(thing)
    return can_moderate(person, kind.space(thing)) and kind.author(thing) != person


def can_read_hiding(person: "Person | AnonymousUser", hiding: Hiding) -> bool:
    """Whether they read a decision whole: its author, who answers for them, who moderates."""
    return (
        can_appeal(person, hiding)
        or can_moderate(person, hiding.space)
        or can_decide(person, hiding)
    )


def can_appeal(person: "Person | AnonymousUser", hiding: Hiding) -> bool:
    """Whether an appeal from them counts: the author’s, or of someone who may act for them.

    The team writes down what an author says on the telephone or by letter.
    """
    if hiding.author is None or not person.is_authenticated:
        return False
    acts = can_act_for(person, hiding.author, MandateScope.ALL)
    return acts or can_moderate(person, hiding.space)


def can_decide(person: "Person | AnonymousUser", hiding: Hiding) -> bool:
    """Whether an appeal is theirs to decide: moderates there, and neither hid nor wrote it.

    Where nobody else moderates, the editors of the territory do.
    """
    if person.pk in {hiding.by_id, hiding.author_id} or not person.is_authenticated:
        return False
    if can_moderate(person, hiding.space):
        return True
    edits = is_editor(person, hiding.space.department_code)
    return edits and not other_moderators(hiding)


def other_moderators(hiding: Hiding) -> list[Person]:
    """The people of the team who may decide an appeal."""
    team = hiding.space.roll().at_least(Role.FACILITATOR)
    others = (one.person for one in team if one.person.is_active)
    return [one for one in others if one.pk not in {hiding.by_id, hiding.author_id}]


def standing_of(person: "Person | AnonymousUser", space: Space) -> Standing | None:
    """How far they are trusted there, if that was ever written."""
    if not person.is_authenticated:
        return None
    return Standing.objects.filter(space=space, person=person).first()


def shows_at_once(person: "Person | AnonymousUser", space: Space) -> bool:
    """Whether what they post there shows at once; otherwise a moderator reads it first."""
    if can_moderate(person, space):
        return True
    standing = standing_of(person, space)
    return (
        standing is not None and standing.level == Standing.Level.TRUSTED and not standing.is_held
    )


def may_post(person: "Person | AnonymousUser", space: Space) -> None:
    """Raises Refused while they are held back, with the reason and until when."""
    standing = standing_of(person, space)
    if standing and standing.is_held:
        until = date_format(timezone.localtime(standing.held_until), _("j F Y"))
        raise Refused(
            _("Vous ne pouvez rien publier ici jusqu’au %(until)s. Raison : %(reason)s")
            % {"until": until, "reason": standing.reason}
        )

"""What the team has to do about declarations, most pressing first, with its one button."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.models import Space

from .models import Declaration, DeclarationState, Service
from .models.declaration import DeclarationQuerySet

S = DeclarationState
MOST_DONE = 30
"""How many of those that are over are shown."""


@dataclass
class Group:
    """Declarations for which one does the same; ``act`` is that of the button, if there is one."""

    title: str | Promise
    what: str | Promise
    act: str = ""
    button: str | Promise = ""
    rows: list[Declaration] = field(default_factory=list)


def desk(space: Space) -> list[Group]:
    """Groups that are not empty."""
    groups = {
        "refused": Group(
            _("Refusées"), _("Corrigez ce qui est dit, puis renvoyez."), "encore", _("Renvoyer")
        ),
        "unpaid": Group(
            _("Prélèvements refusés"),
            _("Appelez l’employeur : il paie autrement, ou refait son autorisation."),
            "versee", _("C’est réglé"),
        ),
        "copy": Group(_("À recopier sur le site de l’Urssaf"), _("Avec l’employeur, ou pour lui.")),
        "money": Group(
            _("Cesu+ : l’argent est-il arrivé ?"),
            _("Demandez à la personne employée, quatre jours après."), "versee", _("C’est versé"),
        ),
        "late": Group(
            _("L’Urssaf ne répond pas"), _("Nous réessayons sans cesse."), "a-la-main",
            _("Recopier à la main"),
        ),
        "look": Group(_("À regarder"), _("L’Urssaf compte ou dit autrement que nous.")),
        "waiting": Group(_("En route"), _("Rien à faire.")),
        "done": Group(_("Terminées"), _("Les dernières.")),
    }  # fmt: skip
    for one in standing(space).for_listing().order_by("made_at", "pk"):
        groups[_group_of(one)].rows.append(one)
    over = _of(space).for_listing().filter(state=S.DONE).order_by("-done_at", "-pk")
    for one in over[:MOST_DONE]:
        groups["look" if one.problem else "done"].rows.append(one)
    return [group for group in groups.values() if group.rows]


def standing(space: Space) -> DeclarationQuerySet:
    """Those that are not over; a refused one is, once it was sent again."""
    anew = Declaration.objects.live().filter(payslip=OuterRef("payslip"))
    under_way = _of(space).exclude(state__in=[S.DONE, S.CANCELLED])
    return under_way.exclude(Exists(anew), state=S.REFUSED)


def to_put_right(space: Space) -> int:
    """How many Urssaf or a bank refused."""
    return standing(space).filter(state__in=[S.REFUSED, S.UNPAID]).count()


def _of(space: Space) -> DeclarationQuerySet:
    return Declaration.objects.filter(payslip__contract__household__space=space)


def _group_of(one: Declaration) -> str:
    if one.state == S.REFUSED:
        return "refused"
    if one.state == S.UNPAID:
        return "unpaid"
    if one.service == Service.FILE:
        return "copy"
    if one.service == Service.CESU and one.state == S.SENT:
        return "money"
    if one.state == S.TO_SEND and one.tries:
        return "late"
    return "look" if one.problem else "waiting"

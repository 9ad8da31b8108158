"""What the team has to do about declarations, most pressing first, with its one button."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.models import Space

from .models import Declaration, DeclarationState, Service

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
    rows = Declaration.objects.for_listing().filter(payslip__contract__household__space=space)
    anew = Declaration.objects.live().filter(payslip=OuterRef("payslip"))
    under_way = rows.exclude(state__in=[S.DONE, S.CANCELLED])
    for one in under_way.exclude(Exists(anew), state=S.REFUSED).order_by("made_at", "pk"):
        groups[_group_of(one)].rows.append(one)
    over = rows.filter(state=S.DONE).order_by("-done_at", "-pk")[:MOST_DONE]
    for one in over:
        groups["look" if one.problem else "done"].rows.append(one)
    return [group for group in groups.values() if group.rows]


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

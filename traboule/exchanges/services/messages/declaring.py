"""What households, workers and the team are told of declarations."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Role, Space

from ..models import Declaration, DeclarationState, Household, Service
from ..urssaf.advance import ENROLMENT
from .telling import say

S = DeclarationState


def to_copy(declaration: Declaration) -> None:
    """The household has a declaration to copy on Urssaf's site, or to have copied."""
    _tell_household(
        declaration,
        "to-copy",
        subject=_("À déclarer à l’Urssaf : %(month)s"),
        text=_("Les heures de %(month)s sont à déclarer. La page donne chaque case à recopier ; "
               "l’équipe peut le faire avec vous."),
    )  # fmt: skip


HOUSEHOLD: dict[str, tuple[str | Promise, str | Promise]] = {
    S.WAITING: (
        _("L’Urssaf attend votre accord : %(month)s"),
        _("L’Urssaf vous écrit pour %(month)s. Vous avez 48 heures pour dire non ; sans réponse, "
          "c’est oui."),
    ),
    S.DONE: (
        _("C’est déclaré : %(month)s"),
        _("Les heures de %(month)s sont déclarées. Vous n’avez rien à faire."),
    ),
    S.UNPAID: (
        _("Prélèvement refusé : %(month)s"),
        _("Votre banque a refusé à l’Urssaf le prélèvement de %(month)s. L’équipe vous appelle."),
    ),
}  # fmt: skip
TEAM: dict[str, tuple[str | Promise, str | Promise]] = {
    S.REFUSED: (
        _("Déclaration refusée : %(code)s"),
        _("L’Urssaf refuse %(code)s. %(problem)s"),
    ),
    S.UNPAID: (
        _("Prélèvement refusé : %(code)s"),
        _("Le prélèvement de %(code)s est refusé. Appelez l’employeur."),
    ),
}


def moved(declaration: Declaration) -> None:
    """Who has something to do, or may rest, learns it; not what one has just done by hand."""
    state = declaration.state
    if state in HOUSEHOLD and declaration.service != Service.FILE:
        subject, text = HOUSEHOLD[state]
        urgent = state != S.DONE
        _tell_household(declaration, state, subject=subject, text=text, urgent=urgent)
    if state in TEAM:
        subject, text = TEAM[state]
        _tell_team(declaration, state, subject=subject, text=text)


def down(declaration: Declaration) -> None:
    """After a day, the team learns that Urssaf does not answer."""
    _tell_team(
        declaration,
        "down",
        subject=_("L’Urssaf ne répond pas depuis un jour : %(code)s"),
        text=_("%(code)s n’est pas encore parti. Nous réessayons. %(problem)s"),
    )


def differs(declaration: Declaration) -> None:
    """The team learns that Urssaf counts otherwise than we do."""
    _tell_team(
        declaration,
        "differs",
        subject=_("L’Urssaf compte autrement : %(code)s"),
        text=_("%(problem)s C’est le compte de l’Urssaf qui vaut."),
    )


def odd(declaration: Declaration) -> None:
    """The team looks at what no rule foresees."""
    _tell_team(
        declaration,
        f"odd:{declaration.remote_state}",
        subject=_("À regarder à l’Urssaf : %(code)s"),
        text=_("%(problem)s Regardez sur le site de l’Urssaf, ou appelez-la."),
    )


def enrolment(household: Household) -> None:
    """The household learns where its tax credit at once is."""
    say(
        household.person,
        household.space,
        kind="services.enrolment",
        key=f"services.enrolment:{household.pk}:{household.advance_id}:{household.advance_state}",
        subject=_("Votre avance immédiate"),
        text=ENROLMENT.get(household.advance_state, _("Demandez à l’équipe où cela en est.")),
        url=reverse("services:advance", args=[household.space.slug, household.pk]),
        data={"household": household.pk},
    )


def mandate_to_end(household: Household) -> None:
    """Urssaf did not hear that a mandate ended: the team tells it."""
    for person in _team(household.space):
        say(
            person,
            household.space,
            kind="services.mandate-to-end",
            key=f"services.mandate-to-end:{household.pk}:{person.pk}:{household.cesu_number}",
            subject=_("Un mandat à arrêter à l’Urssaf"),
            text=_("Un employeur ne veut plus que nous déclarions, et l’Urssaf n’a pas répondu. "
                   "Dites-le lui : %(number)s."),
            values={"number": household.cesu_number},
            url=reverse("services:declarations", args=[household.space.slug]),
        )  # fmt: skip


def _tell_household(declaration: Declaration, what: str, **words: Any) -> None:
    household = declaration.payslip.contract.household
    say(
        household.person,
        household.space,
        kind=f"services.declaration-{what}",
        key=f"services.declaration:{declaration.pk}:{what}",
        values=_values(declaration),
        url=_of(declaration),
        data={"declaration": declaration.pk},
        **words,
    )


def _tell_team(declaration: Declaration, what: str, **words: Any) -> None:
    space = declaration.payslip.contract.household.space
    for person in _team(space):
        say(
            person,
            space,
            kind=f"services.declaration-{what.partition(':')[0]}",
            key=f"services.declaration:{declaration.pk}:{what}:{person.pk}",
            values=_values(declaration),
            url=_of(declaration),
            data={"declaration": declaration.pk},
            **words,
        )


def _values(declaration: Declaration) -> dict[str, object]:
    return {
        "month": str(declaration.payslip),
        "code": declaration.payslip.code,
        "problem": declaration.problem,
    }


def _of(declaration: Declaration) -> str:
    slug = declaration.payslip.contract.household.space.slug
    return reverse("services:declaration", args=[slug, declaration.pk])


def _team(space: Space) -> list[Person]:
    roll = space.participations.current().filter(role=Role.COORDINATOR)
    return [one.person for one in roll.select_related("person").order_by("pk")]

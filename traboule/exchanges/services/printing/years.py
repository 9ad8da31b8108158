"""Statements of a year: what a household paid and is given back, what a worker earned."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from ..months import HouseholdYear, WorkerYear
from .papers import Paper, Part, euros, hours, month, printed


def of_household(found: HouseholdYear) -> bytes:
    """The statement of one household."""
    return printed(_household(found, ()))


def of_households(found: Sequence[tuple[HouseholdYear, Sequence[str]]]) -> bytes:
    """Those of many, each with its address for the window of an envelope."""
    papers = []
    for one, lines in found:
        person = one.household.person
        with translation.override(person.language if person else None):
            papers.append(_household(one, lines))
    return printed(*papers, title=_("Relevés de l’année à poster"))


def _household(found: HouseholdYear, to: Sequence[str]) -> Paper:
    person = found.household.person
    return Paper(
        title=_("Vos services de l’année %(year)s") % {"year": found.year},
        lead=str(found.household),
        to=to,
        large=bool(person and person.large_type),
        parts=[_spent(found), _credit(found), _reserve(found)],
        footer=_("Services entre voisins"),
    )


def _spent(found: HouseholdYear) -> Part:
    heads = [_("Service"), _("Heures"), _("Salaire net"), _("Urssaf"), _("En tout"),
             _("Compte pour les impôts")]  # fmt: skip
    rows = [
        [str(one.kind.label), hours(one.hours), euros(one.net), euros(one.due), euros(one.cost),
         euros(one.counted)]
        for one in found.spent
    ]  # fmt: skip
    words = [] if rows else [_("Rien de payé cette année-là.")]
    return Part(title=_("Ce que vous avez payé"), heads=heads, rows=rows, words=words)


def _reserve(found: HouseholdYear) -> Part:
    ours = _(
        "Ce relevé vous aide. L’attestation fiscale de l’Urssaf fait foi : si les deux ne "
        "disent pas la même chose, appelez-nous."
    )
    unsaid = _(
        "Vous recevez une aide pour ces services (APA, PCH, chèques de votre employeur) ? "
        "Dites-le-nous : il faut la retirer."
    )
    return Part(words=[ours] if found.aids is not None else [ours, unsaid])


def _credit(found: HouseholdYear) -> Part:
    title = _("Ce que les impôts vous rendent")
    if found.credit is None:
        return Part(title=title, words=[found.problem])
    box = "7DQ" if found.household.first_year else "7DB"
    facts = [
        (_("Payé en tout"), euros(found.cost)),
        *([(_("Aides reçues, à retirer"), euros(found.aids))] if found.aids else []),
        (_("À écrire case %(box)s de votre déclaration") % {"box": box}, euros(found.counted)),
        (_("Plafond de votre foyer"), euros(found.credit.cap)),
        (_("Crédit d’impôt"), euros(found.credit.credit)),
    ]
    if found.advanced:
        facts.append(
            (_("Dont payé avec l’avance immédiate, déjà réduit de moitié"), euros(found.advanced))
        )
    ceilings = [
        _("%(kind)s : compte jusqu’à %(most)s par an.")
        % {"kind": one.kind.label, "most": euros(one.counted)}
        for one in found.spent
        if one.kind.ceiling and one.counted < one.cost
    ]
    left = [
        _("%(kind)s : %(why)s.")
        % {"kind": one.kind.label, "why": found.credit.left_out[one.kind.credit]}
        for one in found.spent
        if one.kind.credit in found.credit.left_out
    ]
    return Part(title=title, facts=facts, words=[*ceilings, *left])


def of_worker(found: WorkerYear) -> bytes:
    """The statement of one worker, employer by employer."""
    heads = [_("Mois"), _("Heures"), _("Net payé"), _("Net imposable")]
    parts = [
        Part(
            title=str(household),
            heads=heads,
            rows=[
                [month(one.month), hours(one.hours), euros(one.net), euros(one.taxable)]
                for one in months
            ],
        )
        for household, months in found.by_employer
    ]
    check = _("L’Urssaf l’a dit aux impôts : vérifiez que votre déclaration dit la même chose.")
    total = [(_("Net imposable de l’année"), euros(found.taxable))]
    return printed(
        Paper(
            title=_("Vos salaires de l’année %(year)s") % {"year": found.year},
            lead=str(found.worker),
            parts=[*parts, Part(title=_("Pour les impôts"), facts=total, words=[check])],
            footer=_("Services entre voisins"),
        )
    )

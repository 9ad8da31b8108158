"""The mandate to declare at the Cesu, to sign by hand (Code de la sécurité sociale L133-11)."""

from django.utils.translation import gettext as _

from ..models import Household
from .papers import Paper, Part, fact, made_at, printed


def mandate_paper(household: Household) -> bytes:
    """Two copies are printed by whoever prints it."""
    home = f"{household.address}, {household.commune}" if household.address else ""
    holder = household.space.initiative.holder
    said = _(
        "Je donne mandat à %(holder)s pour déclarer en mon nom, à l’Urssaf service Cesu, les "
        "salaires que je verse, et pour y lire ce qui concerne ces déclarations."
    ) % {"holder": holder}
    ends = _("Je peux arrêter ce mandat à tout moment, en le disant : l’association l’annule.")
    keeps = _("Je reste l’employeur : je paie le salaire, et l’Urssaf prélève mes cotisations.")
    return printed(
        Paper(
            title=_("Mandat pour déclarer au Cesu"),
            lead=_("Code de la sécurité sociale, article L133-11"),
            parts=[
                Part(
                    facts=[
                        fact(_("Employeur"), household),
                        fact(_("Adresse"), home),
                        fact(_("Numéro Cesu"), household.cesu_number),
                    ]
                ),
                Part(words=[said, keeps, ends]),
            ],
            made=made_at(household.commune.name),
            signatures=[_("L’employeur"), _("L’association")],
            footer=str(holder),
        )
    )

"""The three papers due when a contract ends (Code du travail L1234-19, L1234-20, R1234-9).

Written for who signs them: what this software does not know is left to be filled by hand.
"""

from django.utils.translation import gettext as _

from ..models import Contract, Ending, Payslip, Term
from ..months import Month, chain_of, months_of
from .papers import (
    TO_FILL,
    Paper,
    Part,
    day,
    euros,
    fact,
    hours,
    known,
    made_at,
    month,
    printed,
)

MOST_MONTHS = 37
"""How many months France Travail asks for."""


def certificate(contract: Contract) -> bytes:
    """The certificate of work: from when to when, in which jobs, and nothing else."""
    chain = chain_of(contract)
    said = _(
        "L’employeur certifie avoir employé %(name)s, qui demeure %(address)s, du %(first)s au "
        "%(last)s."
    ) % {
        "name": contract.worker,
        "address": known(contract.worker.address),
        "first": day(chain[0].hired_on),
        "last": day(contract.ended_on),
    }
    free = _("La personne employée quitte cet emploi libre de tout engagement.")
    jobs = [[one.job, day(one.begins_on), day(one.ended_on)] for one in chain]
    return printed(
        Paper(
            title=_("Certificat de travail"),
            lead=_("Code du travail, article L1234-19"),
            parts=[
                Part(facts=_employer(contract)),
                Part(words=[said]),
                Part(title=_("Emplois"), heads=[_("Emploi"), _("du"), _("au")], rows=jobs),
                Part(words=[free]),
            ],
            made=made_at(contract.household.commune.name),
            signatures=[_("L’employeur")],
            footer=_footer(contract),
        )
    )


def settlement(contract: Contract) -> bytes:
    """The receipt for the final settlement: what the last payslip paid, what may come beside."""
    received = _(
        "Je, %(name)s, reconnais avoir reçu, pour la fin de mon contrat de travail le %(day)s :"
    ) % {"name": contract.worker, "day": day(contract.ended_on)}
    denounced = _(
        "Ce reçu peut être dénoncé par lettre recommandée dans les six mois qui suivent la "
        "signature. Ensuite, il vaut pour les sommes qui y sont écrites."
    )
    paid = _("Payé le %(dots)s par %(dots)s.") % {"dots": TO_FILL}
    rows = [*_last_sums(contract), *([label, f"{TO_FILL} €"] for label in _beside(contract))]
    return printed(
        Paper(
            title=_("Reçu pour solde de tout compte"),
            lead=_("Code du travail, article L1234-20. En deux exemplaires, un pour chacun."),
            warning=_("À compléter à la main : ce site ne calcule pas les indemnités de fin."),
            parts=[
                Part(facts=_employer(contract)),
                Part(words=[received]),
                Part(heads=[_("Somme"), _("Montant")], rows=rows),
                Part(words=[paid, denounced]),
            ],
            made=made_at(contract.household.commune.name),
            signatures=[_("L’employeur"), _("La personne employée")],
            footer=_footer(contract),
        )
    )


def _last_sums(contract: Contract) -> list[list[str]]:
    rows = []
    for one in _months(contract)[-1:]:
        rows.append([_("Salaire net, %(month)s") % {"month": month(one.month)}, euros(one.net)])
        if one.costs:
            rows.append([_("Frais rendus"), euros(one.costs)])
    return rows


def _beside(contract: Contract) -> list[str]:
    """Sums that the law may add at the end, and that are counted by hand."""
    found = [_("Congés non pris, s’ils ne sont pas payés avec chaque heure")]
    if contract.term == Term.FIXED and contract.ending == Ending.TERM:
        found.append(_("Indemnité de fin de contrat (10 %, s’il y a lieu)"))
    if contract.ending == Ending.DISMISSED:
        found += [_("Préavis non fait"), _("Indemnité de licenciement, après huit mois")]
    if contract.ending == Ending.AGREED:
        found.append(_("Indemnité de rupture"))
    return [*found, _("Total")]


def attestation(contract: Contract) -> bytes:
    """All that France Travail's own form asks and that is known here, in its order."""
    rows = [
        [month(one.month), hours(one.hours), euros(one.gross), euros(one.taxable)]
        for one in _months(contract)[-MOST_MONTHS:]
    ]
    reason = [fact(_("Motif"), contract.get_ending_display())]
    heads = [_("Mois"), _("Heures"), _("Brut"), _("Net imposable")]
    at_the_end = [fact(label, "") for label in _beside(contract)]
    return printed(
        Paper(
            title=_("Pour l’attestation France Travail"),
            lead=_("Code du travail, article R1234-9"),
            warning=_(
                "Préparé pour vous aider. Seul le formulaire de France Travail est valable : "
                "recopiez ceci dans votre compte Cesu ou Pajemploi."
            ),
            parts=[
                Part(title=_("1. L’employeur"), facts=_employer(contract)),
                Part(title=_("2. La personne employée"), facts=_worker(contract)),
                Part(title=_("3. L’emploi"), facts=_job(contract)),
                Part(title=_("4. Pourquoi le contrat finit"), facts=reason),
                Part(title=_("5. Salaires, mois par mois"), heads=heads, rows=rows),
                Part(title=_("6. Sommes payées à la fin"), facts=at_the_end),
            ],
            footer=_footer(contract),
        )
    )


def _worker(contract: Contract) -> list[tuple[str, str]]:
    worker = contract.worker
    return [
        fact(_("Nom et prénoms"), worker),
        fact(_("Numéro de sécurité sociale"), worker.nir),
        fact(_("Date de naissance"), day(worker.born_on)),
        fact(_("Lieu de naissance"), worker.birthplace),
        fact(_("Adresse"), worker.address),
    ]


def _job(contract: Contract) -> list[tuple[str, str]]:
    return [
        fact(_("Emploi"), contract.job),
        fact(_("Niveau de la convention (IDCC 3239)"), contract.level),
        fact(_("Contrat"), contract.get_term_display()),
        fact(_("Date d’embauche"), day(chain_of(contract)[0].hired_on)),
        fact(_("Dernier jour travaillé"), day(contract.ended_on)),
        fact(_("Jours et heures"), contract.when_words),
        fact(_("Préavis fait, du … au …"), ""),
    ]


PAPERS = {"certificat": certificate, "solde": settlement, "france-travail": attestation}


def _employer(contract: Contract) -> list[tuple[str, str]]:
    household = contract.household
    home = f"{household.address}, {household.commune}" if household.address else ""
    return [
        fact(_("Employeur"), household),
        fact(_("Adresse"), home),
        fact(_("Numéro Cesu"), household.cesu_number),
    ]


def _months(contract: Contract) -> list[Month]:
    return months_of(Payslip.objects.filter(contract__in=[one.pk for one in chain_of(contract)]))


def _footer(contract: Contract) -> str:
    return _("Contrat %(code)s · convention IDCC 3239") % {"code": contract.code}

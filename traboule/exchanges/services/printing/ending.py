"""The three papers due when a contract ends (Code du travail L1234-19, L1234-20, R1234-9).

Written for who signs them: they read how each sum was found, and cross out what does not apply.
"""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..dues import left_by
from ..models import Contract, Ending, Payslip
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
    last, beside = _last_sums(contract), _beside(contract)
    total = sum((amount for _label, amount in (*last, *beside)), Decimal(0))
    rows = [[label, euros(amount)] for label, amount in (*last, *beside)]
    return printed(
        Paper(
            title=_("Reçu pour solde de tout compte"),
            lead=_("Code du travail, article L1234-20. En deux exemplaires, un pour chacun."),
            parts=[
                Part(facts=_employer(contract)),
                Part(words=[received]),
                Part(
                    heads=[_("Somme nette"), _("Montant")],
                    rows=[*rows, [_("Total"), euros(total)]],
                ),
                Part(words=[*_explained(contract), paid, denounced]),
            ],
            made=made_at(contract.household.commune.name),
            signatures=[_("L’employeur"), _("La personne employée")],
            footer=_footer(contract),
        )
    )


def _last_sums(contract: Contract) -> list[tuple[str, Decimal]]:
    rows = []
    for one in _months(contract)[-1:]:
        rows.append((_("Salaire net, %(month)s") % {"month": month(one.month)}, one.net))
        if one.costs:
            rows.append((_("Frais rendus"), one.costs))
    return rows


def _beside(contract: Contract) -> list[tuple[str, Decimal]]:
    """Sums that come beside the last payslip, net."""
    left = left_by(contract)
    if left is None:
        return []
    name = _("Indemnité de rupture")
    if contract.ending == Ending.DISMISSED:
        name = _("Indemnité de licenciement")
    notice = ngettext(
        "Préavis que l’employeur n’a pas voulu : %(n)d jour",
        "Préavis que l’employeur n’a pas voulu : %(n)d jours", left.missing,
    ) % {"n": left.missing}  # fmt: skip
    rows = [(notice, left.notice_net), (name, left.severance)]
    return [(label, amount) for label, amount in rows if amount]


def _explained(contract: Contract) -> list[str]:
    """How the sums were found, and what has to be checked."""
    words = [_("Les congés sont payés avec chaque heure (10 %) : il n’en reste pas à payer.")]
    bonus = sum((one.bonus for one in contract.payslips.all()), Decimal(0))
    if bonus:
        words.append(
            _("Le salaire comprend l’indemnité de fin de contrat, un dixième de tout le brut : "
              "%(bonus)s.") % {"bonus": euros(bonus)}
        )  # fmt: skip
    left = left_by(contract)
    if left is None:
        return words
    words.append(
        _("Salaire moyen : %(wage)s brut par mois. Ancienneté : %(months)d mois entiers. "
          "Convention IDCC 3239, article 163.") % {"wage": euros(left.wage), "months": left.months}
    )  # fmt: skip
    if left.notice:
        words.append(
            _("Le préavis est un salaire : déclarez-le avec le dernier mois, %(gross)s brut. Si la "
              "personne a demandé à ne pas le faire, rayez-le.") % {"gross": euros(left.notice)}
        )  # fmt: skip
    if contract.ending == Ending.DISMISSED:
        words.append(_("Après une faute grave ou lourde : ni préavis ni indemnité, rayez-les."))
    else:
        words.append(
            _("La rupture d’un commun accord se signe sur le formulaire de l’État (TéléRC), avec "
              "quinze jours pour y renoncer. L’employeur paie à l’Urssaf une contribution en plus.")
        )  # fmt: skip
    return words


def attestation(contract: Contract) -> bytes:
    """All that France Travail's own form asks and that is known here, in its order."""
    rows = [
        [month(one.month), hours(one.hours), euros(one.gross), euros(one.taxable)]
        for one in _months(contract)[-MOST_MONTHS:]
    ]
    reason = [fact(_("Motif"), contract.get_ending_display())]
    heads = [_("Mois"), _("Heures"), _("Brut"), _("Net imposable")]
    at_the_end = [fact(label, euros(amount)) for label, amount in _beside(contract)]
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
                Part(
                    title=_("6. Sommes payées à la fin"),
                    facts=at_the_end,
                    words=_explained(contract),
                ),
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
        fact(_("Emploi"), contract.position),
        fact(_("Niveau de la convention (IDCC 3239)"), contract.level),
        fact(_("Contrat"), contract.get_term_display()),
        fact(_("Date d’embauche"), day(chain_of(contract)[0].hired_on)),
        fact(_("Dernier jour travaillé"), day(contract.ended_on)),
        fact(_("Jours et heures"), contract.when_words),
        fact(_("Préavis"), _notice(contract)),
    ]


def _notice(contract: Contract) -> str:
    left = left_by(contract)
    if left is None or left.notice_until is None:
        return ""
    told_on = contract.told_on or contract.ended_on
    return _("du %(first)s au %(last)s") % {"first": day(told_on), "last": day(left.notice_until)}


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

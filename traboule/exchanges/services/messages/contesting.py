"""What people are told of a payment disputed at the bank."""

from django.utils.translation import gettext_lazy as _

from ..models import Contested, Payment
from ..providers import Contest
from .paying import euros, page_of, tell_about, tell_team
from .telling import first_name

SUBJECTS = {
    Contested.OPEN: _("Un paiement est contesté à la banque : %(job)s"),
    Contested.WON: _("La banque nous donne raison : %(job)s"),
    Contested.LOST: _("La banque a repris un paiement : %(job)s"),
}
TO_HOUSEHOLD = {
    Contested.OPEN: (
        _("Votre banque conteste %(euros)s €"),
        _("Votre banque nous dit que vous ne reconnaissez pas %(euros)s € pour %(job)s : le "
          "salaire de %(name)s. Si c’est une erreur, dites-le-lui. Sinon, appelez-nous."),
    ),
    Contested.WON: (
        _("La contestation est finie"),
        _("Les %(euros)s € pour %(job)s restent payés. Vous n’avez rien à faire."),
    ),
    Contested.LOST: (
        _("Votre banque vous a rendu %(euros)s €"),
        _("%(name)s garde son salaire pour %(job)s : l’association a avancé les %(euros)s €. "
          "Appelez-nous, nous verrons ensemble comment les rendre."),
    ),
}  # fmt: skip


def contested(payment: Payment, contest: Contest) -> None:
    """The team and the household learn how it stands; the worker once, that the wage is safe."""
    contract, about = payment.contract, f"{payment.pk}:{contest.id}"
    known = {"euros": euros(contest.cents), "name": first_name(contract.worker.person)}
    state = Contested(payment.contested)
    subject, text = TO_HOUSEHOLD[state]
    tell_team(payment, key=f"{contest.id}:{state}", subject=SUBJECTS[state])
    tell_about(
        contract.household.person,
        contract,
        kind="services.contested",
        key=f"services.contested:{about}:{state}",
        subject=subject,
        text=text,
        values=known,
        url=page_of(payment),
    )
    if state != Contested.WON:
        tell_about(
            contract.worker.person,
            contract,
            kind="services.wage-is-safe",
            key=f"services.wage-is-safe:{payment.pk}",
            subject=_("Votre salaire reste à vous"),
            text=_("La banque de l’employeur conteste %(euros)s € pour %(job)s. Vous n’avez rien à "
                   "faire et rien à rendre : l’équipe s’en occupe."),
            values=known,
            url=page_of(payment),
            urgent=False,
        )  # fmt: skip

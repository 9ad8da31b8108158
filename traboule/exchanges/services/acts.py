"""What is done with services, as people read it in what is held on them."""

from django.utils.translation import gettext_lazy as _

from traboule.kernel.journal.acts import Act

ACTS: tuple[Act, ...] = (
    Act(key="services.joined-household", words=_("inscription pour demander : %(subject)s")),
    Act(key="services.joined-worker", words=_("inscription pour proposer : %(subject)s")),
    Act(key="services.left-worker", words=_("ne propose plus : %(subject)s")),
    Act(key="services.saw-papers", words=_("papiers vus : %(subject)s")),
    Act(key="services.asked", words=_("service demandé : %(subject)s")),
    Act(key="services.closed-request", words=_("demande fermée : %(subject)s")),
    Act(key="services.offered", words=_("offre envoyée : %(subject)s")),
    Act(key="services.chose", words=_("offre choisie : %(subject)s")),
    Act(key="services.declined", words=_("offre déclinée : %(subject)s")),
    Act(key="services.withdrew", words=_("offre retirée : %(subject)s")),
    Act(key="services.prepared-contract", words=_("contrat préparé : %(subject)s")),
    Act(key="services.prepared-amendment", words=_("avenant préparé : %(subject)s")),
    Act(key="services.cancelled-contract", words=_("contrat annulé : %(subject)s")),
    Act(key="services.ended-contract", words=_("contrat terminé : %(subject)s")),
    Act(key="services.signed", words=_("contrat signé : %(subject)s")),
    Act(key="services.regularised", words=_("signature tardive permise : %(subject)s")),
    Act(key="services.entered-hours", words=_("heures écrites : %(subject)s")),
    Act(key="services.confirmed-hours", words=_("heures confirmées : %(subject)s")),
    Act(key="services.disputed-hours", words=_("heures mises en discussion : %(subject)s")),
    Act(key="services.settled-hours", words=_("heures tranchées : %(subject)s")),
    Act(key="services.dropped-hours", words=_("heures retirées : %(subject)s")),
    Act(key="services.made-payslip", words=_("bulletin de salaire fait : %(subject)s")),
    Act(key="services.asked-hold", words=_("carte à réserver : %(subject)s")),
    Act(key="services.asked-payment", words=_("paiement commencé : %(subject)s")),
    Act(key="services.said-paid", words=_("salaire donné, dit par l’employeur : %(subject)s")),
    Act(key="services.said-received", words=_("salaire reçu : %(subject)s")),
    Act(key="services.said-not-received", words=_("salaire non reçu : %(subject)s")),
    Act(key="services.was-paid", words=_("payé : %(subject)s")),
    Act(key="services.strayed", words=_("argent pris à tort, à rendre : %(subject)s")),
    Act(key="services.refunded", words=_("remboursement demandé : %(subject)s")),
    Act(key="services.was-refunded", words=_("remboursé : %(subject)s")),
    Act(key="services.set-right", words=_("problème de paiement réglé : %(subject)s")),
    Act(key="services.opened-account", words=_("compte ouvert pour être payé : %(subject)s")),
)

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

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
    Act(key="services.reviewed", words=_("avis donné : %(subject)s")),
    Act(key="services.replied", words=_("réponse à un avis : %(subject)s")),
    Act(key="services.set-policy", words=_("assurance renseignée : %(subject)s")),
    Act(key="services.told-incident", words=_("incident signalé : %(subject)s")),
    Act(key="services.closed-incident", words=_("incident réglé : %(subject)s")),
    Act(key="services.made-payslip", words=_("bulletin de salaire fait : %(subject)s")),
    Act(key="services.prepared-declaration", words=_("déclaration préparée : %(subject)s")),
    Act(key="services.moved-declaration", words=_("suite d’une déclaration : %(subject)s")),
    Act(key="services.paid-by-urssaf", words=_("payé par l’Urssaf : %(subject)s")),
    Act(key="services.signed-cesu-mandate", words=_("mandat de déclarer donné : %(subject)s")),
    Act(key="services.ended-cesu-mandate", words=_("mandat de déclarer arrêté : %(subject)s")),
    Act(key="services.enrolled-for-advance", words=_("avance immédiate demandée : %(subject)s")),
    Act(key="services.saw-enrolment", words=_("avance immédiate, des nouvelles : %(subject)s")),
)

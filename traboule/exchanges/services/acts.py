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
    Act(key="services.prepared-declaration", words=_("déclaration préparée : %(subject)s")),
    Act(key="services.moved-declaration", words=_("suite d’une déclaration : %(subject)s")),
    Act(key="services.paid-by-urssaf", words=_("payé par l’Urssaf : %(subject)s")),
    Act(key="services.signed-cesu-mandate", words=_("mandat de déclarer donné : %(subject)s")),
    Act(key="services.ended-cesu-mandate", words=_("mandat de déclarer arrêté : %(subject)s")),
    Act(key="services.enrolled-for-advance", words=_("avance immédiate demandée : %(subject)s")),
    Act(key="services.saw-enrolment", words=_("avance immédiate, des nouvelles : %(subject)s")),
)

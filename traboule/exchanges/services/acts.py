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
    Act(key="services.began-request", words=_("demande commencée : %(subject)s")),
    Act(key="services.filled-request", words=_("demande complétée : %(subject)s")),
    Act(key="services.closed-offer", words=_("offre fermée sans réponse : %(subject)s")),
    Act(key="services.asked-for-call", words=_("appel demandé par SMS : %(subject)s")),
    Act(key="services.called-back", words=_("appel fait : %(subject)s")),
    Act(key="services.visited-home", words=_("visite faite : %(subject)s")),
    Act(key="services.saw-guardian", words=_("accord des parents vu : %(subject)s")),
)

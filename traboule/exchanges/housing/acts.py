"""What is done with homes, as people read it in what is held on them."""

from django.utils.translation import gettext_lazy as _

from traboule.kernel.journal.acts import Act

ACTS: tuple[Act, ...] = (
    # The stock and its checks.
    # Listings.
    # Finding, contacts and visits.
    # Exchanges and their files.
    Act(key="housing.proposed", words=_("échange de logements proposé : %(subject)s")),
    Act(key="housing.said-yes", words=_("oui à un échange de logements : %(subject)s")),
    Act(key="housing.said-no", words=_("non à un échange de logements : %(subject)s")),
    Act(key="housing.agreed", words=_("échange de logements accepté par tous : %(subject)s")),
    Act(key="housing.stopped", words=_("échange de logements arrêté : %(subject)s")),
    Act(key="housing.gave-piece", words=_("pièce donnée pour un échange : %(subject)s")),
    Act(key="housing.checked-pieces", words=_("pièces regardées pour un échange : %(subject)s")),
    Act(key="housing.set-commission", words=_("date de commission fixée : %(subject)s")),
    Act(key="housing.accepted", words=_("échange accepté par un bailleur : %(subject)s")),
    Act(key="housing.refused", words=_("échange refusé par un bailleur : %(subject)s")),
    Act(key="housing.set-inventory", words=_("jour des états des lieux fixé : %(subject)s")),
    Act(key="housing.signed-lease", words=_("bail signé : %(subject)s")),
    Act(key="housing.done", words=_("échange de logements réalisé : %(subject)s")),
    Act(key="housing.began-run", words=_("calcul d’échanges lancé : %(subject)s")),
)

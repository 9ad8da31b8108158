"""What is done with homes, as people read it in what is held on them."""

from django.utils.translation import gettext_lazy as _

from traboule.kernel.journal.acts import Act

ACTS: tuple[Act, ...] = (
    # The stock and its checks.
    # Listings.
    # Finding, contacts and visits.
    Act(key="housing.kept-listing", words=_("annonce gardée : %(subject)s")),
    Act(key="housing.let-listing-go", words=_("annonce plus gardée : %(subject)s")),
    Act(key="housing.saved-search", words=_("recherche gardée : %(subject)s")),
    Act(key="housing.removed-search", words=_("recherche retirée : %(subject)s")),
    Act(key="housing.liked", words=_("intérêt pour un logement : %(subject)s")),
    Act(key="housing.liked-back", words=_("intérêt partagé : %(subject)s")),
    Act(key="housing.declined", words=_("intérêt décliné : %(subject)s")),
    Act(key="housing.closed-contact", words=_("intérêt fermé sans réponse : %(subject)s")),
    Act(key="housing.asked-visit", words=_("visite demandée : %(subject)s")),
    Act(key="housing.offered-hours", words=_("heures de visite proposées : %(subject)s")),
    Act(key="housing.set-visit", words=_("visite fixée : %(subject)s")),
    Act(key="housing.judged-visit", words=_("avis donné après une visite : %(subject)s")),
    Act(key="housing.cancelled-visit", words=_("visite annulée : %(subject)s")),
    # Exchanges and their files.
)

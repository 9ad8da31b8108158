"""What is done with homes, as people read it in what is held on them."""

from django.utils.translation import gettext_lazy as _

from traboule.kernel.journal.acts import Act

ACTS: tuple[Act, ...] = (
    # The stock and its checks.
    Act(key="housing.added-landlord", words=_("bailleur ajouté : %(subject)s")),
    Act(key="housing.changed-landlord", words=_("bailleur corrigé : %(subject)s")),
    Act(key="housing.removed-landlord", words=_("bailleur retiré : %(subject)s")),
    Act(key="housing.added-officer", words=_("personne chargée d’un bailleur : %(subject)s")),
    Act(
        key="housing.removed-officer",
        words=_("personne qui ne sert plus un bailleur : %(subject)s"),
    ),
    Act(key="housing.sent-stock", words=_("fichier de logements envoyé : %(subject)s")),
    Act(key="housing.imported-stock", words=_("logements importés : %(subject)s")),
    Act(key="housing.added-dwelling", words=_("logement ajouté : %(subject)s")),
    Act(key="housing.changed-dwelling", words=_("logement corrigé : %(subject)s")),
    Act(key="housing.offered-vacant", words=_("logement proposé vide : %(subject)s")),
    Act(key="housing.withdrew-dwelling", words=_("logement sorti du parc : %(subject)s")),
    Act(
        key="housing.will-withdraw-dwelling", words=_("logement bientôt hors du parc : %(subject)s")
    ),
    Act(
        key="housing.ended-for-stock",
        words=_("annonce arrêtée, logement retiré : %(subject)s"),
    ),
    Act(key="housing.asked-check", words=_("vérification demandée : %(subject)s")),
    Act(key="housing.confirmed-check", words=_("annonce confirmée par le bailleur : %(subject)s")),
    Act(key="housing.refused-check", words=_("annonce refusée par le bailleur : %(subject)s")),
    Act(key="housing.appealed", words=_("refus à revoir : %(subject)s")),
    Act(key="housing.answered-appeal", words=_("refus revu : %(subject)s")),
    # Listings.
    Act(key="housing.registered", words=_("inscription à l’échange : %(subject)s")),
    Act(key="housing.missed-home", words=_("logement pas trouvé : %(subject)s")),
    Act(key="housing.answered", words=_("réponse donnée : %(subject)s")),
    Act(key="housing.wished", words=_("souhait changé : %(subject)s")),
    Act(key="housing.sent", words=_("annonce envoyée au bailleur : %(subject)s")),
    Act(key="housing.corrected", words=_("correction envoyée au bailleur : %(subject)s")),
    Act(key="housing.renewed", words=_("recherche confirmée : %(subject)s")),
    Act(key="housing.paused", words=_("annonce mise en pause : %(subject)s")),
    Act(key="housing.resumed", words=_("annonce remise en ligne : %(subject)s")),
    Act(key="housing.ended", words=_("annonce arrêtée : %(subject)s")),
    Act(key="housing.added-photos", words=_("photos ajoutées : %(subject)s")),
    Act(key="housing.removed-photo", words=_("photo enlevée : %(subject)s")),
    Act(key="housing.passed-photo", words=_("photo regardée et montrée : %(subject)s")),
    Act(key="housing.refused-photo", words=_("photo refusée : %(subject)s")),
    Act(key="housing.hid", words=_("protection ajoutée : %(subject)s")),
    Act(key="housing.showed-again", words=_("protection retirée : %(subject)s")),
    Act(key="housing.typed-in", words=_("formulaire papier saisi : %(subject)s")),
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

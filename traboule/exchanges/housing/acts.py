"""What is done with homes, as people read it in what is held on them."""

from django.utils.translation import gettext_lazy as _

from traboule.kernel.journal.acts import Act

ACTS: tuple[Act, ...] = (
    # The stock and its checks.
    Act(key="housing.added-landlord", words=_("bailleur ajouté : %(subject)s")),
    Act(key="housing.changed-landlord", words=_("bailleur corrigé : %(subject)s")),
    Act(key="housing.removed-landlord", words=_("bailleur retiré : %(subject)s")),
    Act(key="housing.added-officer", words=_("personne chargée d’un bailleur : %(subject)s")),
    Act(key="housing.removed-officer", words=_("personne qui n’est plus chargée d’un bailleur : %(subject)s")),
    Act(key="housing.sent-stock", words=_("fichier de logements envoyé : %(subject)s")),
    Act(key="housing.imported-stock", words=_("logements importés : %(subject)s")),
    Act(key="housing.added-dwelling", words=_("logement ajouté : %(subject)s")),
    Act(key="housing.changed-dwelling", words=_("logement corrigé : %(subject)s")),
    Act(key="housing.offered-vacant", words=_("logement proposé vide : %(subject)s")),
    Act(key="housing.withdrew-dwelling", words=_("logement sorti du parc : %(subject)s")),
    Act(key="housing.will-withdraw-dwelling", words=_("logement qui sortira du parc : %(subject)s")),
    Act(key="housing.ended-for-stock", words=_("annonce arrêtée, logement sorti du parc : %(subject)s")),
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
    # Exchanges and their files.
)

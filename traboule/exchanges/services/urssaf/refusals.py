"""Why Urssaf, or the household on its site, says no: each code in plain words, with what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .access import Rejected

INCOMPLETE = "INCOMPLET"
"""Ours: what is missing is seen before anything is sent."""
UNKNOWN = _("L’Urssaf refuse, sans que nous sachions pourquoi. Appelez-la : 0 806 806 028.")

OF_A_BILL: dict[str, str | Promise] = {
    "REGUL_MNT_FACT": _("La somme ou le prix n’est pas le bon. Vérifiez les heures avec les deux."),
    "REGUL_NB_QTE_FACT": _("Le nombre d’heures n’est pas le bon. Vérifiez avec les deux."),
    "REGUL_PRESTA_FACT": _("Ce n’est pas le service rendu. Vérifiez la sorte de service."),
    "REGUL_AUTRE": _("La personne demande une correction. Appelez-la."),
    "CONTEST_ERR_FACT": _("La personne dit qu’il y a une erreur. Appelez-la."),
    "CONTEST_FACT_REGLEE": _("La personne dit avoir déjà payé. Vérifiez les paiements."),
    "CONTEST_AUTRE": _("La personne n’est pas d’accord. Appelez-la."),
    "ANNUL_DBL": _("Cette demande était en double. Il n’y a rien à refaire."),
    "ANNUL_ERR_MNT": _("Annulée : la somme était fausse. Vérifiez les heures, puis renvoyez."),
    "ANNUL_ERR_TECH": _("Annulée après une panne. Vous pouvez renvoyer."),
    "ANNUL_AUTRE": _("La demande a été annulée. Appelez la personne avant de renvoyer."),
}
"""What is answered to a request for payment once it is there."""

OF_A_SENDING: dict[str, str | Promise] = {
    "ERR_DATE_FUTUR": _("Le mois n’est pas fini. Renvoyez le mois prochain."),
    "ERR_DATE_PAIEMENT_AVANT_EXP": _("Le paiement est trop ancien pour l’avance immédiate."),
    "ERR_PERIODE_EMPLOI_MOIS_NON_UNIQUE": _(
        "La période est sur deux mois. Prévenez qui s’occupe du site."
    ),
    "ERR_DATE_FIN_AVANT_DATE_DEB": _("La fin vient avant le début. Vérifiez le contrat."),
    "ERR_MONTANT_ACOMPTE": _("L’acompte dépasse la moitié de la facture."),
    "ERR_TOTAL_PRESTATIONS": _(
        "Le total n’est pas la somme des lignes. Prévenez qui s’occupe du site."
    ),
    "ERR_CODE_NATURE": _("Le code de ce service est inconnu. Vérifiez TRABOULE_URSSAF_NATURES."),
    "ERR_CODE_ACTIVITE": _("Le code de l’activité est inconnu. Prévenez qui s’occupe du site."),
    "ERR_CODE_ACTIVITE_NATURE": _("L’activité et la nature du service ne vont pas ensemble."),
    "ERR_FORMAT_VALEUR": _(
        "Une somme a plus de deux chiffres après la virgule. Prévenez qui s’occupe du site."
    ),
    "ERR_MNT_PREST_HT_TVA": _("La somme hors taxe et la taxe ne font pas le total."),
    "ERR_MNT_PREST_TTC": _("Les heures, multipliées par le prix, ne font pas le total."),
    "ERR_NBRE_PREST_MAX": _("Trop de demandes à la fois. Renvoyez plus tard."),
    "ERR_VALEUR_NEGATIVE": _("Une somme est négative. Déclarez ce bulletin à la main."),
    "ERR_PARTICULIER_INCONNU": _(
        "L’Urssaf ne connaît pas la personne, ou sa date de naissance "
        "n’est pas la même. Vérifiez son inscription à l’avance."
    ),
    "ERR_PRESTATAIRE_EMETTEUR_INCONNU": _(
        "L’Urssaf ne connaît pas l’association : vérifiez les réglages."
    ),
    "ERR_LIEN_PARTICULIER_PRESTATAIRE": _(
        "La personne n’a pas encore dit oui à l’Urssaf, ou a dit "
        "oui après ces heures. Déclarez ce bulletin à la main."
    ),
    "ERR_PRESTATAIRE_FACTURATION_INCONNU": _("L’Urssaf ne connaît pas le numéro SAP des réglages."),
    "ERR_FACTURE_DOUBLON": _("Cette demande est déjà chez l’Urssaf."),
    "ERR_CRITERE_RECHERCHE_VIDE": _(
        "La question à l’Urssaf était vide. Prévenez qui s’occupe du site."
    ),
    "ERR_NBRE_MAX_RESULTAT": _("Trop de réponses à la fois. Prévenez qui s’occupe du site."),
    "ERR_RECHERCHE_VIDE": _("L’Urssaf ne retrouve pas cette demande."),
    "ERR_CMPT_BLOQUE": _(
        "Le compte de la personne est bloqué, souvent après un prélèvement refusé. "
        "Il s’ouvre de nouveau après quatre semaines au plus."
    ),
    "ERR_MANDAT_ECHU": _(
        "L’autorisation de prélever est finie. La personne la refait sur le site de l’Urssaf."
    ),
    "ERREUR_GARANTIE_FINANCIERE_NON_CONFORME": _(
        "La garantie financière de l’association n’est pas à jour chez l’Urssaf."
    ),
    "ERR_ACOMPTE_BLOQUE": _("L’association ne peut pas demander d’acompte."),
    "ERR_FORMAT_NUMINTERVENANT": _("Le numéro SAP des réglages n’est pas écrit comme il faut."),
    "ERR_NUMINTERVENANT_MANQUANT": _("Le numéro SAP manque dans les réglages."),
    "ERR_NUMINTERVENANT_BLOQUE": _("L’Urssaf a fermé l’accès de l’association. Appelez-la."),
}
"""What is answered when a request for payment is sent, or looked for."""

OF_AN_ENROLMENT: dict[str, str | Promise] = {
    "ERR_DGFIP_R2P_INCONNU": _(
        "Les impôts ne reconnaissent pas la personne. Recopiez ses noms, tous "
        "ses prénoms, sa date et sa commune de naissance comme sur son avis "
        "d’impôt."
    ),
    "ERR_DGFIP_IMPOTPART_INCONNU": _(
        "Il faut avoir déjà déclaré ses revenus en France. La personne "
        "peut demander à son centre des impôts."
    ),
    "ERR_ECV_PARTICULIERS_EXISTENT": _(
        "Plusieurs comptes portent ce nom à l’Urssaf. Appelez-la : 0 806 806 028."
    ),
    "ERREUR_REFERENCE_PARTICULIER_EXISTANTE_TYPE": _(
        "Ce téléphone et cet e-mail servent déjà à une autre personne."
    ),
    "ERR_DATE_NAISSANCE_FUTUR": _("La date de naissance n’est pas encore passée."),
    "ERR_LIEU_NAISSANCE_OBLIGATOIRE": _("Écrivez la commune de naissance."),
    "ERREUR_LIEU_NAISSANCE_DEPT": _("Écrivez le numéro du département de naissance."),
    "ERREUR_LIEU_NAISSANCE_DEPT_FORMAT": _(
        "Le département de naissance s’écrit en chiffres, comme 38 ou 2A."
    ),
    "ERR_LIEU_NAISSANCE_COMN": _(
        "La commune de naissance est inconnue. Prenez son nom de l’époque."
    ),
    "ERREUR_LIEU_NAISSANCE_PAYS": _(
        "Née hors de France, une personne n’a ni département ni commune "
        "de naissance : laissez-les vides."
    ),
    "ERREUR_LIEU_NAISSANCE_OBLIGATOIRE": _("Écrivez le lieu de naissance."),
    "ERREUR_LIEU_NAISSANCE_INVALIDE": _("Le lieu de naissance s’écrit avec des lettres."),
    "ERR_CONTACT": _(
        "Vérifiez le téléphone, l’e-mail, l’adresse et les prénoms. Si la personne est "
        "déjà inscrite ailleurs, ils doivent être les mêmes."
    ),
    "ERR_CONTACT_ADRESSE_TYPE_VOIE": _("Choisissez le type de voie : rue, avenue, allée…"),
    "ERR_CONTACT_ADRESSE_TYPEVOIE": _("Choisissez le type de voie : rue, avenue, allée…"),
    "ERR_CONTACT_ADRESSE_LETTRE_VOIE": _("Après le numéro, seuls B, T, Q ou C sont connus."),
    "ERR_CONTACT_ADRESSE_LIBELLEVOIE": _("Écrivez le nom de la voie."),
    "ERR_CONTACT_ADRESSE_INFORMATION_SUPPLEMENTAIRE": _("L’adresse n’est pas complète."),
    "ERR_CONTACT_ADRESSE_COMMUNE": _("La commune de l’adresse est inconnue."),
    "ERR_COORDONNEES_BANCAIRES": _("Le BIC ou l’IBAN n’est pas bon. Recopiez le RIB."),
    "ERR_APPEL_BACB": _("Le BIC ou l’IBAN n’est pas bon. Recopiez le RIB."),
    "ERR_COMPTE_BLOQUE": _(
        "Le compte de la personne est bloqué. Appelez l’Urssaf : 0 806 806 028."
    ),
    "ERR_RECHERCHE_PARTICULIER": _(
        "L’Urssaf ne connaît pas la personne, ou elle nous a retirés de son compte."
    ),
    "ERR_LIEN_TIERS_PRESTATION_PARTICULIER_EXISTE": _("La personne est déjà inscrite avec nous."),
    "ERR_LIEN_TIERS_PRESTATION_PARTICULIER": _(
        "L’Urssaf n’a pas pu nous lier à la personne. Réessayez demain."
    ),
    "ERREUR_VALIDATION": _("Une case n’est pas remplie comme l’Urssaf la veut. Relisez tout."),
}
"""What is answered when a household is enrolled."""

OF_THE_CESU: dict[str, str | Promise] = {
    "ERR_DECLARATION_EXISTANTE": _("Ce mois est déjà déclaré."),
    "ERR_MANDAT_INCONNU": _("L’Urssaf ne connaît pas ce mandat. Enregistrez-le de nouveau."),
    "ERR_EMPLOYEUR_INCONNU": _("Ce numéro Cesu est inconnu. Vérifiez-le."),
    "ERR_SALARIE_INCONNU": _(
        "L’Urssaf ne connaît pas la personne employée. Vérifiez son numéro de sécurité sociale."
    ),
    "ERR_SALAIRE_MINIMUM": _("Le salaire est trop bas pour l’Urssaf. Appelez-la."),
}
"""Our names for what may happen there; those of its documentation are to be added."""

WORDS = OF_A_BILL | OF_A_SENDING | OF_AN_ENROLMENT | OF_THE_CESU


def words_of(code: str, said: str = "") -> str:
    """A refusal, for people: ours when we know the code, else what Urssaf says of it."""
    if code in WORDS:
        return f"{WORDS[code]} {said}".strip() if code in OF_A_BILL else str(WORDS[code])
    return said or str(UNKNOWN)


def told(refusal: Rejected) -> str:
    """The same, of an answer."""
    return words_of(refusal.code, refusal.said)

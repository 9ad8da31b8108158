"""The papers that people tick and sign: a mandate, and the consents of one person."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.ui.printing import house, qr_code, shown_address, typeset

from . import consents, purposes
from .models import Mandate, Person

_HERE = Path(__file__).parent


def mandate_paper(mandate: Mandate) -> bytes:
    """The paper that both sign, as a PDF: one copy for each."""
    return typeset(_HERE / "mandate.typ", house() | _mandate_told(mandate))


def _mandate_told(mandate: Mandate) -> dict[str, object]:
    """What the paper says, in the words of whoever prints it."""
    address = settings.SITE_URL + reverse("people:mandate", args=[mandate.code])
    names = {"giver": mandate.giver.name, "holder": mandate.holder.name}
    return {
        "title": _("Mandat : %(holder)s peut agir pour %(giver)s") % names,
        "code": mandate.code,
        "allowed": [str(label) for label in mandate.allowed],
        "qr": qr_code(address),
        "address": shown_address(address),
        "labels": {
            "heading": _("%(holder)s peut agir pour %(giver)s") % names,
            "copies": [
                _("Exemplaire de %(giver)s") % names,
                _("Exemplaire de %(holder)s") % names,
            ],
            "code": _("Mandat n° %(code)s") % {"code": mandate.code},
            "what": _("Ce que %(holder)s peut faire pour %(giver)s sur ce site") % names,
            "not": _(
                "Rien d’autre. %(holder)s ne peut ni signer un contrat, ni toucher d’argent, "
                "ni voir un compte en banque."
            )
            % names,
            "when": _("Du %(begin)s au %(end)s")
            % {
                "begin": date_format(mandate.begins_on, "j F Y"),
                "end": date_format(mandate.ends_on, "j F Y"),
            },
            "when_more": _("Après cette date, ce mandat s’arrête tout seul."),
            "receipt": _("%(giver)s reste au courant") % names,
            "receipt_more": _(
                "Chaque chose faite est notée. %(giver)s reçoit un message chaque fois, et a deux "
                "jours pour la faire annuler quand c’est possible."
            )
            % names,
            "stop": _("%(giver)s peut arrêter ce mandat à tout moment") % names,
            "stop_more": _(
                "Sans dire pourquoi. Sur le site, page « Qui agit pour moi », ou en le disant à "
                "l’équipe qui vous accompagne."
            ),
            "stop_phone": _("Ou par téléphone au"),
            "signed": _("Signé le"),
            "giver": [names["giver"], _("donne ce mandat")],
            "holder": [names["holder"], _("agit pour %(giver)s") % names],
            "qr": _("Ce mandat en ligne"),
        },
    }


def consent_paper(person: Person) -> bytes:
    """The form of one person, to tick and sign, as a PDF."""
    return typeset(_HERE / "consent.typ", house() | _consents_told(person))


def _consents_told(person: Person) -> dict[str, Any]:
    """What the paper says, in the words of whoever prints it."""
    keys = consents.deciders_of(person)
    deciders = list(Person.objects.filter(pk__in=keys).order_by("name", "pk"))
    is_child = person not in deciders
    address = settings.SITE_URL + reverse("people:record-consents", args=[person.public_id])
    title = _("Accords pour %(name)s") if is_child else _("Accords de %(name)s")
    return {
        "title": title % {"name": person},
        "questions": [
            {
                "question": text.asked_of(person, is_child=is_child),
                "body": purposes.paragraphs(text.purpose, text.version),
                "last_day": date_format(text.last_day(timezone.localdate()), "j F Y"),
                "version": text.version,
            }
            for text in consents.asked_of(person)
        ],
        # Whoever prints it before the parents are known leaves room for two.
        "signers": [decider.name for decider in deciders] or ["", ""],
        "qr": qr_code(address),
        "address": shown_address(address),
        "labels": {
            "intro": _(
                "Pour chaque question, cochez oui ou non. On peut répondre non : cela n’empêche "
                "pas de participer. On peut changer d’avis à tout moment, en nous le disant."
            ),
            "several": _("Chaque parent ou responsable répond. Si l’un dit non, c’est non."),
            "yes": _("Oui"),
            "no": _("Non"),
            "until": _("Jusqu’au %s"),
            "version": _("texte n° %s"),
            "question": _("Question"),
            "details": _("Ce que vous permettez"),
            "signed": _("Le"),
            "signature": _("Signature"),
            "qr": _("Pour recopier cette feuille en ligne (équipe)"),
        },
    }

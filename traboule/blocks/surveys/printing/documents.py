"""What surveys print, from questions and results to PDF."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.blocks.agenda.wording import day
from traboule.ui.printing import house, qr_code, shown_address, typeset

from .. import paths
from ..asked import Asked
from ..models import Invitation, Question, Survey
from ..results import Results, doors_said

HERE = Path(__file__).parent
Kind = Question.Kind
LINES = {Kind.SHORT: 1, Kind.LONG: 4, Kind.NUMBER: 1, Kind.DATE: 1}


def paper_form(asked: Asked) -> bytes:
    """The questions on A4, with boxes to tick, numbered as they are typed back."""
    survey = asked.survey
    address = settings.SITE_URL + survey.get_absolute_url()
    last = _("À rendre le %(day)s au plus tard.")
    return typeset(HERE / "form.typ", house() | {
        "heading": survey.title,
        "intro": [part.strip() for part in survey.intro.split("\n") if part.strip()],
        "space": str(survey.space),
        "last_day": last % {"day": day(survey.closes_on)} if survey.closes_on else "",
        "code": survey.code,
        "version": survey.version,
        "draft": survey.is_draft,
        "invited": survey.who == Survey.Who.INVITED,
        "questions": [_question(asked, one) for one in asked.questions],
        "thanks": survey.thanks or _("Merci !"),
        "qr": qr_code(address),
        "address": shown_address(address),
        "ways": _ways(survey, shown_address(address)),
        "words": {
            "draft": _("Brouillon : ne pas distribuer"),
            "form": _("Formulaire %(code)s, version %(version)s")
            % {"code": survey.code, "version": survey.version},
            "sheet": _("Pile et feuille (pour l’équipe)"),
            "invitation": _("Code d’invitation"),
            "anonymous": _("N’écrivez pas votre nom : la réponse est anonyme."),
            "tick": _("Cochez au stylo. Ne répondez pas si vous ne voulez pas."),
            "qr": _("Code à photographier pour répondre en ligne"),
        },
    })  # fmt: skip


def results(found: Results, for_team: bool) -> bytes:
    """What came out, on A4: bars with their numbers, in words too."""
    survey = found.survey
    hidden = found.aside
    return typeset(HERE / "results.typ", house() | {
        "heading": survey.title,
        "space": str(survey.space),
        "total": ngettext("%(n)s réponse", "%(n)s réponses", found.total) % {"n": found.total},
        "doors": doors_said(found),
        "reach": survey.reach,
        "aside": ngettext("%(n)s réponse mise de côté", "%(n)s réponses mises de côté", hidden)
        % {"n": hidden} if hidden else "",
        "printed": date_format(localdate(), "j F Y"),
        "questions": [_result(one, for_team) for one in found.questions],
        "words": {
            "who": _("Celles et ceux qui ont bien voulu répondre ne sont pas tout le quartier : "
                     "ces chiffres parlent d’eux seuls."),
            "reach": _("Qui pouvait répondre :"),
            "printed": _("Imprimé le"),
            "few": _("Trop peu de réponses pour les montrer."),
        },
    })  # fmt: skip


def slips(survey: Survey, made: Sequence[Invitation]) -> bytes:
    """Codes that answer once, to cut out: an address, a QR code, the ways to answer."""
    return typeset(HERE / "slips.typ", house() | {
        "heading": survey.title,
        "slips": [
            {"code": one.code, "qr": qr_code(settings.SITE_URL + one.get_absolute_url())}
            for one in made
        ],
        "address": shown_address(settings.SITE_URL + survey.get_absolute_url()),
        "words": {
            "code": _("Votre code, pour une réponse :"),
            "qr": _("Code à photographier pour répondre"),
            "anonymous": _("Il n’est lié à aucun nom."),
        },
    })  # fmt: skip


def _question(asked: Asked, question: Question) -> dict[str, Any]:
    kind = Kind(question.kind)
    choices = [
        {"number": one.number, "text": one.text, "then": _then(asked, question, one.number)}
        for one in asked.choices(question)
    ]
    if kind == Kind.SCALE:
        choices = [{"number": mark, "text": "", "then": ""} for mark in range(1, 6)]
    return {
        "number": question.number,
        "text": question.text,
        "help": question.help,
        "kind": kind.value,
        "choices": choices,
        "how": {
            Kind.SEVERAL: _("plusieurs choix possibles"),
            Kind.SPOKEN: _("par un enregistrement, en ligne ou en entretien"),
        }.get(kind, ""),
        "low": question.low_words,
        "high": question.high_words,
        "lines": LINES.get(kind, 0),
    }


def _then(asked: Asked, question: Question, choice: int) -> str:
    """« → allez à la question 5 », in words."""
    target = asked.steps[question.number - 1].leads.get(choice)
    if target is None:
        return ""
    if target == paths.END:
        return _("puis c’est fini, merci")
    return _("puis allez à la question %(number)s") % {"number": target}


def _result(result: Any, for_team: bool) -> dict[str, Any]:
    few = not result.enough and not for_team
    lines = [] if few else result.lines
    return {
        "number": result.question.number,
        "text": result.question.text,
        "base": base_said(result),
        "few": few,
        "lines": [
            {"label": one.label, "count": one.count, "of": one.of,
             "percent": f"{one.percent} %" if one.percent is not None else ""}
            for one in lines
        ],
        "middle": "" if few else result.middle,
        "texts": [one.words for one in result.texts],
    }  # fmt: skip


def base_said(result: Any) -> str:
    """How many answered the question, of how many who met it."""
    return _("%(answered)s réponses sur %(asked)s, %(silent)s sans réponse") % {
        "answered": result.answered,
        "asked": result.asked,
        "silent": result.silent,
    }


def _ways(survey: Survey, address: str) -> list[str]:
    """The other doors, for whoever has no pen at hand."""
    ways = [_("Ou en ligne, sans compte : %(address)s") % {"address": address}]
    if settings.SMS_NUMBER and survey.who == Survey.Who.ANYONE:
        ways.append(_("Ou par SMS : ENQ %(code)s au %(number)s")
                    % {"code": survey.code, "number": settings.SMS_NUMBER})  # fmt: skip
    return ways

"""What a piece of background work has to say, in words."""

from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Job


def reported(job: Job) -> dict[str, Any]:
    """The job's report with its sentences; those of an import when it is one."""
    report = {"remarks": [], "mistakes": [], "refused": "", "untold": 0, **job.report}
    if "ready" not in report:
        return report
    checked = job.kind == Job.Kind.IMPORT_CHECK
    return {
        **report,
        "kind": "warning" if checked and report["wrong"] else "success",
        "said": _ready(report) if checked else _imported(report),
        "fate": _fate(report) if checked and report["ready"] else "",
        "offer": _offer(report),
        "action": _action(report),
        "address": reverse("initiatives:job", args=[key]) if (key := report.get("import")) else "",
    }


def _ready(report: dict[str, Any]) -> str:
    """« 9 997 prêtes, 3 à corriger »."""
    ready = ngettext("%(n)s fiche prête", "%(n)s fiches prêtes", report["ready"])
    said = ready % {"n": _number(report["ready"])}
    wrong = _("%(n)s à corriger") % {"n": _number(report["wrong"])}
    return f"{said}, {wrong}" if report["wrong"] else said


def _imported(report: dict[str, Any]) -> str:
    said = ngettext("%(n)s fiche importée", "%(n)s fiches importées", report["ready"])
    return said % {"n": _number(report["ready"])}


def _fate(report: dict[str, Any]) -> str:
    """What loading would change here; nothing has been loaded yet."""
    new = ngettext("%(n)s est nouvelle", "%(n)s sont nouvelles", report["new"])
    replaced = ngettext(
        "%(n)s remplacerait une fiche d’ici",
        "%(n)s remplaceraient des fiches d’ici",
        report["replaced"],
    )
    parts = [
        text % {"n": _number(n)}
        for text, n in ((new, report["new"]), (replaced, report["replaced"]))
        if n
    ]
    return _("%(parts)s. Rien n’a encore été importé.") % {"parts": ", ".join(parts)}


def _offer(report: dict[str, Any]) -> str:
    right = ngettext(
        "Importer la ligne juste", "Importer les %(n)s lignes justes", report["ready"]
    ) % {"n": _number(report["ready"])}
    rest = ngettext(
        "et me rendre un fichier de l’autre",
        "et me rendre un fichier des %(n)s autres",
        report["wrong"],
    ) % {"n": _number(report["wrong"])}
    return f"{right} {rest}"


def _action(report: dict[str, Any]) -> str:
    if report["wrong"]:
        return _("Importer ce qui est juste")
    action = ngettext("Importer la fiche", "Importer les %(n)s fiches", report["ready"])
    return action % {"n": _number(report["ready"])}


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)

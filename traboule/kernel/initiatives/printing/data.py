"""One sheet as plain values in the reader's language, ready for a template."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.ui.printing import drawings, house, shown_address
from traboule.ui.templatetags.ui import THEME_ICONS

from ..models import Initiative
from ..reading import is_out_of_date, lineage
from ..templatetags.initiatives import partial_date, reported_figure
from ..vocabulary import State, Theme
from . import markup

Lines = list[dict[str, str]]


def common() -> dict[str, Any]:
    """What every print shares: the house, its drawings, its language and the words of the page."""
    return house() | {"themes": [_theme(theme) for theme in Theme], "labels": _labels()}


def sheet(initiative: Initiative) -> dict[str, Any]:
    """Everything that a sheet says on paper."""
    address = address_of(initiative)
    return {
        "slug": initiative.slug,
        "title": initiative.title,
        "summary": initiative.summary,
        "theme": initiative.theme,
        "state": initiative.get_state_display(),
        "running": initiative.state == State.RUNNING,
        "place": f"{initiative.place} ({initiative.commune.department.name})",
        "warning": _warning(initiative),
        "sections": list(_sections(initiative)),
        "results": [reported_figure(result=result) for result in initiative.results.all()],
        "facts": list(_facts(initiative)),
        "origin": _origin(initiative),
        "address": address,
        "address_shown": shown_address(address),
        "qr": drawings.qr_code(address),
    }


def address_of(initiative: Initiative) -> str:
    """The whole address of a sheet, as paper needs it."""
    return f"{settings.SITE_URL}{initiative.get_absolute_url()}"


def _theme(theme: Theme) -> dict[str, str]:
    return {
        "key": theme.value,
        "label": str(theme.label),
        "icon": drawings.pictogram(THEME_ICONS[theme.value]),
    }


def _warning(initiative: Initiative) -> str:
    if not is_out_of_date(initiative, today=timezone.localdate()):
        return ""
    return _(
        "Ces informations datent de %(date)s. "
        "Elles ont pu changer : renseignez-vous avant de vous déplacer."
    ) % {"date": partial_date(initiative.confirmed)}


def _sections(initiative: Initiative) -> Iterator[dict[str, Any]]:
    titles = {
        "description": _("Ce qui se fait"),
        "tools": _("Outils numériques"),
        "outcomes": _("Résultats"),
        "steps": _("Étapes"),
        "pitfalls": _("Points de vigilance"),
        "learnt": _("Ce que nous avons appris"),
    }
    for key, title in titles.items():
        blocks = markup.blocks(initiative.texts.get(key, ""))
        tags = initiative.tool_labels if key == "tools" else []
        if blocks or tags:
            yield {"key": key, "title": title, "blocks": blocks, "tags": tags}


def _facts(initiative: Initiative) -> Iterator[dict[str, Any]]:
    """The side of the sheet: short facts, each with its pictogram; those unknown left out."""
    parents, children = lineage(initiative)
    facts: list[tuple[str, str, Lines]] = [
        (_("Qui la porte"), "house", _line(initiative.holder.name)),
        (_("Contact"), "phone", _contact(initiative)),
        (_("Pour qui"), "users", _line(", ".join(initiative.audience_labels))),
        (_("Temps"), "clock", _line(initiative.time)),
        (_("Personnes"), "user", _line(initiative.people)),
        (_("Coût"), "coins", _line(initiative.cost)),
        (_("Avec"), "heart-handshake", _partners(initiative)),
        (_("Dates"), "calendar", _dates(initiative)),
        (_("Inspirée par"), "git-branch", [{"text": parent.title} for parent in parents]),
        (_("A inspiré"), "sprout", [{"text": child.title} for child in children]),
        (_("À lire aussi"), "external-link", _links(initiative)),
    ]
    for label, icon, lines in facts:
        if lines:
            drawing = drawings.pictogram(icon, colour="#5d4a3c")
            yield {"label": label, "icon": drawing, "lines": lines, "listed": icon != "phone"}


def _line(text: str) -> Lines:
    return [{"text": text}] if text else []


def _contact(initiative: Initiative) -> Lines:
    lines = _line(initiative.contact_name) + _line(initiative.contact_phone)
    if initiative.contact_email:
        lines.append(
            {"text": initiative.contact_email, "href": f"mailto:{initiative.contact_email}"}
        )
    if website := initiative.contact_website:
        lines.append({"text": shown_address(website), "href": website})
    return lines


def _partners(initiative: Initiative) -> Lines:
    partnerships = initiative.partnerships.select_related("organisation")
    return [{"text": p.organisation.name, "soft": p.role} for p in partnerships]


def _dates(initiative: Initiative) -> Lines:
    lines: Lines = []
    if initiative.started:
        lines.append({"text": _("Début : %(date)s") % {"date": partial_date(initiative.started)}})
    for milestone in initiative.milestones:
        date = partial_date(milestone["date"])
        if end := milestone.get("end"):
            date = f"{date} – {partial_date(end)}"
        lines.append({"text": date, "soft": milestone["label"]})
    if initiative.ended:
        lines.append({"text": _("Fin : %(date)s") % {"date": partial_date(initiative.ended)}})
    return lines


def _links(initiative: Initiative) -> Lines:
    """Other pages, with the address in letters: paper cannot be clicked."""
    return [
        {"text": link["label"], "soft": shown_address(link["url"]), "href": link["url"]}
        for link in initiative.links
    ]


def _origin(initiative: Initiative) -> list[str]:
    """Where the sheet comes from, and when it was last said to be true."""
    lines = []
    if source := initiative.source:
        date = partial_date(source["date"]) if source.get("date") else ""
        said = ", ".join(filter(None, [source["title"], source.get("publisher"), date]))
        lines.append(_("Source : %(source)s") % {"source": said})
    if initiative.confirmed:
        date = partial_date(initiative.confirmed)
        lines.append(_("Dernière confirmation : %(date)s") % {"date": date})
    return lines


def _labels() -> dict[str, str]:
    return {
        "page": _("page"),
        "online": _("Lire cette fiche en ligne"),
        "call": _("Une question ? Appelez le"),
        "qr": _("Code à photographier pour ouvrir cette fiche sur un téléphone"),
        "where": _("Où cela se passe"),
        "logo": _("Logo de Traboule"),
        "facts": _("En bref"),
        "results": _("En chiffres"),
        "contents": _("Sommaire"),
        "map": _("La carte"),
        "index": _("Index"),
        "elsewhere": _("Hors de la carte :"),
    }

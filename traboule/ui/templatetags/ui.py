"""The components, as native template tags with keyword-only arguments.

A misspelt argument fails when the template is compiled. Every tag stands in the gallery
(``/composants/``) in each of its states. Components that behave carry their own script: an
ES module runs once however often a page names it.
"""

from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, CheckboxInput
from django.template.context import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from traboule.ui import navigation as menus
from traboule.ui import slots
from traboule.ui.choices import Choice
from traboule.ui.errors import ErrorLine, error_lines
from traboule.ui.guard import Guarded

register = template.Library()

THEME_ICONS = {
    "learn": "graduation-cap",
    "organise": "megaphone",
    "create": "palette",
    "exchange": "handshake",
}
"""The pictogram of each theme of the compendium; the words stand in the kernel."""

NOTICE_ICONS = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "error": "circle-alert",
}


# Small marks


@register.simple_tag
def icon(*, name: str) -> SafeString:
    """A decorative pictogram; the word beside it carries the meaning."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" width="24" height="24">'
        '<use href="{}#{}"></use></svg>',
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def badge(*, label: str, kind: str = "plain", icon: str = "") -> SafeString:
    """A short state in words: ``kind`` is plain, idea, running, ended or a theme's key."""
    return format_html(_BADGE, kind, _icon(icon) if icon else "", label)


_BADGE = '<span class="badge" data-kind="{}">{}{}</span>'


@register.simple_tag
def theme_arch(*, theme: str, icon: str = "", size: str = "") -> SafeString:
    """The doorway of a theme with its pictogram; ``size`` is empty or ``large``."""
    return _arch(theme, icon or THEME_ICONS.get(theme, "door-open"), size)


@cache
def _arch(theme: str, icon: str, size: str) -> SafeString:
    return format_html(
        '<span class="arch" data-theme="{}" data-size="{}">{}</span>', theme, size, _icon(icon)
    )


@register.inclusion_tag("ui/components/button.html")
def button(
    *,
    label: str,
    href: str = "",
    kind: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
) -> dict[str, object]:
    """A link that looks like a button (``href``) or a submit button.

    ``kind`` is primary (one a page), secondary or quiet.
    """
    return {
        "label": label,
        "href": href,
        "kind": kind,
        "icon_name": icon,
        "name": name,
        "value": value,
    }


# Blocks of a page


@register.simple_block_tag
def card(
    content: str,
    *,
    title: str,
    href: str,
    theme: str = "",
    icon: str = "",
    place: str = "",
    summary: str = "",
    badge: str = "",
    badge_kind: str = "plain",
    level: int = 3,
    lang: str = "",
) -> SafeString:
    """A door to another page: the title's link covers the card; its block comes last (meta).

    ``lang`` is the language of title and summary when it is not the page's.
    """
    spoken = format_html(' lang="{}"', lang) if lang else ""
    return format_html(
        _CARD,
        theme=theme,
        arch=_arch(theme, icon or THEME_ICONS.get(theme, "door-open"), ""),
        badge=format_html(_BADGE, badge_kind, "", badge) if badge else "",
        level=level,
        href=href,
        lang=spoken,
        title=title,
        place=format_html(_CARD_PLACE, _icon("map-pin"), place) if place else "",
        summary=format_html(_CARD_SUMMARY, spoken, summary) if summary else "",
        meta=format_html(_CARD_META, content) if content.strip() else "",
    )


# Lists show many cards: Python writes one in a fifth of the time that a template takes.
_CARD = (
    '<article class="card" data-theme="{theme}">\n'
    '<div class="card-front">{arch}{badge}</div>\n'
    '<div class="card-body">\n'
    '<h{level} class="card-title"><a href="{href}"{lang}>{title}</a></h{level}>\n'
    "{place}{summary}{meta}</div>\n</article>"
)
_CARD_PLACE = '<p class="card-place">{}{}</p>\n'
_CARD_SUMMARY = '<p class="card-summary"{}>{}</p>\n'
_CARD_META = '<div class="card-meta">{}</div>\n'


@register.simple_block_tag
def notice(content: str, *, kind: str = "info", title: str = "") -> SafeString:
    """A boxed message: ``kind`` is info, success, warning or error."""
    return _part(
        "ui/components/notice.html",
        content=content,
        kind=kind,
        title=title,
        icon_name=NOTICE_ICONS.get(kind, "info"),
    )


@register.simple_block_tag
def nothing(
    content: str, *, title: str, icon: str = "search", href: str = "", action: str = ""
) -> SafeString:
    """An empty state: what is missing, why, and the way on."""
    return _part(
        "ui/components/nothing.html",
        content=content,
        title=title,
        icon_name=icon,
        href=href,
        action=action,
    )


@register.inclusion_tag("ui/components/figure.html")
def figure(
    *,
    number: str,
    unit: str,
    label: str,
    period: str = "",
    source: str = "",
    qualifier: str = "",
    measured: bool = False,
) -> dict[str, object]:
    """One result: a big number with its unit, and whether it was measured here or reported."""
    return {
        "number": number,
        "unit": unit,
        "label": label,
        "period": period,
        "source": source,
        "qualifier": qualifier,
        "measured": measured,
    }


@register.inclusion_tag("ui/components/steps.html")
def steps(*, current: int, total: int) -> dict[str, object]:
    """How far one is in a series of questions."""
    return {"current": current, "total": total}


@register.inclusion_tag("ui/components/breadcrumbs.html")
def breadcrumbs(*, items: Iterable[tuple[str, str]]) -> dict[str, object]:
    """The way back up: pairs of label and address, the present page last with no address."""
    return {"items": items}


@register.inclusion_tag("ui/components/pager.html")
def pager(*, previous: str = "", next: str = "") -> dict[str, object]:
    """Links to the pages before and after, for lists that are read by key."""
    return {"previous": previous, "next": next}


@register.inclusion_tag("ui/components/navigation.html", takes_context=True)
def navigation(context: Context, *, place: menus.Place) -> dict[str, object]:
    """One of the site's menus: header, account or footer."""
    return {"links": menus.links(context["request"], place)}


@register.simple_tag(takes_context=True)
def slot(context: Context, *, name: str, subject: object = None) -> SafeString:
    """What the apps above put in this place of the page."""
    return slots.filled(name, context["request"], subject)


# Forms


@register.inclusion_tag("ui/components/field.html")
def field(
    *, bound: BoundField, label: str = "", hint: str = "", large: bool = False
) -> dict[str, object]:
    """A form field with its label, hint and errors tied to it for those who listen.

    ``large`` makes its label the question of the page (one question a screen).
    """
    base = bound.auto_id or bound.html_name
    explained = hint or bound.help_text
    described = [f"{base}_hint"] * bool(explained) + [f"{base}_errors"] * bool(bound.errors)
    attributes = {"aria-describedby": " ".join(described) or False}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "base": base,
        "label": label or bound.label,
        "hint": explained,
        "large": large,
        "is_group": bound.use_fieldset,
        "is_single_box": isinstance(bound.field.widget, CheckboxInput),
        "described": " ".join(described),
        "widget": bound.as_widget(attrs=attributes),
    }


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(*, form: BaseForm) -> dict[str, list[ErrorLine]]:
    """Everything to correct in a form, each line leading to its field; nothing without errors."""
    return {"lines": error_lines(form)}


@register.simple_tag
def guard(*, form: Guarded) -> SafeString:
    """Inside the ``<form>`` of a guarded form: what tells people from robots, seen by nobody."""
    return form.guard()


@register.inclusion_tag("ui/components/filter_group.html")
def filter_group(
    *,
    name: str,
    label: str,
    choices: Iterable[Choice],
    multiple: bool = True,
    opened: bool = False,
) -> dict[str, object]:
    """A folded group of boxes (or of single-choice buttons) that narrows a list."""
    choices = list(choices)
    chosen = sum(choice.checked and choice.value != "" for choice in choices)
    return {
        "name": name,
        "label": label,
        "choices": choices,
        "type": "checkbox" if multiple else "radio",
        "chosen": chosen,
        "opened": opened or chosen > 0,
    }


# Behaviours, each useless to none: without JavaScript the page is whole


@register.simple_tag
def script(*, name: str) -> SafeString:
    """One of our behaviours (``ui/js/<name>.js``); a page may name it twice, it runs once."""
    return format_html('<script type="module" src="{}"></script>', static(f"ui/js/{name}.js"))


@register.inclusion_tag("ui/components/htmx.html")
def htmx() -> dict[str, object]:
    """htmx and its settings, for the ``head_extra`` block of the pages that swap fragments."""
    return {}


@register.inclusion_tag("ui/components/listen.html")
def listen() -> dict[str, object]:
    """A player that reads the nearest ``[data-listen]`` region aloud; hidden where it cannot."""
    return {}


@register.inclusion_tag("ui/components/share.html", takes_context=True)
def share(context: Context, *, title: str, url: str = "") -> dict[str, object]:
    """Ways to pass a page on: the device's own, message, e-mail, or its address to copy."""
    address = context["request"].build_absolute_uri(url or None)
    return {
        "title": title,
        "address": address,
        "mailto": f"mailto:?subject={quote(str(title))}&body={quote(address)}",
        "sms": f"sms:?&body={quote(f'{title} {address}')}",
    }


@register.inclusion_tag("ui/components/map.html")
def map(
    *, geojson: str, label: str, background: str = "", list_id: str = "", group: str = ""
) -> dict[str, object]:
    """A map of points beside a list that says the same.

    ``geojson`` is the address of a FeatureCollection whose points carry ``title``, ``url``,
    ``theme``, ``number`` and ``place``; ``background`` that of outlines drawn when the
    installation has no tiles; ``list_id`` names the list whose items carry ``data-map-item``
    with the feature's id. ``group`` says what several points at one place are: « {n} logements ».
    """
    return {
        "geojson": geojson,
        "label": label,
        "background": background,
        "list_id": list_id,
        "group": group or _("{n} initiatives ici :"),
        "tiles": settings.TILES_URL,
        "credit": settings.TILES_CREDIT,
        "leaflet_js": static("vendor/leaflet/leaflet.js"),
        "leaflet_css": static("vendor/leaflet/leaflet.css"),
    }


@register.inclusion_tag("ui/components/keep.html")
def keep() -> dict[str, object]:
    """Goes inside a ``<form data-keep="key">``: what is typed survives a broken connection."""
    return {}


def _part(name: str, **context: object) -> SafeString:
    return SafeString(get_template(name).render(context))

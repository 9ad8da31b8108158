"""A paper about work, as its template reads it."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from traboule.ui.printing import house, typeset

HERE = Path(__file__).parent
TO_FILL = "…………………"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A titled part of a paper: words, then facts, then a table."""

    title: str = ""
    words: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper; ``to`` are the lines of an address when it goes by post."""

    title: str
    lead: str
    parts: Sequence[Part]
    warning: str = ""
    made: str = ""
    signatures: Sequence[str] = ()
    to: Sequence[str] = ()
    large: bool = False
    footer: str = field(default="", repr=False)


def printed(*papers: Paper, title: str = "") -> bytes:
    """Papers, each on its own pages."""
    data = {
        "title": title or papers[0].title,
        "footer": papers[0].footer,
        "papers": [asdict(paper) for paper in papers],
    }
    return typeset(HERE / "papers.typ", house() | data)


def euros(amount: Decimal) -> str:
    """As one reads it."""
    return f"{number_format(amount, 2, force_grouping=True)} €"


def hours(amount: Decimal) -> str:
    """As one reads it."""
    return f"{number_format(amount, 2)} h"


def day(date: datetime.date | None) -> str:
    """A date, or dots to write one on."""
    return date_format(date, "j F Y") if date else TO_FILL


def month(date: datetime.date) -> str:
    """A month and its year."""
    return date_format(date, "F Y")


def known(text: object) -> str:
    """It, or dots to write it on."""
    return str(text) if text else TO_FILL


def fact(label: str, text: object) -> tuple[str, str]:
    """A line of a part; what is not known is written by hand."""
    return str(label), known(text)


def made_at(place: str) -> str:
    """Where and when it is signed, by hand."""
    return _("Fait à %(place)s, le %(dots)s") % {"place": known(place), "dots": TO_FILL}

"""What documents count."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .models import Document, PaperCopy, Shelf, Version


def _within(period: Period, field: str) -> dict[str, object]:
    """The condition that a moment lies in the period."""
    bounds = {f"{field}__date__gte": period.start, f"{field}__date__lte": period.end}
    return {name: day for name, day in bounds.items() if day}


def public(space: Space, period: Period) -> int:
    """Documents that everyone reads, put there in the period."""
    standing = Document.objects.standing().filter(space=space, shelf=Shelf.PUBLIC)
    return standing.filter(**_within(period, "created_at")).count()


def versions(space: Space, period: Period) -> int:
    """Versions put on the shelves in the period, the first one included."""
    return Version.objects.filter(document__space=space, **_within(period, "at")).count()


def _handed(space: Space, period: Period) -> QuerySet[PaperCopy]:
    handed = PaperCopy.objects.filter(document__space=space, handed_at__isnull=False)
    return handed.filter(**_within(period, "handed_at"))


def copies(space: Space, period: Period) -> int:
    """Printed copies handed over in the period."""
    return _handed(space, period).count()


INDICATORS = (
    Indicator(
        key="documents.public",
        name=_("Documents à la vue de tout le monde"),
        unit=lambda n: ngettext("document", "documents", n),
        counts=_("Les documents de l’étagère publique, par date de dépôt. Ceux que l’on a rangés "
                 "ne comptent pas."),
        value=public,
    ),
    Indicator(
        key="documents.versions",
        name=_("Versions déposées"),
        unit=lambda n: ngettext("version", "versions", n),
        counts=_("Chaque fichier déposé compte, sur les deux étagères, la première version "
                 "comprise."),
        value=versions,
    ),
    Indicator(
        key="documents.copies",
        name=_("Copies papier remises"),
        unit=lambda n: ngettext("copie", "copies", n),
        counts=_("Une copie compte quand elle est notée comme remise."),
        value=copies,
    ),
)  # fmt: skip

"""What reports say of many spaces at once."""

from collections.abc import Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.panorama import Reading

from .models import Report
from .models.report import OPEN


def waiting(spaces: Sequence[Space]) -> dict[int, Reading]:
    """The problems not seen to yet; those whose day is past worry."""
    late = Q(due_on__lt=timezone.localdate())
    rows = (
        Report.objects.filter(space__in=spaces, hidden_at=None, state__in=OPEN)
        .order_by()
        .values_list("space")
        .annotate(number=Count("pk"), late=Count("pk", filter=late))
    )
    slugs = {space.pk: space.slug for space in spaces}
    return {
        space: Reading(
            words=_said(number, late),
            worries=late > 0,
            url=reverse("reports:queue", args=[slugs[space]]),
        )
        for space, number, late in rows
    }


def _said(number: int, late: int) -> str:
    words = ngettext("%(n)d en attente", "%(n)d en attente", number) % {"n": number}
    if not late:
        return words
    return _("%(words)s, dont %(late)d en retard") % {"words": words, "late": late}

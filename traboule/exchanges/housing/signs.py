"""What the exchange of homes says of many spaces at once."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.panorama import Reading

from .models import Check, Outcome, Swap, SwapState


def checks(spaces: Sequence[Space]) -> dict[int, Reading]:
    """The listings that wait for their landlord; those whose day is past worry."""
    late = Q(due_on__lt=timezone.localdate())
    rows = (
        Check.objects.filter(listing__space__in=spaces, outcome=Outcome.WAITING)
        .order_by()
        .values_list("listing__space")
        .annotate(number=Count("pk"), late=Count("pk", filter=late))
    )
    slugs = _slugs(spaces)
    return {
        space: Reading(
            words=_said(number, late),
            worries=late > 0,
            url=reverse("housing:checks", args=[slugs[space]]),
        )
        for space, number, late in rows
    }


def done(spaces: Sequence[Space]) -> dict[int, Reading]:
    """How many exchanges were done since the beginning."""
    rows = (
        Swap.objects.filter(space__in=spaces, state=SwapState.DONE)
        .order_by()
        .values_list("space")
        .annotate(number=Count("pk"))
    )
    slugs = _slugs(spaces)
    return {
        space: Reading(words=str(number), url=reverse("housing:results", args=[slugs[space]]))
        for space, number in rows
    }


def _slugs(spaces: Sequence[Space]) -> Mapping[int, str]:
    return {space.pk: space.slug for space in spaces}


def _said(number: int, late: int) -> str:
    words = ngettext("%(n)d à vérifier", "%(n)d à vérifier", number) % {"n": number}
    if not late:
        return words
    return _("%(words)s, dont %(late)d en retard") % {"words": words, "late": late}

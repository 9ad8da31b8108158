"""What the agenda says of many spaces at once."""

from collections.abc import Sequence

from django.db.models import Min
from django.utils import timezone

from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.panorama import Reading

from .models import Event
from .wording import day


def next_dates(spaces: Sequence[Space]) -> dict[int, Reading]:
    """The next date of each; a space without any worries."""
    found = dict(
        Event.objects.open()
        .gatherings()
        .filter(space__in=spaces, ends_at__gte=timezone.now())
        .order_by()
        .values_list("space")
        .annotate(Min("starts_at"))
    )
    return {
        space.pk: Reading(words=day(timezone.localtime(found[space.pk])))
        if space.pk in found
        else Reading(words="–", worries=True)
        for space in spaces
    }

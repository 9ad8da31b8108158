"""Who reads on paper, and at what address."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from traboule.kernel.people.channels import BY_MACHINE, ChannelKind
from traboule.kernel.people.models import Channel
from traboule.kernel.spaces.models import Space

from .models import Household

MOST_LINES = 6
"""Of an address, the name included (standard NF Z 10-011)."""


def by_post(space: Space) -> "QuerySet[Household]":
    """Households to which nothing goes by machine, or that prefer the post."""
    theirs = Channel.objects.filter(person=OuterRef("person"))
    post = theirs.filter(kind=ChannelKind.POST)
    rows = Household.objects.filter(space=space, person__erased_at=None).filter(Exists(post))
    on_paper = Q(Exists(post.filter(is_preferred=True))) | ~Q(
        Exists(theirs.filter(kind__in=BY_MACHINE))
    )
    return rows.filter(on_paper).select_related("person", "commune").order_by("pk")


def lines_of(household: Household) -> list[str]:
    """Name and address as they show in the window of an envelope."""
    person = household.person
    post = person.channels.filter(kind=ChannelKind.POST).first() if person else None
    lines = post.value.splitlines() if post else []
    return [str(household), *lines][:MOST_LINES]

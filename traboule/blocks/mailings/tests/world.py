"""Something at every address of letters."""

from typing import Any

TEXT_PAGES = (
    "act",
    "card",
    "change",
    "letter-pdf",
    "mailing",
    "poster",
    "recipients",
    "recipients-csv",
)
"""The addresses that speak of one text to those who write."""
ARCHIVE_PAGES = ("letter", "printed", "short")


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A letter that left, and someone who receives it."""
    from django.utils import timezone

    from traboule.blocks.mailings.actions.subscribing import token_of
    from traboule.blocks.mailings.models import Subscription
    from traboule.blocks.mailings.tests.factories import make_mailing

    now = timezone.now()
    text = make_mailing(space, participant)
    text.change(state="sent", listed_at=now, started_at=now)
    asked = Subscription.objects.create(space=space, person=participant, how="web")
    return {
        **{f"mailings:{name} pk": text.pk for name in TEXT_PAGES},
        **{f"mailings:{name} code": text.code for name in ARCHIVE_PAGES},
        "mailings:confirm token": asked.token,
        "mailings:mine pk": asked.pk,
        "mailings:subscribe-for person": participant.public_id,
        "mailings:unsubscribe token": token_of(space.pk, participant.pk),
    }

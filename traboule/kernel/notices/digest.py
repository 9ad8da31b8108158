"""The weekly digest: one message a person, over all that goes on here."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.people.models import Person

from .actions import tell
from .models import DIGEST, Notice, State
from .timing import last_digest

SUBJECT = gettext_lazy("Vos nouvelles de la semaine")


def gather_all(*, now: datetime.datetime | None = None) -> int:
    """Write the digest of each person who has news; how many were written. Safe to repeat."""
    due = last_digest(now or timezone.now())
    waiting = (
        Notice.objects.in_digest(due)
        .order_by("recipient_id")
        .values_list("recipient_id", flat=True)
    )
    return sum(gather(recipient_key=key, due=due) for key in waiting.distinct())


@transaction.atomic
def gather(*, recipient_key: int, due: datetime.datetime) -> bool:
    """Put the news of one person into one message, once a week; False when there were none."""
    recipient = Person.objects.select_for_update().get(pk=recipient_key)
    news = list(
        Notice.objects.in_digest(due).filter(recipient=recipient).order_by("created_at", "pk")
    )
    if not news:
        return False
    digest = tell(
        person=recipient,
        kind=DIGEST,
        subject=SUBJECT,
        text=lambda: _in_full(news),
        url=reverse("notices:mine"),
        urgent=True,
        key=f"digest:{due:%G-W%V}:{recipient.pk}",
    )
    told = Notice.objects.filter(pk__in=[notice.pk for notice in news])
    told.update(state=State.GATHERED, digest=digest)
    return True


def _in_full(news: list[Notice]) -> str:
    """Everything, one thing after another."""
    head = _("Voici ce qui vous concerne cette semaine.")
    return "\n\n".join([head, *(f"{notice.subject}\n{notice.text}" for notice in news)])

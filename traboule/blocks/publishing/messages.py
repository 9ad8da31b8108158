"""What publications tell people, each in their language and on their channel."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell
from traboule.kernel.notices.timing import last_digest
from traboule.kernel.spaces.models import Space

from .models import Outcome, Publication, Review

DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)

_SUBJECTS = {
    Outcome.PUBLISHED: _("Votre texte est en ligne : %(title)s"),
    Outcome.RETURNED: _("Votre texte est à reprendre : %(title)s"),
    Outcome.WITHDRAWN: _("Votre texte a été retiré : %(title)s"),
}
_TEXTS = {
    Outcome.PUBLISHED: _("« %(title)s » est en ligne dans « %(space)s ». Merci !"),
    Outcome.RETURNED: _("« %(title)s » n’est pas encore en ligne. La raison : %(reason)s Vous "
                        "pouvez le reprendre et le donner de nouveau à relire."),
    Outcome.WITHDRAWN: _("« %(title)s » n’est plus en ligne. La raison : %(reason)s"),
}  # fmt: skip


def decided(review: Review) -> None:
    """Tell the author what was decided of their text, and why; not of what they decide."""
    publication, outcome = review.publication, Outcome(review.outcome)
    if publication.author is None or publication.author == review.by:
        return
    tell(
        person=publication.author,
        kind=f"publishing.{outcome}",
        subject=_SUBJECTS[outcome],
        text=_TEXTS[outcome],
        values={
            "title": publication.title,
            "space": str(publication.space),
            "reason": _ended(review.reason),
        },
        url=publication.get_absolute_url(),
        # What is online can wait for the digest; what is to be taken up again cannot.
        urgent=outcome != Outcome.PUBLISHED,
        purse=publication.space.purse,
        owner=review.by,
        key=f"publishing.decided:{review.pk}",
    )


def _ended(reason: str) -> str:
    """A reason as a sentence of its own."""
    return reason if not reason or reason[-1] in ".!?…" else f"{reason}."


def tell_what_is_new(now: datetime.datetime) -> None:
    """The day before the weekly digest, put what is new in a space into it: one line a person."""
    begins = last_digest(now) + WEEK - DAY
    if now < begins:
        return
    new = Publication.objects.published().filter(
        told_at=None, published_at__gte=begins - 2 * WEEK, space__closed_at=None
    )
    told = Publication.objects.filter(told_at__gte=begins).values("space")
    for space in (
        Space.objects.for_page().filter(publications__in=new).exclude(pk__in=told).distinct()
    ):
        _tell_space(space, list(new.filter(space=space)), week=f"{begins + DAY:%G-W%V}", now=now)


def _tell_space(
    space: Space, publications: list[Publication], *, week: str, now: datetime.datetime
) -> None:
    titles = " · ".join(one.title for one in publications)
    for participation in space.roll():
        tell(
            person=participation.person,
            kind="publishing.new",
            subject=_("À lire dans « %(space)s »"),
            text="%(titles)s",
            values={"space": str(space), "titles": titles},
            url=reverse("publishing:list", args=[space.slug]),
            purse=space.purse,
            key=f"publishing.new:{space.pk}:{week}:{participation.person_id}",
        )
    Publication.objects.filter(pk__in=[one.pk for one in publications]).update(told_at=now)

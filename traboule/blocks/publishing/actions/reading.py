"""Readings counted without knowing readers, and what readers answer."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.moderation.actions import accepted
from traboule.kernel.moderation.rules import may_post
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..models import Comment, DayViews, Publication
from .writing import locked


def count_view(publication: Publication) -> None:
    """One more reading today: a number, and nothing of who read."""
    day, _created = DayViews.objects.get_or_create(
        publication=publication, day=timezone.localdate()
    )
    DayViews.objects.filter(pk=day.pk).update(count=F("count") + 1)


@transaction.atomic
def comment(*, publication: Publication, text: str, by: Person, is_shown: bool) -> Comment:
    """Answer a publication; ``is_shown`` at once, or once the team has read it."""
    publication = locked(publication)
    may_post(by, publication.space)
    if not (publication.comments_open and publication.is_published):
        raise Refused(_("On ne commente pas ici."))
    said = Comment.objects.create(
        publication=publication,
        person=by,
        text=text,
        state=Comment.State.SHOWN if is_shown else Comment.State.WAITING,
    )
    record("publishing.commented", publication, by=by)
    return said


@transaction.atomic
def accept_comment(*, comment: Comment, by: Person) -> None:
    """Show what a reader answered, once read; enough of them and the reader is trusted."""
    publication = locked(comment.publication)
    waiting = Comment.objects.filter(pk=comment.pk, state=Comment.State.WAITING)
    if waiting.update(state=Comment.State.SHOWN):
        record("publishing.accepted-comment", publication, by=by)
        accepted(person=comment.person, space=publication.space)

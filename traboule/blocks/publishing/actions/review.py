"""From a draft to its readers: given in, read again, published, sent back, withdrawn."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.journal.actions import record
from traboule.kernel.moderation.actions import accepted
from traboule.kernel.moderation.rules import may_post
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from .. import messages
from ..models import Outcome, Publication, Review, State
from .writing import locked


@dataclass(frozen=True, kw_only=True)
class Checks:
    """What a second reader answers: is it clear, was it checked, is it fair to whom it names?"""

    is_clear: bool = False
    is_checked: bool = False
    is_fair: bool = False


@transaction.atomic
def submit(*, publication: Publication, by: Person) -> None:
    """Give a text in to be read again. Repeatable."""
    publication = locked(publication)
    if publication.is_to_review:
        return
    _refuse_what_is_empty(publication)
    _move(publication, State.SUBMITTED)
    publication.submitted_at = timezone.now()
    publication.save(update_fields=["state", "submitted_at", "changed_at"])
    record("publishing.submitted", publication, by=by)


@transaction.atomic
def take_back(*, publication: Publication, by: Person) -> None:
    """Take one's text back before anybody has begun to read it."""
    publication = locked(publication)
    _move(publication, State.DRAFT)
    publication.save(update_fields=["state", "changed_at"])
    record("publishing.took-back", publication, by=by)


@transaction.atomic
def take_up(*, publication: Publication, by: Person) -> None:
    """Begin to read a text again, so that its author knows. Repeatable."""
    publication = locked(publication)
    if publication.state == State.IN_REVIEW:
        return
    _move(publication, State.IN_REVIEW)
    publication.save(update_fields=["state", "changed_at"])
    record("publishing.took-up", publication, by=by)


@transaction.atomic
def publish(*, publication: Publication, by: Person, checks: Checks | None = None) -> None:
    """Put it in front of its readers; with ``checks`` as the decision of who read it again.

    Without them it is published at once, by someone who may, from what is in the making. Of two
    who decide on one text at the same moment, the second is refused.
    """
    publication = locked(publication)
    if checks is None:
        may_post(by, publication.space)
        if publication.state == State.PUBLISHED:
            return
    _refuse_if_decided(publication, is_review=checks is not None)
    _refuse_what_is_empty(publication)
    _refuse_unknown_faces(publication)
    _move(publication, State.PUBLISHED)
    publication.published_at = publication.published_at or timezone.now()
    publication.save(update_fields=["state", "published_at", "changed_at"])
    publication.open_files()
    said = vars(checks) if checks else {}
    review = Review.objects.create(
        publication=publication, by=by, outcome=Outcome.PUBLISHED, **said
    )
    record("publishing.published", publication, by=by)
    if checks and publication.author and publication.author != by:
        accepted(person=publication.author, space=publication.space)
    messages.decided(review)


@transaction.atomic
def send_back(*, publication: Publication, by: Person, reason: str, checks: Checks) -> None:
    """Give a text back to its author, with the reason and what still lacks."""
    publication = locked(publication)
    _refuse_if_decided(publication, is_review=True)
    _decide(publication, State.RETURNED, Outcome.RETURNED, by, reason, **vars(checks))
    record("publishing.sent-back", publication, by=by)


@transaction.atomic
def withdraw(*, publication: Publication, by: Person, reason: str) -> None:
    """Take it away from its readers, its pictures too; the author is told why. Repeatable."""
    publication = locked(publication)
    if publication.state == State.WITHDRAWN:
        return
    _decide(publication, State.WITHDRAWN, Outcome.WITHDRAWN, by, reason)
    publication.open_files()
    record("publishing.withdrew", publication, by=by)


def _decide(
    publication: Publication, state: State, outcome: Outcome, by: Person, reason: str, **said: Any
) -> None:
    """Move it, keep why, and tell the author."""
    if not reason.strip():
        raise Refused(_("Dites pourquoi : la personne qui a écrit le lira."))
    _move(publication, state)
    publication.save(update_fields=["state", "changed_at"])
    review = Review.objects.create(
        publication=publication, by=by, outcome=outcome, reason=reason.strip(), **said
    )
    messages.decided(review)


def _move(publication: Publication, state: State) -> None:
    if not publication.may_become(state):
        raise Refused(
            _("Ce texte est « %(state)s » : cela ne se peut plus. Rouvrez sa page pour voir où "
              "il en est.") % {"state": publication.get_state_display()}
        )  # fmt: skip
    publication.state = state


def _refuse_if_decided(publication: Publication, *, is_review: bool) -> None:
    """A reviewer decides on what is to review only: otherwise somebody just did."""
    if is_review and not publication.is_to_review:
        raise Refused(
            _("Quelqu’un vient de décider pour ce texte : il est « %(state)s ».")
            % {"state": publication.get_state_display()}
        )


def _refuse_what_is_empty(publication: Publication) -> None:
    told = publication.text.strip() or publication.files.exists() or publication.pairs.exists()
    if not told:
        raise Refused(
            _("Il n’y a encore rien à lire : écrivez quelques mots ou ajoutez une photo.")
        )


def _refuse_unknown_faces(publication: Publication) -> None:
    """No picture reaches readers before somebody said who is seen on it."""
    if number := publication.files.accepted().unanswered().count():
        raise Refused(
            ngettext(
                "Dites d’abord qui l’on voit sur une photo (« Photos et accords »).",
                "Dites d’abord qui l’on voit sur %(number)s photos (« Photos et accords »).",
                number,
            )
            % {"number": number}
        )

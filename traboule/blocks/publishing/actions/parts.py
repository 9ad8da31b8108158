"""The steps of a tutorial, the two pictures of a place, who is seen on them, what guests send."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from traboule.kernel.files import actions as files
from traboule.kernel.files.checking import Prepared
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..models import Pair, Place, Publication, PublicationFile, State, Step
from .writing import add_files, locked


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """A step as somebody typed it: ``pk`` of the one that it changes, a new picture if any."""

    words: str
    icon: str = ""
    pk: int | None = None
    prepared: Prepared | None = None


@transaction.atomic
def set_steps(
    *, publication: Publication, gestures: Iterable[Gesture], nobody_seen: bool, by: Person
) -> None:
    """Make the steps of a tutorial these, in this order; one without words goes away."""
    publication = locked(publication)
    known = {step.pk: step for step in publication.steps.order_by("pk")}
    for rank, gesture in enumerate((one for one in gestures if one.words), 1):
        step = known.pop(gesture.pk or 0, None) or Step(publication=publication)
        step.position, step.words, step.icon = rank, gesture.words, gesture.icon
        if gesture.prepared:
            [step.picture] = add_files(
                publication, [gesture.prepared], by=by, place=Place.STEP,
                nobody_seen=nobody_seen, alt=gesture.words,
            )  # fmt: skip
        step.save()
    publication.steps.filter(pk__in=known).delete()
    record("publishing.set-steps", publication, by=by)


@transaction.atomic
def add_pair(
    *,
    publication: Publication,
    place: str,
    before: Prepared,
    by: Person,
    after: Prepared | None = None,
    caption: str = "",
    nobody_seen: bool = False,
) -> Pair:
    """Keep a place as it was; what it became may come later."""
    publication = locked(publication)
    sent = [before, after] if after else [before]
    kept = add_files(publication, sent, by=by, place=Place.PAIR, nobody_seen=nobody_seen, alt=place)
    pair = Pair.objects.create(
        publication=publication,
        place=place,
        caption=caption,
        before=kept[0],
        after=kept[1] if after else None,
        position=publication.pairs.count() + 1,
    )
    record("publishing.added-pair", publication, by=by)
    return pair


@transaction.atomic
def add_after(
    *, pair: Pair, after: Prepared, by: Person, nobody_seen: bool = False, credit: str = ""
) -> None:
    """Add the place as it is now. Raises Refused when someone did a moment ago."""
    publication = locked(pair.publication)
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    if pair.after_id:
        raise Refused(_("Quelqu’un a déjà mis la photo d’après. Retirez-la pour la remplacer."))
    [pair.after] = add_files(
        publication, [after], by=by, place=Place.PAIR, nobody_seen=nobody_seen, credit=credit,
        alt=pair.place,
    )  # fmt: skip
    pair.save(update_fields=["after"])
    record("publishing.added-after", publication, by=by)


@transaction.atomic
def remove_after(*, pair: Pair, by: Person) -> None:
    """Let go of the picture of after, so that another may be taken."""
    publication = locked(pair.publication)
    if pair.after:
        record("publishing.removed-after", publication, by=by)
        files.delete(file=pair.after, by=by)


@transaction.atomic
def remove_pair(*, pair: Pair, by: Person) -> None:
    """Let go of a place and of its pictures."""
    publication = locked(pair.publication)
    record("publishing.removed-pair", publication, by=by)
    kept = [file for file in (pair.before, pair.after) if file]
    pair.delete()
    for file in kept:
        files.delete(file=file, by=by)


@transaction.atomic
def say_who(
    *,
    piece: PublicationFile,
    people: Iterable[Person],
    by: Person,
    nobody_seen: bool = False,
    paper_agreement: bool = False,
) -> None:
    """Say who is seen on a picture: it shows while each of them agrees to it."""
    publication, people = locked(piece.publication), list(people)
    if people and nobody_seen:
        raise Refused(_("Soit l’on voit quelqu’un, soit l’on ne reconnaît personne."))
    if not (people or nobody_seen or paper_agreement):
        raise Refused(_("Choisissez qui l’on voit, ou dites que l’on ne reconnaît personne."))
    piece.nobody_seen, piece.paper_agreement = nobody_seen, paper_agreement
    piece.is_answered = True
    piece.save(update_fields=["is_answered", "nobody_seen", "paper_agreement"])
    files.name_people(file=piece.file, people=people, by=by)
    publication.open_files()
    if paper_agreement:
        record("publishing.noted-agreement", publication, by=by, file=piece.file_id)


# The box


@transaction.atomic
def send_to_box(
    *,
    publication: Publication,
    prepared: Iterable[Prepared],
    by: Person | None,
    credit: str,
    nobody_seen: bool,
) -> int:
    """Take pictures for an album from someone who has the code; the team looks at them first.

    How many came.
    """
    publication = locked(publication)
    if not publication.is_box or publication.state == State.WITHDRAWN:
        raise Refused(_("Cet album ne reçoit plus de photos."))
    kept = add_files(
        publication, prepared, by=by, is_accepted=False, nobody_seen=nobody_seen, credit=credit
    )
    record("publishing.sent-to-box", publication, by=by, number=len(kept))
    return len(kept)


@transaction.atomic
def accept(*, piece: PublicationFile, by: Person) -> None:
    """Take a picture of the box into the album. Raises Refused until one said who is seen."""
    publication = locked(piece.publication)
    if not piece.is_answered:
        raise Refused(_("Dites d’abord qui l’on voit sur cette photo."))
    piece.is_accepted = True
    piece.save(update_fields=["is_accepted"])
    publication.open_files()
    if publication.cover is None:
        publication.cover = piece.file
        publication.save(update_fields=["cover"])
    record("publishing.accepted-picture", publication, by=by)

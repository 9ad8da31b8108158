"""Small plausible publications to test with."""

from typing import Any

from traboule.blocks.publishing.actions import parts, review, writing
from traboule.blocks.publishing.models import Kind, Pair, Publication, State
from traboule.kernel.files import checking, receiving
from traboule.kernel.files.models import File
from traboule.kernel.files.tests.factories import picture, sent
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.tests.factories import make_participant, make_space

CHECKED = review.Checks(is_clear=True, is_checked=True, is_fair=True)


def making_space(**fields: Any) -> Space:
    """A space that publishes."""
    return make_space(blocks=("publishing",), **fields)


def prepared(
    content: Any = None, kinds: tuple[str, ...] = ("picture",), name: str = "a.jpg"
) -> Any:
    """What a form gives: a photo that has arrived, unless told otherwise."""
    upload = receiving.take(sent(content or picture((900, 600)), name), most=10**9)
    return checking.prepare(upload, kinds=set(kinds))


def make_publication(
    space: Space | None = None, *, by: Person | None = None, pictures: int = 0, **fields: Any
) -> Publication:
    """A draft of news, by a member; with so many photos on which nobody is recognised."""
    space = space or making_space()
    said = {"kind": Kind.NEWS, "title": "Le composteur est là", "text": "Il sent **bon**."}
    return writing.write(
        space=space,
        by=by or make_participant(space, name="Nadia"),
        prepared=[prepared() for _number in range(pictures)],
        nobody_seen=True,
        **{**said, **fields},
    )


def make_published(space: Space | None = None, **fields: Any) -> Publication:
    """The same, online."""
    publication = make_publication(space, **fields)
    review.publish(publication=publication, by=publication.by)
    return Publication.objects.for_page().get(pk=publication.pk)


def make_pair(publication: Publication, *, with_after: bool = False, place: str = "Le mur") -> Pair:
    """A place, before and perhaps after."""
    return parts.add_pair(
        publication=publication,
        place=place,
        before=prepared(picture((900, 600), "#884422")),
        after=prepared(picture((900, 600), "#228844")) if with_after else None,
        nobody_seen=True,
        by=publication.by,
    )


def files_of(publication: Publication) -> list[File]:
    """Its files in order."""
    return [one.file for one in publication.files.for_page()]


def state_of(publication: Publication) -> State:
    """Where it stands now."""
    return State(Publication.objects.get(pk=publication.pk).state)

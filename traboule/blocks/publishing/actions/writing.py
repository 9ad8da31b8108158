"""Writing a publication, and what stands in it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from traboule.kernel.files import actions as files
from traboule.kernel.files.checking import Prepared
from traboule.kernel.files.models import File
from traboule.kernel.files.models import Kind as FileKind
from traboule.kernel.journal.actions import record
from traboule.kernel.moderation.rules import may_post
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space
from traboule.ui.markdown import render

from ..models import Kind, Place, Publication, PublicationFile

RESERVED = {"ecrire", "relire"}
"""Words of our own addresses, which no publication may take."""


@transaction.atomic
def write(
    *,
    space: Space,
    kind: Kind,
    by: Person | None,
    for_: Person | None = None,
    prepared: Iterable[Prepared] = (),
    nobody_seen: bool = False,
    **fields: Any,
) -> Publication:
    """Begin a publication, as a draft; ``for_`` is whose words they are, when typed for someone.

    Raises Refused, or ValidationError by field.
    """
    # Two of the same title at the same time get their addresses one after the other.
    Space.objects.select_for_update().get(pk=space.pk)
    must_be_open(space)
    if by:
        may_post(by, space)
    publication = Publication(space=space, kind=kind, by=by, author=for_ or by, **fields)
    publication.slug = _free_slug(space, publication.title)
    _set_text(publication)
    publication.full_clean(exclude=["space", "author", "by", "cover"])
    publication.save()
    add_files(publication, prepared, by=by, nobody_seen=nobody_seen)
    record("publishing.wrote", publication, by=by, for_=for_)
    return publication


@transaction.atomic
def change(
    *,
    publication: Publication,
    by: Person,
    prepared: Iterable[Prepared] = (),
    nobody_seen: bool = False,
    **fields: Any,
) -> Publication:
    """Change what a publication says, and add files to it. Its address stays."""
    publication = locked(publication)
    for name, value in fields.items():
        setattr(publication, name, value)
    _set_text(publication)
    publication.full_clean(exclude=["space", "author", "by", "cover"])
    publication.save()
    add_files(publication, prepared, by=by, nobody_seen=nobody_seen)
    publication.open_files()
    record("publishing.changed", publication, by=by)
    return publication


@transaction.atomic
def remove(*, publication: Publication, by: Person) -> None:
    """Let go of what nobody has read yet, its files with it. Raises Refused once it was online."""
    publication = locked(publication)
    if publication.published_at:
        raise Refused(_("Ceci a déjà été lu : retirez-le plutôt, avec la raison."))
    record("publishing.removed", publication, by=by)
    kept = list(File.objects.filter(publications__publication=publication).order_by("pk"))
    publication.delete()
    for file in kept:
        files.delete(file=file, by=by)


def add_files(
    publication: Publication,
    prepared: Iterable[Prepared],
    *,
    by: Person | None,
    place: Place = Place.BODY,
    nobody_seen: bool = False,
    is_accepted: bool = True,
    credit: str = "",
    alt: str = "",
) -> list[File]:
    """Keep what was sent, after what is there; the first picture stands for the whole."""
    last = publication.files.order_by("-position").values_list("position", flat=True).first() or 0
    kept = []
    for rank, one in enumerate(prepared, last + 1):
        is_answered = nobody_seen or one.kind not in {FileKind.PICTURE, FileKind.VIDEO}
        online = publication.is_published and publication.is_public
        public = online and is_accepted and is_answered
        file = files.keep(
            one, space=publication.space, by=by, public=public, credit=credit, alt=alt
        )
        PublicationFile.objects.create(
            publication=publication,
            file=file,
            place=place,
            position=rank,
            is_accepted=is_accepted,
            is_answered=is_answered,
            nobody_seen=nobody_seen,
        )
        if is_accepted and publication.cover is None and file.kind == FileKind.PICTURE:
            publication.cover = file
            publication.save(update_fields=["cover"])
        kept.append(file)
    publication.__dict__.pop("every_piece", None)
    return kept


@transaction.atomic
def arrange(
    *, publication: Publication, lines: dict[int, dict[str, Any]], cover: int | None, by: Person
) -> None:
    """Give its files their captions, what one sees on them, their order, and one as the cover.

    ``lines`` says of each row: ``caption``, ``alt``, ``credit``, ``position``.
    """
    publication = locked(publication)
    for piece in publication.files.of_body().select_related("file").order_by("pk"):
        if line := lines.get(piece.pk):
            piece.caption, piece.position = line["caption"], line["position"]
            piece.save(update_fields=["caption", "position"])
            piece.file.alt, piece.file.credit = line["alt"], line["credit"]
            piece.file.save(update_fields=["alt", "credit"])
            if piece.pk == cover:
                publication.cover = piece.file
    publication.save(update_fields=["cover", "changed_at"])
    record("publishing.arranged", publication, by=by)


@transaction.atomic
def remove_file(*, piece: PublicationFile, by: Person) -> None:
    """Take a file out of the publication, for good."""
    publication = locked(piece.publication)
    file = piece.file
    record("publishing.removed-file", publication, by=by)
    files.delete(file=file, by=by)


def locked(publication: Publication) -> Publication:
    """The publication, held until the end of the act. Raises Refused when its space is closed."""
    rows = Publication.objects.select_for_update(of=("self",)).select_related("space__initiative")
    found = rows.get(pk=publication.pk)
    must_be_open(found.space)
    return found


def _set_text(publication: Publication) -> None:
    publication.html = render(publication.text)


def _free_slug(space: Space, title: str) -> str:
    """The title as an address, with a number when it is taken in the space."""
    base = slugify(title)[:60].strip("-") or "publication"
    taken = set(space.publications.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken | RESERVED:
        number += 1
        slug = f"{base}-{number}"
    return slug

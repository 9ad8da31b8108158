"""Putting documents on their shelf, replacing them, moving them, putting them away."""

import datetime
import filecmp
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.files import actions as files
from traboule.kernel.files.checking import Prepared
from traboule.kernel.files.models import File
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..models import Document, Expected, Reading, Shelf, Version
from ..reading import read, stems_of
from ..rules import can_make_public


@transaction.atomic
def add(
    *,
    space: Space,
    prepared: Prepared,
    by: Person,
    title: str,
    summary: str,
    shelf: str = Shelf.MEMBERS,
    about: str = "",
    on: datetime.date | None = None,
    key: uuid.UUID | None = None,
    expected: Expected | None = None,
) -> Document:
    """Put a new document on a shelf. Sent again with the same ``key``, it is the same one.

    Raises Refused where everyone reads, for those who do not coordinate.
    """
    must_be_open(space)
    space = Space.objects.select_for_update(of=("self",)).get(pk=space.pk)
    if key and (known := Document.objects.filter(key=key, space=space).first()):
        return known
    if shelf == Shelf.PUBLIC:
        _check_public(space, by)
    last = space.documents.aggregate(last=Max("number"))["last"]
    document = Document(
        space=space, key=key or uuid.uuid4(), number=(last or 0) + 1, shelf=shelf, title=title,
        summary=summary, about=about, on=on, changed_at=timezone.now(),
    )  # fmt: skip
    document.stems = _stems(document)
    document.full_clean(exclude=["space"])
    document.save()
    _new_version(document, prepared, by=by, note="")
    if expected:
        Expected.objects.filter(pk=expected.pk, space=space).update(document=document)
    record("documents.added", document, by=by, number=document.number)
    return document


@transaction.atomic
def add_version(*, document: Document, prepared: Prepared, by: Person, note: str) -> Version:
    """Replace what is read today; the former stays under its number. Raises Refused.

    The very file of today sent again is no new version.
    """
    must_be_open(document.space)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    current = document.versions.current().select_related("file").first()
    if current and _is_same(prepared, current.file):
        return current
    if document.put_away_at:
        raise Refused(_("Ce document est rangé : remettez-le d’abord sur son étagère."))
    document.versions.current().update(is_current=False)
    version = _new_version(document, prepared, by=by, note=note)
    document.changed_at = version.at
    document.save(update_fields=["changed_at"])
    record("documents.added-version", document, by=by, version=version.number)
    return version


def _new_version(document: Document, prepared: Prepared, *, by: Person, note: str) -> Version:
    """The next version, its words read after the commit."""
    file = files.keep(prepared, space=document.space, by=by, public=document.is_public)
    last = document.versions.aggregate(last=Max("number"))["last"]
    version = Version.objects.create(
        document=document, number=(last or 0) + 1, file=file, note=note, by=by, at=timezone.now()
    )
    Reading.objects.create(version=version)
    file.name = f"{document.number} - {document.title}, version {version.number}"[:200]
    file.save(update_fields=["name"])
    transaction.on_commit(lambda: read.enqueue(version.pk))
    return version


def _is_same(prepared: Prepared, file: File) -> bool:
    return filecmp.cmp(prepared.upload.path, file.content.path, shallow=False)


@transaction.atomic
def change(*, document: Document, by: Person, **fields: Any) -> Document:
    """Say otherwise what the document is: its title, summary, and the meeting it speaks of."""
    must_be_open(document.space)
    for name, value in fields.items():
        setattr(document, name, value)
    document.stems = _stems(document)
    document.full_clean(exclude=["space"])
    document.save(update_fields=[*fields, "stems"])
    record("documents.changed", document, by=by)
    return document


@transaction.atomic
def move(*, document: Document, shelf: str, by: Person) -> None:
    """Put the document on the other shelf; its files open accordingly, at once. Repeatable."""
    must_be_open(document.space)
    document = _locked(document)
    if document.shelf == shelf:
        return
    if shelf == Shelf.PUBLIC:
        _check_public(document.space, by)
    document.shelf = shelf
    document.save(update_fields=["shelf"])
    _open_files(document)
    is_public = shelf == Shelf.PUBLIC
    record("documents.made-public" if is_public else "documents.kept-for-members", document, by=by)


@transaction.atomic
def put_away(*, document: Document, by: Person) -> None:
    """Take the document off the shelves; it is lost to nobody who facilitates. Repeatable."""
    must_be_open(document.space)
    document = _locked(document)
    if document.put_away_at is None:
        document.put_away_at = timezone.now()
        document.save(update_fields=["put_away_at"])
        _open_files(document)
        record("documents.put-away", document, by=by)


@transaction.atomic
def bring_back(*, document: Document, by: Person) -> None:
    """Put the document back on its shelf; on the public one, whoever may. Raises Refused."""
    must_be_open(document.space)
    document = _locked(document)
    if document.put_away_at is None:
        return
    if document.shelf == Shelf.PUBLIC:
        _check_public(document.space, by)
    document.put_away_at = None
    document.save(update_fields=["put_away_at"])
    _open_files(document)
    record("documents.brought-back", document, by=by)


@transaction.atomic
def expect(*, space: Space, title: str, shelf: str, by: Person) -> Expected:
    """Add a document to those that the space should have; once."""
    must_be_open(space)
    last = space.expected_documents.aggregate(last=Max("position"))["last"]
    expected, created = Expected.objects.get_or_create(
        space=space, title=title, defaults={"shelf": shelf, "position": (last or 0) + 1}
    )
    if created:
        record("documents.expected", expected, by=by)
    return expected


@transaction.atomic
def expect_no_more(*, expected: Expected, by: Person) -> None:
    """Take a document off the list of those expected; what was deposited stays."""
    must_be_open(expected.space)
    record("documents.no-longer-expected", expected, by=by)
    expected.delete()


def _open_files(document: Document) -> None:
    """Its files open for everyone, or no longer, whatever their version."""
    File.objects.filter(document_version__document=document).update(is_public=document.is_public)


def _check_public(space: Space, by: Person) -> None:
    if not can_make_public(by, space):
        raise Refused(
            _("Seule la coordination met un document à la vue de tout le monde : demandez-lui.")
        )


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(of=("self",)).get(pk=document.pk)


def _stems(document: Document) -> str:
    said = (document.title, document.summary, document.about, str(document.number))
    return stems_of(" ".join(said))

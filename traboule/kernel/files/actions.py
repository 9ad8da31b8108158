"""Keeping files, naming who is seen on them, withdrawing them everywhere at once."""

import datetime
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.base import File as Content
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from PIL import Image

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry
from traboule.kernel.people import consents
from traboule.kernel.people.consents import ConsentState
from traboule.kernel.people.models import Consent, Person, Purpose

from . import pictures, sound_and_vision
from .checking import Prepared
from .models import File, Kind, Seen, State, Upload

SMALL_SIDE = 480


class Keyed(Protocol):
    """What a file can belong to: a space, told by its ``key``."""

    @property
    def key(self) -> str: ...


@transaction.atomic
def keep(
    prepared: Prepared,
    *,
    space: Keyed,
    by: Person | None,
    alt: str = "",
    credit: str = "",
    public: bool = False,
) -> File:
    """Keep what was sent, and nothing of what it hides. Recordings are made ready after commit."""
    upload = prepared.upload
    file = File(
        space_key=space.key,
        kind=prepared.kind,
        name=upload.name if prepared.kind == Kind.PAPER else "",
        alt=alt,
        credit=credit,
        by=by,
        is_public=public,
    )
    if prepared.picture:
        _put_picture(file, prepared.picture)
    elif prepared.recording:
        _put_recording(file, prepared)
    else:
        with upload.path.open("rb") as content:
            file.content.save(f"document.{prepared.ending}", Content(content), save=False)
    file.save()
    if prepared.recording:
        transaction.on_commit(lambda: make_ready.enqueue(file.pk))
    transaction.on_commit(upload.forget)
    return file


def _put_picture(file: File, picture: ContentFile) -> None:
    ending = Path(picture.name or "").suffix
    small = pictures.prepared(picture, side=SMALL_SIDE)
    with Image.open(picture) as image:
        file.width, file.height = image.size
    picture.seek(0)
    file.content.save(f"photo{ending}", picture, save=False)
    file.small.save(f"vignette{ending}", small, save=False)


def _put_recording(file: File, prepared: Prepared) -> None:
    """Keep it as it came, out of sight, until it is made ready."""
    assert prepared.recording  # noqa: S101 (asked of recordings only)
    file.state, file.percent = State.PREPARING, 0
    file.seconds = prepared.recording.seconds
    file.width, file.height = prepared.recording.width, prepared.recording.height
    with prepared.upload.path.open("rb") as content:
        file.content.save("original", Content(content), save=False)


@task(queue_name="recordings")
def make_ready(pk: int) -> None:
    """Turn what came from a phone into what any phone plays. Safe to repeat."""
    file = File.objects.filter(pk=pk, state=State.PREPARING).first()
    if file is None:
        return
    original = str(file.content.name)
    try:
        with tempfile.TemporaryDirectory() as folder:
            _convert(file, Path(file.content.path), Path(folder))
    except sound_and_vision.WrongRecording:
        File.objects.filter(pk=pk).update(state=State.FAILED)
        return
    file.state, file.percent = State.READY, 100
    file.save()
    file.content.storage.delete(original)


def _convert(file: File, source: Path, folder: Path) -> None:
    seconds = file.seconds or 0

    def progress(start: int, share: int) -> Any:
        def told(part: float) -> None:
            percent = start + int(share * part)
            if percent >= file.percent + 2:
                file.percent = percent
                File.objects.filter(pk=file.pk).update(percent=percent)

        return told

    recording = sound_and_vision.look(source)
    made: list[tuple[str, str, Path]] = []
    if file.kind == Kind.VIDEO:
        steps = [
            ("light", "leger.mp4", sound_and_vision.LIGHT, 0, 30),
            ("small", "vignette.jpg", sound_and_vision.POSTER, 30, 2),
            ("content", "video.mp4", sound_and_vision.MAIN, 32, 60),
        ]
        if recording.has_sound:
            steps.append(("sound", "son.m4a", sound_and_vision.VOICE, 92, 8))
    else:
        steps = [("content", "son.m4a", sound_and_vision.VOICE, 0, 100)]
    for field, name, options, start, share in steps:
        target = folder / name
        sound_and_vision.convert(
            source, target, options, seconds=seconds, told=progress(start, share)
        )
        made.append((field, name, target))
    for field, name, target in made:
        with target.open("rb") as content:
            getattr(file, field).save(name, Content(content), save=False)


@transaction.atomic
def name_people(*, file: File, people: Iterable[Person], by: Person) -> None:
    """Say who is seen on a file, in place of what was said before."""
    wanted = {person.pk for person in people}
    file.seen.exclude(person__in=wanted).delete()
    known = set(file.seen.values_list("person_id", flat=True))
    Seen.objects.bulk_create(Seen(file=file, person_id=pk) for pk in sorted(wanted - known))
    record("files.named-people", file, by=by)
    look_at_consents([file.pk])


@transaction.atomic
def withdraw(*, file: File, by: Person | None) -> None:
    """Take a file away from every page, at once; twice is no matter."""
    standing = File.objects.filter(pk=file.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=timezone.now()):
        file.refresh_from_db()
        record("files.withdrew", file, by=by)


@transaction.atomic
def put_back(*, file: File, by: Person) -> None:
    """Show a file again that was taken away."""
    if File.objects.filter(pk=file.pk).exclude(withdrawn_at=None).update(withdrawn_at=None):
        file.refresh_from_db()
        record("files.put-back", file, by=by)
        look_at_consents([file.pk])


@transaction.atomic
def delete(*, file: File, by: Person | None) -> None:
    """Let go of a file for good, on the disk too."""
    parts = list(file.parts)
    record("files.deleted", file, by=by)
    file.delete()
    for part in parts:
        transaction.on_commit(partial(part.storage.delete, str(part.name)))


def look_at_consents(files: Iterable[int]) -> None:
    """See again whether everyone who is seen on these files agrees to it today."""
    seen = Seen.objects.filter(file__in=list(files)).select_related("person", "file")
    waiting: set[int] = set()
    by_space: dict[str, list[Seen]] = {}
    for one in seen.order_by("pk"):
        by_space.setdefault(one.file.space_key, []).append(one)
    for space_key, some in by_space.items():
        states = consents.states_for({one.person for one in some}, [Purpose.IMAGE], space_key)
        waiting |= {
            one.file_id
            for one in some
            if one.person.erased_at or states[one.person_id][Purpose.IMAGE] != ConsentState.GRANTED
        }
    File.objects.filter(pk__in=files).exclude(pk__in=waiting).update(awaits_consent=False)
    File.objects.filter(pk__in=waiting).update(awaits_consent=True)


def hear_consents(sender: Any, *, entry: Entry, subject: Any, **kwargs: Any) -> None:
    """What someone says of pictures of them counts on every page at once; so does being erased."""
    if isinstance(subject, Consent) and subject.purpose == Purpose.IMAGE:
        look_at_consents(_files_of(subject.person_id))
    elif isinstance(subject, Person) and entry.act == "erase":
        look_at_consents(_files_of(subject.pk))


def see_what_expired(now: datetime.datetime) -> None:
    """Once an agreement has had its time, the pictures wait for another one."""
    look_at_consents(
        Seen.objects.filter(file__awaits_consent=False)
        .order_by("file")
        .values_list("file", flat=True)
        .distinct()
    )


def _files_of(person: int) -> list[int]:
    return list(Seen.objects.filter(person=person).order_by("file").values_list("file", flat=True))


def forget_uploads(now: datetime.datetime) -> None:
    """Let go of uploads that nobody used for a day."""
    for upload in Upload.objects.stale(now=now):
        upload.forget()

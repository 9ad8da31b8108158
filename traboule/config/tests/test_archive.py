import json
import tarfile
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from traboule.config import archive
from traboule.kernel.journal.actions import record
from traboule.kernel.people.models import Editorship, Person


@pytest.fixture
def lived_in(db):
    """An installation with people, a right, an entry of the journal and a picture."""
    nadia = Person.objects.create_person(name="Nadia", channels=["06 12 34 56 78"])
    Editorship.objects.create(person=nadia, department_code="38")
    readers = Group.objects.create(name="relecture")
    readers.permissions.add(Permission.objects.get(codename="view_person"))
    nadia.groups.add(readers)
    record("essai", nadia, by=nadia)
    default_storage.save("fiches/vélo.jpg", ContentFile(b"a picture"))
    return nadia


def _picture():
    return Path(default_storage.path("fiches/vélo.jpg")).read_bytes()


def _contents(path):
    """What an archive holds, apart from when it was made."""
    with tarfile.open(path) as tar:
        files = {m.name: tar.extractfile(m).read() for m in tar.getmembers() if m.isfile()}
    manifest = json.loads(files.pop("manifest.json"))
    return manifest["rows"], files


def test_what_is_restored_is_what_was_there(lived_in, tmp_path):
    before, after = tmp_path / "before.tar.gz", tmp_path / "after.tar.gz"
    archive.write(before)
    Person.objects.create_person(name="Someone who came later")
    default_storage.delete("fiches/vélo.jpg")

    archive.restore(before, replace=True)

    archive.write(after)
    assert _contents(after) == _contents(before)
    assert _picture() == b"a picture"


def test_people_can_join_after_a_restore(lived_in, tmp_path):
    archive.write(tmp_path / "backup.tar.gz")
    archive.restore(tmp_path / "backup.tar.gz", replace=True)

    newcomer = Person.objects.create_person(name="Karim")

    assert newcomer.pk > lived_in.pk


def test_a_full_database_is_not_overwritten_by_mistake(lived_in, tmp_path):
    archive.write(tmp_path / "backup.tar.gz")

    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(tmp_path / "backup.tar.gz"))


def test_a_backup_is_not_overwritten_and_is_for_its_owner_only(lived_in, tmp_path):
    path = tmp_path / "backup.tar.gz"
    archive.write(path)

    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(archive.ArchiveError, match="existe déjà"):
        archive.write(path)


def _tampered(path, change):
    """The same archive after a change to the folder of its contents."""
    folder = path.with_name("open")
    with tarfile.open(path) as tar:
        tar.extractall(folder, filter="data")
    change(folder)
    changed = path.with_name("changed.tar.gz")
    with tarfile.open(changed, "w:gz") as tar:
        for part in folder.iterdir():
            tar.add(part, part.name)
    return changed


def _lose_a_person(folder):
    (folder / "data/people.person.jsonl").write_text("")


def _add_a_field(folder):
    path = folder / "data/people.person.jsonl"
    path.write_text(path.read_text().replace('"name"', '"surname"'))


def _break_a_line(folder):
    path = folder / "data/people.person.jsonl"
    path.write_text(path.read_text()[:-5])


def _forget_the_manifest(folder):
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize(
    "change", [_lose_a_person, _add_a_field, _break_a_line, _forget_the_manifest]
)
def test_a_damaged_archive_changes_nothing(lived_in, tmp_path, change):
    archive.write(tmp_path / "backup.tar.gz")
    damaged = _tampered(tmp_path / "backup.tar.gz", change)
    Person.objects.create_person(name="Someone who came later")

    with pytest.raises(archive.ArchiveError):
        archive.restore(damaged, replace=True)

    assert Person.objects.filter(name="Someone who came later").exists()
    assert _picture() == b"a picture"


def test_a_file_that_is_no_archive_is_refused(db, tmp_path):
    path = Path(tmp_path, "photo.tar.gz")
    path.write_bytes(b"not an archive")

    with pytest.raises(archive.ArchiveError, match="ne se lit pas"):
        archive.restore(path, replace=True)

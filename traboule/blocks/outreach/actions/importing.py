"""Importing a list of contacts: first read, nothing kept; then, if asked, imported once."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..finding import Index, Known
from ..importing import Fate, Line, Reading, UnreadableError, read, text_of_file
from ..locating import locate_space
from ..models import ActionKind, Contact, ContactImport
from ..pace import possible
from . import contacts


@transaction.atomic
def check_file(*, space: Space, file: UploadedFile, source_note: str, by: Person) -> ContactImport:
    """Keep the file as it was understood; no contact is touched. Raises Refused."""
    must_be_open(space)
    try:
        content = text_of_file(file.read())
        read(content, Index(space))
    except UnreadableError as error:
        raise Refused(str(error)) from error
    found = ContactImport.objects.create(
        space=space, file_name=(file.name or "")[:200], content=content, source_note=source_note,
        by=by,
    )  # fmt: skip
    record("outreach.checked-import", space, by=by, file=str(found.key))
    return found


@transaction.atomic
def import_checked(
    *, checked: ContactImport, by: Person, first_on: Any = None, owner: Person | None = None
) -> ContactImport:
    """Import the right lines of a file that was read; asked twice, it is done once.

    ``first_on`` is the day by which each is approached first; nothing is planned without one.
    """
    must_be_open(checked.space)
    contacts.lock_additions(checked.space)
    checked = (
        ContactImport.objects.select_for_update(of=("self",))
        .select_related("space__initiative__holder")
        .get(pk=checked.pk)
    )
    if not checked.may_become(ContactImport.State.DONE):
        return checked
    index = Index(checked.space)
    reading = read(checked.content, index)
    for line in reading.lines:
        if line.fate in {Fate.NEW, Fate.MERGED}:
            contact = _put_in(checked, line, index, owner=owner or by)
            _plan_first(contact, first_on)
    checked.state = ContactImport.State.DONE
    checked.content, checked.report = "", _report(reading)
    checked.save(update_fields=["state", "content", "report"])
    record("outreach.imported", checked.space, by=by, file=str(checked.key), **reading.counts)
    transaction.on_commit(lambda: locate_space.enqueue(checked.space_id))
    return checked


def _put_in(checked: ContactImport, line: Line, index: Index, *, owner: Person) -> Contact:
    """The file of a line, new or completed; the lines that follow find it."""
    known = index.match(line.name, line.addresses, line.number, line.street)
    person = Person.objects.get(pk=known.person) if known else None
    fields = line.fields()
    if line.neighbourhood or line.is_outside:
        fields["located_at"] = timezone.now()
    contact = contacts.put_in(
        space=checked.space,
        name=line.name,
        addresses=line.addresses,
        person=person,
        needs=line.needs,
        by=owner,
        source=Contact.Source.IMPORT,
        source_note=checked.source_note,
        **fields,
    )
    found = known or Known(contact.person_id, line.name)
    found.contact = contact.pk
    index.add(found, line.addresses, line.number, line.street)
    return contact


def _plan_first(contact: Contact, day: Any) -> None:
    """Whoever was never approached gets a first thing to do."""
    if day is None or contact.state != Contact.State.TO_CONTACT or contact.last_exchange_at:
        return
    if not contact.actions.to_do().exists():
        kind = possible(contact, ActionKind.CALL)
        contacts.to_do(contact, kind, day, owner=contact.owner)


def _report(reading: Reading) -> dict[str, Any]:
    """What became of the file, without anybody's name."""
    wrong = [line for line in reading.lines if line.fate == Fate.WRONG]
    return reading.counts | {
        "mistakes": [
            {"line": line.line, "field": field, "message": str(message)}
            for line in wrong[:100]
            for field, message in line.mistakes
        ],
        "said": _("%(new)s nouveaux contacts, %(merged)s fiches complétées") % reading.counts,
    }

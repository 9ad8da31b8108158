"""Writing a text, changing it, throwing it away before it leaves."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..models import Letter, Mailing, State
from ..texts import html_of, suggested


@transaction.atomic
def write(*, space: Space, by: Person, **fields: Any) -> Mailing:
    """Write a text; nobody is told yet."""
    must_be_open(space)
    mailing = Mailing.objects.create(space=space, by=by, **_completed(fields))
    record("mailings.wrote", mailing, by=by)
    return mailing


@transaction.atomic
def change(*, mailing: Mailing, by: Person, **fields: Any) -> None:
    """Write it otherwise. Raises Refused once its list is made."""
    mailing = locked(mailing)
    must_be_open(mailing.space)
    if mailing.state != State.DRAFT:
        raise Refused(_("Revenez d’abord au brouillon : la liste est déjà faite pour ce texte."))
    mailing.change(**_completed(fields))
    record("mailings.changed", mailing, by=by)


@transaction.atomic
def throw_away(*, mailing: Mailing, by: Person) -> None:
    """Remove a draft. Raises Refused for what left: it stays, with whom it reached."""
    mailing = locked(mailing)
    must_be_open(mailing.space)
    if mailing.state != State.DRAFT:
        raise Refused(_("Seul un brouillon se supprime."))
    record("mailings.threw-away", mailing.space, by=by)
    mailing.delete()


@transaction.atomic
def show_in_archive(*, mailing: Mailing, shown: bool, by: Person) -> None:
    """Let anybody read it, or no longer."""
    mailing = locked(mailing)
    mailing.change(is_public=shown)
    record("mailings.showed" if shown else "mailings.hid", mailing, by=by)


@transaction.atomic
def name_letter(*, space: Space, name: str, reply_to: str, by: Person) -> None:
    """Say what the letter is called, and who gets the answers."""
    must_be_open(space)
    letter = Letter.kept(space)
    letter.name, letter.reply_to = name, reply_to
    letter.save(update_fields=["name", "reply_to"])
    record("mailings.named-letter", space, by=by)


def locked(mailing: Mailing) -> Mailing:
    """The mailing as it is now, kept from any other change until the end of the transaction."""
    return Mailing.objects.select_for_update(of=("self",)).select_related(
        "space__initiative", "space__purse", "by"
    ).get(pk=mailing.pk)  # fmt: skip


def _completed(fields: dict[str, Any]) -> dict[str, Any]:
    """With its HTML, and the few words that nobody wrote."""
    short = fields.get("short_text") or suggested(fields["subject"], fields["text"])
    return fields | {"html": html_of(fields["text"]), "short_text": short}

"""Whoever acts for someone else leaves them a receipt, and two days to say no."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.acts import act_of, words_of
from traboule.kernel.journal.models import Entry
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from .actions import tell
from .answers import Via
from .choosing import guardians_of
from .models import RECEIPT, Notice

UNDO = "notices.undo"
UNDO_WINDOW = datetime.timedelta(hours=48)
SUBJECT = gettext_lazy("Fait pour vous")


def write_receipt(sender: Any, *, entry: Entry, by: Any, for_: Any, **kwargs: Any) -> None:
    """Tell the person for whom something was done; listens to the journal."""
    if not isinstance(for_, Person) or for_ == by or for_.erased_at:
        return
    if guardians_of(for_) == [by]:
        return  # Nobody else answers for this child.
    undoable = act_of(entry).undo is not None
    tell(
        person=for_,
        kind=RECEIPT,
        subject=SUBJECT,
        text=lambda: _words(entry, by=by, undoable=undoable),
        url=reverse("notices:mine"),
        urgent=True,
        owner=by if isinstance(by, Person) else None,
        answers={"0": UNDO} if undoable else None,
        answer_by=entry.at + UNDO_WINDOW,
        data={"entry": entry.pk},
        key=f"receipt:{entry.pk}",
        spare=by,
    )


def undo(notice: Notice, person: Person, *, by: Person, via: Via) -> str:
    """Undo what the receipt tells of; at most 48 hours later. Raises Refused."""
    entry = Entry.objects.get(pk=notice.data["entry"])
    act = act_of(entry)
    if act.undo is None or timezone.now() > entry.at + UNDO_WINDOW:
        raise Refused(_("Il est trop tard pour annuler ainsi. Appelez-nous, on verra ensemble."))
    with transaction.atomic():
        act.undo(entry, by)
        record("notices.undone", entry, by=by, for_=person, via=via)
    return _("C’est annulé : %(what)s.") % {"what": words_of(entry)}


def _words(entry: Entry, *, by: Any, undoable: bool) -> str:
    said = _("Le %(day)s, %(by)s a fait cela pour vous : %(what)s.") % {
        "day": date_format(timezone.localtime(entry.at), _("j F")),
        "by": by or _("quelqu’un de l’équipe"),
        "what": words_of(entry),
    }
    if not undoable:
        return said
    if settings.HELP_PHONE:
        no = _("Pas d’accord ? Répondez, ou appelez le %(phone)s.") % {"phone": settings.HELP_PHONE}
    else:
        no = _("Pas d’accord ? Vous avez 48 heures pour le dire.")
    return f"{said} {no}"

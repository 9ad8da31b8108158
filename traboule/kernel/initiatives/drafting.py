"""What happens to a draft, from the first answer to the published sheet."""

import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.journal.actions import record
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.places.models import Commune

from .actions import publish_sheet
from .exchange.sheets import sheet_of
from .forms import Answers
from .interview import answers_from, sheet_from
from .models import Draft, Initiative, Picture, Review
from .notices import tell
from .sheet import Sheet
from .vocabulary import Origin

KEPT_FOR = datetime.timedelta(days=365)


class AlreadyHandled(Exception):  # noqa: N818 - it says what happened.
    """Somebody was faster: the draft is no longer where this act could take it further."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(str(self))

    def __str__(self) -> str:
        """What happened, for whoever comes second."""
        review = self.draft.reviews.select_related("by").first()
        state = self.draft.get_status_display()
        if review is None or review.by is None:
            return _("Ce récit a déjà changé d’état : %(state)s.") % {"state": state}
        return _("Ce récit a déjà été traité par %(name)s : %(state)s.") % {
            "name": review.by.name,
            "state": state,
        }


@transaction.atomic
def start(
    *,
    form_key: str,
    by: Person | None = None,
    initiative: Initiative | None = None,
    answers: Answers | None = None,
) -> Draft:
    """Open a draft, or find the one this key has opened already.

    With ``initiative`` it corrects that sheet, and starts from what it says.
    """
    known = Draft.objects.filter(form_key=form_key).first()
    if known is not None:
        return known
    filled = answers_from(sheet_of(initiative)) if initiative else {}
    draft, is_new = Draft.objects.get_or_create(
        form_key=form_key,
        defaults={
            "author": by,
            "initiative": initiative,
            "answers": filled | (answers or {}),
            "department_code": initiative.commune.department_id if initiative else "",
        },
    )
    if is_new:
        record("draft.started", draft, by=by)
    return draft


@transaction.atomic
def answer(*, draft: Draft, values: Answers, picture: ContentFile | None = None) -> Draft:
    """Keep these answers. Not in the journal: what one types is not an act yet.

    Raises AlreadyHandled when the draft has left its author's hands.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if not draft.is_editable:
        raise AlreadyHandled(draft)
    draft.answers |= values
    without = draft.answers.pop("picture_remove", False)
    if picture is not None or without:
        _change_picture(draft, picture)
    draft.callback_name = draft.answers.get("callback_name", "")[:120]
    draft.callback_contact = draft.answers.get("callback_contact", "")[:200]
    commune = Commune.objects.filter(code=draft.answers.get("commune_code", "")).first()
    draft.department_code = commune.department_id if commune else ""
    draft.save()
    return draft


@transaction.atomic
def submit(*, draft: Draft, by: Person | None = None) -> Draft:
    """Send the draft to the editors; sending it again changes nothing.

    Raises Unfinished when something is missing.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.status == Draft.Status.SUBMITTED:
        return draft
    sheet_of_draft(draft)
    _move(draft, Draft.Status.SUBMITTED)
    draft.submitted_at = timezone.now()
    draft.save(update_fields=["status", "submitted_at", "updated_at"])
    record("draft.submitted", draft, by=by)
    _tell_author(draft, _RECEIVED)
    _tell_editors(draft)
    return draft


@transaction.atomic
def return_(*, draft: Draft, reason: str, by: Person) -> Draft:
    """Give the draft back to its author, with what to complete."""
    return _decide(draft, Draft.Status.RETURNED, reason=reason, by=by, told=_RETURNED)


@transaction.atomic
def refuse(*, draft: Draft, reason: str, by: Person) -> Draft:
    """Decline the draft, and say why to its author."""
    return _decide(draft, Draft.Status.REFUSED, reason=reason, by=by, told=_REFUSED)


@transaction.atomic
def publish(*, draft: Draft, by: Person) -> Initiative:
    """Make the draft a sheet, or the new state of the sheet it corrects.

    Raises AlreadyHandled, or Unfinished if it does not make a sheet any more.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    _move(draft, Draft.Status.PUBLISHED)
    _one_at_a_time()
    sheet = sheet_of_draft(draft).model_copy(update={"confirmed": str(timezone.localdate())})
    # Correcting a sheet drawn from a document does not make it told by its people.
    origin = Origin(draft.initiative.origin) if draft.initiative else Origin.HERE
    draft.initiative = publish_sheet(sheet, origin=origin, by=by)
    _hand_over_picture(draft, draft.initiative)
    _keep_decision(draft, reason="", by=by)
    _tell_author(draft, _PUBLISHED, page=draft.initiative.get_absolute_url())
    return draft.initiative


@transaction.atomic
def send_code(*, draft: Draft) -> bool:
    """Send the draft's code to its author, once to one place; False when no machine reaches it."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.answers.get("code_sent_to") == draft.callback_contact:
        return True
    if not _tell_author(draft, _CODE):
        return False
    draft.answers["code_sent_to"] = draft.callback_contact
    draft.save(update_fields=["answers", "updated_at"])
    return True


@transaction.atomic
def purge_old(*, today: datetime.date) -> int:
    """Forget the drafts that nobody has touched for a year, and their pictures. How many."""
    limit = timezone.make_aware(datetime.datetime.combine(today - KEPT_FOR, datetime.time.min))
    old = list(Draft.objects.filter(updated_at__lt=limit).order_by("pk")[:1000])
    for draft in old:
        _change_picture(draft, None)
        draft.delete()
    return len(old)


def sheet_of_draft(draft: Draft) -> Sheet:
    """The sheet that the draft would make. Raises Unfinished."""
    base = sheet_of(draft.initiative) if draft.initiative else None
    return sheet_from(draft.answers, base=base)


def _move(draft: Draft, status: str) -> None:
    if status not in Draft.MOVES[Draft.Status(draft.status)]:
        raise AlreadyHandled(draft)
    draft.status = status


def _decide(draft: Draft, status: str, *, reason: str, by: Person, told: "_Message") -> Draft:
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    _move(draft, status)
    _keep_decision(draft, reason=reason, by=by)
    _tell_author(draft, told, reason=reason)
    return draft


def _keep_decision(draft: Draft, *, reason: str, by: Person) -> None:
    draft.save(update_fields=["status", "initiative", "picture", "updated_at"])
    Review.objects.create(draft=draft, by=by, decision=draft.status, reason=reason)
    record(f"draft.{draft.status}", draft, by=by)


def _one_at_a_time() -> None:
    """Two drafts of the same name must not be given the same address at the same moment."""
    list(Draft.objects.select_for_update().order_by("pk")[:1])


def _change_picture(draft: Draft, picture: ContentFile | None) -> None:
    """Put this picture (or none) in place of the draft's; the old file goes after commit."""
    if name := draft.picture.name:
        storage = draft.picture.storage
        transaction.on_commit(lambda: storage.delete(name))
    draft.picture = picture or ""
    draft.answers["picture_kept"] = picture is not None


def _hand_over_picture(draft: Draft, initiative: Initiative) -> None:
    if not draft.picture.name:
        return
    with draft.picture.open("rb") as file:
        Picture.objects.create(
            initiative=initiative,
            image=File(file, name=PurePath(draft.picture.name).name),
            alt=draft.answers.get("picture_alt", "")[:300],
            credit=draft.answers.get("picture_credit", "")[:120],
            position=initiative.pictures.count(),
        )
    _change_picture(draft, None)


_Message = tuple[str | Promise, str | Promise]

_RECEIVED: _Message = (
    gettext_lazy("Nous avons bien reçu « %(title)s »"),
    gettext_lazy(
        "Merci ! Nous avons bien reçu « %(title)s ». Une personne de la rédaction va vous lire. "
        "Où cela en est : %(draft)s"
    ),
)
_RETURNED: _Message = (
    gettext_lazy("« %(title)s » : encore un petit effort"),
    gettext_lazy(
        "La rédaction a lu « %(title)s » et vous dit :\n%(reason)s\nPour compléter : %(draft)s"
    ),
)
_REFUSED: _Message = (
    gettext_lazy("« %(title)s » n’est pas publiée"),
    gettext_lazy(
        "La rédaction a lu « %(title)s » et ne la publie pas. Elle vous dit :\n%(reason)s"
    ),
)
_PUBLISHED: _Message = (
    gettext_lazy("« %(title)s » est publiée"),
    gettext_lazy("Merci ! Votre fiche « %(title)s » est en ligne : %(page)s"),
)
_WAITING: _Message = (
    gettext_lazy("Une fiche à relire : « %(title)s »"),
    gettext_lazy("« %(title)s » attend votre relecture : %(page)s"),
)
_CODE: _Message = (
    gettext_lazy("Pour reprendre votre récit : %(code)s"),
    gettext_lazy("Votre code pour reprendre : %(code)s. Ou directement ici : %(draft)s"),
)


def _tell_author(draft: Draft, message: _Message, *, page: str = "", **values: Any) -> bool:
    subject, text = message
    return tell(
        draft.callback_contact,
        subject=subject,
        text=text,
        title=str(draft),
        code=draft.code,
        draft=settings.SITE_URL + draft.get_absolute_url(),
        page=settings.SITE_URL + page,
        **values,
    )


def _tell_editors(draft: Draft) -> None:
    """Tell the editors of the place, once: not while something already waits to be read."""
    waiting = Draft.objects.awaiting_review().in_territory({draft.department_code})
    if waiting.exclude(pk=draft.pk).exists():
        return
    subject, text = _WAITING
    page = settings.SITE_URL + reverse("initiatives:review-list")
    for channel in Channel.objects.of_editors(draft.department_code):
        tell(channel.value, subject=subject, text=text, title=str(draft), page=page)

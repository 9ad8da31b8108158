"""Once a year, asking a sheet's contact whether it is still true."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry
from traboule.kernel.people.models import Person

from . import drafting
from .models import Confirmation, Draft, Initiative
from .notices import Reach, reach, tell
from .vocabulary import State

A_YEAR = datetime.timedelta(days=365)
CALL_AFTER = datetime.timedelta(days=14)
MOST_A_DAY = 200
"""How many questions leave in a day at most: text messages cost money."""

MOST_CALLS = 200
NO_ANSWER = "confirmation.no-answer"


@dataclass(frozen=True)
class Call:
    """A sheet to confirm by telephone, and when that was last tried."""

    confirmation: Confirmation
    tried_at: datetime.datetime | None = None
    tries: int = 0


class AlreadyAnswered(Exception):  # noqa: N818 - it says what happened.
    """The question has had its answer."""

    def __str__(self) -> str:
        return _("Cette question a déjà reçu sa réponse. Merci !")


def ask_all(*, today: datetime.date) -> int:
    """Ask about every sheet that nobody has confirmed for a year. How many questions were put.

    Safe to repeat: a question that waits for its answer is not put again.
    """
    due = _old_sheets(today)
    for initiative in due:
        ask(initiative=initiative)
    return len(due)


@transaction.atomic
def ask(*, initiative: Initiative, by: Person | None = None) -> Confirmation:
    """Put the question, by e-mail or SMS; where neither leads, it waits in the call list."""
    confirmation, is_new = Confirmation.objects.get_or_create(initiative=initiative, answer="")
    if is_new:
        record("confirmation.asked", initiative, by=by)
        tell(
            machine_contact(initiative),
            subject=_SUBJECT,
            text=_TEXT,
            title=initiative.title,
            page=settings.SITE_URL + confirmation.get_absolute_url(),
        )
    return confirmation


@transaction.atomic
def answer(*, confirmation: Confirmation, answer: str, by: Person | None = None) -> Draft | None:
    """Take the answer; a draft opens when there is something to change or to tell.

    The same answer twice is one; raises AlreadyAnswered for another one.
    """
    confirmation = Confirmation.objects.select_for_update().get(pk=confirmation.pk)
    if confirmation.answer and confirmation.answer != answer:
        raise AlreadyAnswered
    initiative = confirmation.initiative
    if not confirmation.answer:
        confirmation.answer, confirmation.answered_at = answer, timezone.now()
        confirmation.save(update_fields=["answer", "answered_at"])
        record(f"confirmation.{answer}", initiative, by=by)
        if answer == Confirmation.Answer.STILL_TRUE:
            initiative.confirmed = str(timezone.localdate())
            initiative.save(update_fields=["confirmed", "revised_at"])
    return None if answer == Confirmation.Answer.STILL_TRUE else _draft(confirmation, by=by)


@transaction.atomic
def note_no_answer(*, confirmation: Confirmation, by: Person) -> None:
    """Remember that somebody called in vain."""
    record(NO_ANSWER, confirmation, by=by)


def call_list(*, now: datetime.datetime, departments: set[str] | None) -> list[Call]:
    """The open questions that only a telephone will answer, those never tried first.

    ``departments`` limits them to these codes; all for ``None``.
    """
    waiting = Confirmation.objects.filter(answer="", initiative__published_at__isnull=False)
    if departments is not None:
        waiting = waiting.filter(initiative__commune__department__in=departments)
    open_questions = [
        confirmation
        for confirmation in waiting.select_related("initiative__commune", "initiative__holder")
        .filter(Q(asked_at__lte=now - CALL_AFTER) | Q(initiative__contact_email=""))
        .order_by("asked_at", "pk")[:MOST_CALLS]
        if confirmation.asked_at <= now - CALL_AFTER or not machine_contact(confirmation.initiative)
    ]
    calls = _with_tries(open_questions)
    return sorted(calls, key=lambda call: (call.tried_at is not None, call.tried_at or now))


def machine_contact(initiative: Initiative) -> str:
    """The contact's e-mail address or mobile number, empty when there is neither."""
    ways = (initiative.contact_email, initiative.contact_phone)
    return next((way for way in ways if _reached(way)), "")


def _reached(way: str) -> Reach | None:
    return reach(way) if way else None


def _with_tries(confirmations: list[Confirmation]) -> list[Call]:
    tried: dict[str, list[datetime.datetime]] = {}
    keys = [str(confirmation.pk) for confirmation in confirmations]
    entries = Entry.objects.filter(
        act=NO_ANSWER, subject_type=Confirmation._meta.label_lower, subject_key__in=keys
    )
    for key, at in entries.order_by("at").values_list("subject_key", "at"):
        tried.setdefault(key, []).append(at)
    return [
        Call(confirmation, *((times[-1], len(times)) if (times := tried.get(key)) else ()))
        for key, confirmation in zip(keys, confirmations, strict=True)
    ]


def _old_sheets(today: datetime.date) -> list[Initiative]:
    """Sheets in life, with someone to ask, that nobody has confirmed for a year.

    Those whose question waits are left alone, and those that answered within the year: what has
    changed stands in a draft that editors see.
    """
    limit = today - A_YEAR
    day = str(limit)
    # Dates are texts, some of a year or a month only: those that hold the limit are not past it.
    old = Q(confirmed__gt="", confirmed__lt=day) & ~Q(confirmed__in=[day[:4], day[:7]])
    start = timezone.make_aware(datetime.datetime.combine(limit, datetime.time.min))
    never = Q(confirmed="", published_at__lt=start)
    asked = Confirmation.objects.filter(initiative=OuterRef("pk"))
    settled = asked.filter(Q(answer="") | Q(answered_at__gte=start))
    return list(
        Initiative.objects.published()
        .filter(old | never, state__in=[State.IDEA, State.RUNNING])
        .exclude(contact_email="", contact_phone="")
        .exclude(Exists(settled))
        .order_by("confirmed", "pk")[:MOST_A_DAY]
    )


def _draft(confirmation: Confirmation, *, by: Person | None) -> Draft:
    """The correction that an answer opens, with whom to call back."""
    initiative = confirmation.initiative
    answers = {
        "callback_name": initiative.contact_name,
        "callback_contact": initiative.contact_email or initiative.contact_phone,
    }
    if confirmation.answer == Confirmation.Answer.ENDED:
        answers["state"] = State.ENDED.value
    key = f"confirmation:{confirmation.token}"
    return drafting.start(form_key=key, by=by, initiative=initiative, answers=answers)


_SUBJECT = gettext_lazy("« %(title)s » : est-ce toujours vrai ?")
_TEXT = gettext_lazy(
    "Bonjour, votre fiche « %(title)s » a plus d’un an. Est-elle toujours vraie ? "
    "Répondez ici, en un clic : %(page)s"
)

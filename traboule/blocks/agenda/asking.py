"""Whom a date poll may still be sent to, in which words, and the sending."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from traboule.kernel.journal.actions import record
from traboule.kernel.notices.actions import tell
from traboule.kernel.notices.costs import Forecast, forecast
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from .messages import INVITATION
from .models import DatePoll, PollDate
from .wording import day, hour, when

QUESTION = _(
    "%(title)s : quelles dates vous vont ?\n%(dates)s\nRépondez DATES %(code)s et les numéros, "
    "par exemple DATES %(code)s 1 3."
)


class _Numbered:
    """The dates with their numbers, written in the language of whoever reads."""

    def __init__(self, poll: DatePoll) -> None:
        self.dates = list(poll.dates.order_by("starts_at", "pk"))

    def __str__(self) -> str:
        return "\n".join(
            f"{rank} : {day(localtime(date.starts_at))}, {hour(date.starts_at)}"
            for rank, date in enumerate(self.dates, 1)
        )


def not_asked_yet(poll: DatePoll, *, by: Person) -> list[Person]:
    """Who takes part in the space, was not sent this poll, and has not answered it."""
    asked = Notice.objects.filter(kind="agenda.dates", data__poll=poll.pk).values("person")
    answered = poll.answers.filter(person__isnull=False).values("person")
    roll = poll.space.roll().exclude(person__in=asked).exclude(person__in=answered)
    return [one.person for one in roll.exclude(person=by)]


def cost_of_asking(poll: DatePoll, people: Iterable[Person]) -> Forecast:
    """By which ways these people would be asked, and for how much."""
    return forecast(people, str(QUESTION) % _values(poll), poll.space.purse)


def cost_of_inviting(poll: DatePoll, date: PollDate, people: Iterable[Person]) -> Forecast:
    """By which ways these people would be told that this date is chosen, and for how much."""
    values = {
        "space": str(poll.space),
        "title": poll.title,
        "when": when(date),
        "place": poll.place_name or poll.space.initiative.place,
    }
    return forecast(people, str(INVITATION) % values, poll.space.purse)


@transaction.atomic
def ask_dates(*, poll: DatePoll, people: Iterable[Person], by: Person) -> int:
    """Ask people which dates suit them, each once and on their channel. How many were asked.

    Raises Refused when nobody may answer any more.
    """
    if not poll.is_open:
        raise Refused(_("Les réponses sont closes : rouvrez-les d’abord."))
    asked, values = list(people), _values(poll)
    for person in asked:
        tell(
            person=person,
            kind="agenda.dates",
            subject=_("Quelle date vous va ? %(title)s"),
            text=QUESTION,
            values=values,
            url=poll.get_absolute_url(),
            urgent=True,
            purse=poll.space.purse,
            owner=by,
            data={"poll": poll.pk},
            key=f"agenda.dates:{poll.pk}:{person.pk}",
        )
    record("agenda.sent-poll", poll, by=by, number=len(asked))
    return len(asked)


def _values(poll: DatePoll) -> dict[str, object]:
    return {"title": poll.title, "dates": _Numbered(poll), "code": poll.code}

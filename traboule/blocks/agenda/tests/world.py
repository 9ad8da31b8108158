"""Something at every address of the agenda."""

from typing import Any

EVENT_PAGES = (
    "attendance-sheet",
    "call-off",
    "change",
    "come",
    "confirm",
    "countersign",
    "door-sheet",
    "event",
    "event-ics",
    "expected-list",
    "give-back",
    "invite",
    "ledger",
    "ledger-csv",
    "note-card",
    "paper-list",
    "phone-read-back",
    "poster",
    "roll",
    "roll-lines",
    "room-code",
    "sheet-type",
    "signups",
    "weather",
)
"""The addresses of the agenda that speak of one date."""


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A date, dates that come back, and the calendar of someone's own."""
    from traboule.blocks.agenda.models import PersonalFeed
    from traboule.blocks.agenda.tests.factories import make_event, make_series

    event, series = make_event(space), make_series(space)
    return {
        **{f"agenda:{name} pk": event.pk for name in EVENT_PAGES},
        "agenda:here code": event.code,
        "agenda:short code": event.code,
        "agenda:watch-for person": participant.public_id,
        "agenda:enrol series": series.pk,
        "agenda:leave-series series": series.pk,
        "agenda:phone-series series": series.pk,
        "agenda:personal-ics token": PersonalFeed.objects.create(person=participant).token,
        **_polled(space, participant),
    }


POLL_PAGES = (
    "poll",
    "poll-answer",
    "poll-answer-remove",
    "poll-choose",
    "poll-close",
    "poll-copy",
    "poll-grid",
    "poll-reopen",
    "poll-results",
    "poll-send",
    "poll-type",
)
"""The addresses of the agenda that speak of one date poll."""


def _polled(space: Any, participant: Any) -> dict[str, Any]:
    """A question about dates, and an answer to it."""
    from traboule.blocks.agenda.actions import polls
    from traboule.blocks.agenda.tests.factories import in_days

    dates = [(in_days(number, 18), in_days(number, 20)) for number in (7, 8)]
    poll = polls.create_poll(space=space, dates=dates, by=participant, title="Réunion")
    answer = polls.answer(poll=poll, name="Rose", votes={})
    return {
        **{f"agenda:{name} code": poll.code for name in POLL_PAGES},
        "agenda:poll-answer pk": answer.pk,
        "agenda:poll-answer-remove pk": answer.pk,
        "agenda:poll-choose pk": poll.dates.order_by("pk")[0].pk,
    }

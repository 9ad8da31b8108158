"""What minutes say, as they are shown, printed, posted and sealed.

The public reads numbers, not names: how many were there, how many voices were carried. A name
stands only where someone speaks for the group, that is for whoever facilitates or coordinates the
space; the members read the others too, as long as the people behind them have not left.
"""

import hashlib
import json
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from traboule.blocks.agenda.wording import day_and_year, hours, where
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Role
from traboule.ui import markdown

from .attendance import attendance_of
from .models import ActionPoint, Decision, Item, Meeting


def content_of(meeting: Meeting, *, names: bool = False) -> dict[str, Any]:
    """The minutes as they stand; with the ``names`` of everyone, for the members."""
    there = attendance_of(meeting)
    namer = _Namer(meeting, names=names)
    items = meeting.items.select_related("presenter").prefetch_related(
        "decisions", "actions__owner"
    )
    return {
        "title": meeting.event.title,
        "day": day_and_year(meeting.day),
        "date": localtime(meeting.event.starts_at).date().isoformat(),
        "hours": hours(meeting.event),
        "place": where(meeting.event),
        "present": there.there,
        "carried": len(there.carried),
        "excused": len(there.excused),
        "people": there.in_words,
        "opening": meeting.opening,
        "summary": meeting.summary_lines,
        "items": [_item(one, namer) for one in items.order_by("position", "pk")],
    }


def _item(item: Item, namer: "_Namer") -> dict[str, Any]:
    return {
        "key": item.pk,
        "title": item.title,
        "purpose": item.purpose,
        "theme": item.theme,
        "who": namer.name(item.presenter, item.presenter_words),
        "notes": item.notes,
        "decisions": [_decision(one) for one in item.decisions.all()],
        "actions": [_action(one, namer) for one in item.actions.all()],
    }


def _decision(decision: Decision) -> dict[str, str]:
    return {"ref": decision.ref, "text": decision.text, "how": decision.how}


def _action(action: ActionPoint, namer: "_Namer") -> dict[str, str]:
    return {
        "text": action.text,
        "who": namer.name(action.owner, action.owner_words),
        "due": day_and_year(action.due_on) if action.due_on else "",
    }


class _Namer:
    """Whose name may be read."""

    def __init__(self, meeting: Meeting, *, names: bool) -> None:
        self.names = names
        team = meeting.space.roll().at_least(Role.FACILITATOR)
        self.team = set(team.values_list("person", flat=True))

    def name(self, person: Person | None, words: str) -> str:
        if person is None:
            return words
        if self.names or person.pk in self.team:
            return str(person)
        return _("une personne du groupe")


def hash_of(content: dict[str, Any]) -> str:
    """The hash of what minutes say: two people can tell whether they hold the same."""
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def to_show(content: dict[str, Any]) -> dict[str, Any]:
    """The same with each point's text as HTML, for a page."""
    items = [one | {"html": markdown.render(one["notes"])} for one in content["items"]]
    return content | {"items": items}


def public_content(meeting: Meeting) -> dict[str, Any]:
    """What everyone reads of approved minutes: the version that was approved, and no other."""
    versions = list(meeting.versions.all())
    return versions[-1].content if versions else content_of(meeting)


def decisions_in(content: dict[str, Any]) -> list[dict[str, str]]:
    """Every decision of the minutes."""
    return [decision for item in content["items"] for decision in item["decisions"]]


def actions_in(content: dict[str, Any]) -> list[dict[str, str]]:
    """Everything that is to be done after the meeting."""
    return [action for item in content["items"] for action in item["actions"]]

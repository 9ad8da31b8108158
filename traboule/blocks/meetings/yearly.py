"""What a group did in a year, read from the minutes that it approved and published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from traboule.kernel.spaces.models import Space

from .content import public_content
from .models import ActionPoint, Meeting, YearReport


@dataclass
class Year:
    """A year of meetings."""

    space: Space
    year: int
    foreword: YearReport | None = None
    meetings: list[tuple[Meeting, dict[str, Any]]] = field(default_factory=list)
    done: list[ActionPoint] = field(default_factory=list)
    to_do: list[ActionPoint] = field(default_factory=list)

    @property
    def attendance(self) -> int:
        """People in the room, added up over the meetings."""
        return sum(content["present"] for _meeting, content in self.meetings)

    @property
    def decisions(self) -> int:
        """How many were taken."""
        return sum(len(decisions) for _theme, decisions in self.by_theme)

    @property
    def by_theme(self) -> list[tuple[str, list[Mapping[str, str]]]]:
        """Decisions under each theme by its name; those without one last."""
        themes: dict[str, list[Mapping[str, str]]] = {}
        for meeting, content in self.meetings:
            for item in content["items"]:
                of_meeting = [
                    one | {"day": content["day"], "url": meeting.get_absolute_url()}
                    for one in item["decisions"]
                ]
                if of_meeting:
                    themes.setdefault(item["theme"], []).extend(of_meeting)
        last = themes.pop("", [])
        named = sorted(themes.items(), key=lambda pair: pair[0].casefold())
        rest = _("Autres décisions") if named else _("Les décisions")
        return [*named, *([(rest, last)] if last else [])]


def year_of(space: Space, year: int) -> Year:
    """The year of a space; empty when it published nothing."""
    meetings = Meeting.objects.filter(space=space, year=year).published().for_page()
    found = list(meetings.prefetch_related("versions").order_by("event__starts_at", "pk"))
    actions = ActionPoint.objects.filter(item__meeting__in=[one.pk for one in found])
    rows = actions.for_listing().order_by("item__meeting__event__starts_at", "pk")
    said = list(rows)
    return Year(
        space=space,
        year=year,
        foreword=YearReport.objects.filter(space=space, year=year).first(),
        meetings=[(one, public_content(one)) for one in found],
        done=[one for one in said if one.done_at],
        to_do=[one for one in said if not one.done_at],
    )

"""The plan of a place as a page draws it: points are told in the picture's own pixels."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from traboule.kernel.files.models import File
from traboule.kernel.spaces.models import Space

from .models import Desk, Report
from .models.desk import SCALE


@dataclass(frozen=True)
class Pin:
    """A point of the plan: its label, where a click leads, and how large it is drawn."""

    x: int
    y: int
    radius: int
    label: str = ""
    url: str = ""
    title: str = ""


@dataclass(frozen=True)
class Plan:
    """A plan and what stands on it."""

    picture: File
    width: int
    height: int
    radius: int
    pins: tuple[Pin, ...] = ()

    def pin(self, x: int, y: int, **words: str) -> Pin:
        """The pin at these thousandths."""
        return Pin(self.width * x // SCALE, self.height * y // SCALE, self.radius, **words)


def plan_of(space: Space, form: Any = None) -> Plan | None:
    """The plan of the space, with the point that a form holds; nothing where there is none."""
    desk = Desk.objects.filter(space=space).select_related("plan").first()
    picture = desk.plan if desk else None
    if picture is None or not picture.is_shown or not (picture.width and picture.height):
        return None
    plan = Plan(picture, picture.width, picture.height, max(12, picture.width // 45))
    if form is None:
        return plan
    x, y = (_number(form[name].value()) for name in ("x", "y"))
    pins = () if x is None or y is None else (plan.pin(x, y),)
    return Plan(plan.picture, plan.width, plan.height, plan.radius, pins)


def with_reports(plan: Plan, reports: Iterable[Report]) -> Plan:
    """The plan with a numbered pin for each report that has a place on it."""
    pins = []
    for report in reports:
        x, y = point_of(report)
        if x is not None and y is not None:
            label, url = str(report.number), report.get_absolute_url()
            pins.append(plan.pin(x, y, label=label, url=url, title=report.title))
    return Plan(plan.picture, plan.width, plan.height, plan.radius, tuple(pins))


def point_of(report: Report) -> tuple[int | None, int | None]:
    """Where it was shown on the plan, else where its named place is."""
    if report.x is None and report.zone:
        return report.zone.x, report.zone.y
    return report.x, report.y


def _number(value: Any) -> int | None:
    text = str(value or "")
    if not (text.isdecimal() and len(text) < 5):
        return None
    return int(text) if int(text) <= SCALE else None

"""Small plausible problems to test with."""

from typing import Any

from traboule.blocks.reports.actions.desk import set_up
from traboule.blocks.reports.actions.reporting import report
from traboule.blocks.reports.models import Desk, Report
from traboule.kernel.files import checking, receiving
from traboule.kernel.files.models import Kind
from traboule.kernel.files.tests.factories import picture, sent
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.tests.factories import make_coordinator, make_participant, make_space


def photo(colour: str = "#29603f") -> checking.Prepared:
    """A photo that was sent and looked at."""
    upload = receiving.take(sent(picture(colour=colour)), most=10**8)
    return checking.prepare(upload, kinds={Kind.PICTURE})


def make_report(
    space: Space | None = None, *, by: Person | None = None, photos: int = 0, **fields: Any
) -> Report:
    """A problem told by someone of the space, unless told otherwise; a broken bench."""
    space = space or make_space(blocks=("reports",))
    by = by or make_participant(space)
    words = fields.pop("words", "Une latte du banc est cassée")
    return report(
        space=space, by=by, photos=[photo() for _ in range(photos)], words=words, **fields
    )


def make_stranger_report(space: Space, **fields: Any) -> Report:
    """A problem told by somebody without an account."""
    return report(space=space, by=None, **{"words": "Le robinet fuit", **fields})


def make_plan(space: Space, by: Person | None = None) -> Desk:
    """The plan of the place."""
    return set_up(space=space, by=by or make_coordinator(space), looks_first=True, plan=[photo()])

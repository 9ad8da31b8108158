"""Something at every address of the reports."""

from typing import Any

PAGES = (
    "report",
    "look",
    "take",
    "plan-report",
    "give-back",
    "close",
    "pass-on",
    "note-call",
    "reopen",
    "follow",
    "stop-following",
)
"""The addresses that speak of one problem, still open."""
OWN = ("own", "own-reopen", "own-reach", "receipt")
"""Those of whoever holds a code."""


def values(space: Any, participant: Any) -> dict[str, Any]:
    """An open problem that is followed, one that is repaired, a plan, a place and a kind."""
    from traboule.blocks.reports.actions import handling, reporting
    from traboule.blocks.reports.models import Category, Zone
    from traboule.blocks.reports.tests.factories import make_plan, make_report
    from traboule.kernel.spaces.tests.factories import make_facilitator

    make_plan(space)
    opened = make_report(space, by=participant)
    called = reporting.follow(report=opened, by=None, reach="06 12 34 56 78")
    repaired = make_report(space, by=participant)
    handling.close(report=repaired, by=make_facilitator(space), words="Réparé.")
    return {
        **{f"reports:{name} number": opened.number for name in PAGES},
        **{f"reports:{name} code": opened.code for name in OWN},
        "reports:note-call pk": called.pk,
        "reports:poster number": repaired.number,
        "reports:remove-zone pk": Zone.objects.create(space=space, name="Le portail").pk,
        "reports:remove-category pk": Category.objects.create(space=space, name="Banc").pk,
    }

"""What the composition tells people, each in their language and on their channel."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell
from traboule.kernel.notices.costs import Forecast, forecast
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .models import Draw, DrawCandidate, Member

ACCEPT, DECLINE = "roster.accept", "roster.decline"
"""What an answer by a digit stands for; ``answers`` says what each does."""

DRAWN = _(
    "Votre nom est sorti au tirage au sort « %(title)s » (%(space)s). Une place vous attend : "
    "collège %(college)s. L’acceptez-vous ?"
)
CALLED = _(
    "Une place s’est libérée (%(space)s, collège %(college)s). Votre nom est le suivant du tirage "
    "au sort « %(title)s ». Acceptez-vous cette place ?"
)


def drawn(candidate: DrawCandidate) -> None:
    """Ask someone who was drawn, or called from the reserve, whether they accept."""
    space = candidate.draw.space
    called = candidate.outcome == DrawCandidate.Outcome.RESERVE
    assert candidate.person  # noqa: S101 (only people who are there are asked)
    tell(
        person=candidate.person,
        kind="roster.drawn",
        subject=_("Une place vous attend : %(space)s"),
        text=CALLED if called else DRAWN,
        values={
            "title": candidate.draw.title, "space": str(space), "college": str(candidate.college),
        },
        url=candidate.draw.get_absolute_url(),
        urgent=True,
        purse=space.purse,
        owner=_owner(space),
        answers={"1": ACCEPT, "2": DECLINE},
        data={"candidate": candidate.pk},
        key=f"roster.drawn:{candidate.pk}",
    )  # fmt: skip


def cost_of_asking(draw: Draw) -> Forecast:
    """By which ways those who were drawn would be asked, and for how much."""
    chosen = list(draw.candidates.chosen().for_listing())
    longest = max((one.college.name for one in chosen), key=len, default="")
    words = str(DRAWN) % {"title": draw.title, "space": draw.space, "college": longest}
    return forecast([one.person for one in chosen if one.person], words, draw.space.purse)


def promoted(member: Member) -> None:
    """Tell a substitute that the seat is theirs."""
    space = member.space
    tell(
        person=member.person,
        kind="roster.promoted",
        subject=_("Vous avez maintenant une place : %(space)s"),
        text=_("Une place s’est libérée dans le collège %(college)s (%(space)s). Vous étiez "
               "en suppléance : elle est maintenant à vous."),
        values={"space": str(space), "college": str(member.college)},
        url=reverse("roster:roster", args=[space.slug]),
        urgent=True,
        purse=space.purse,
        owner=_owner(space),
        key=f"roster.promoted:{member.pk}",
    )  # fmt: skip


def _owner(space: Space) -> Person | None:
    """Who sees to it that the message arrives: whoever first coordinates the space."""
    return space.referent.person if space.referent else None

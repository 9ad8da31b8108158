"""What letters show on pages that do not know them: the space's front page, mine, a person's."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Space

from .models import Letter, Subscription

SHOWN = 20


def draw_about(request: HttpRequest, space: Space) -> str:
    """How to receive the letter of a space, without an account, and where to read it."""
    if not _uses_letters(space) or space.is_closed:
        return ""
    context = {
        "space": space,
        "letter": Letter.of(space),
        "last": space.mailings.archived().first(),
    }
    return render_to_string("mailings/_about.html", context, request)


def draw_mine(request: HttpRequest, person: Person) -> str:
    """The letters that a person receives, each with a way to stop."""
    own = Subscription.objects.filter(person=person).exclude(state=Subscription.State.ASKED)
    theirs = list(own.select_related("space__initiative", "space__letter")[:SHOWN])
    if not theirs:
        return ""
    context = {"subscriptions": theirs, "person": person}
    return render_to_string("mailings/_mine.html", context, request)


def draw_of_person(request: HttpRequest, participation: Participation) -> str:
    """Whether someone of the space receives its letter, for those who facilitate it."""
    space, person = participation.space, participation.person
    if not _uses_letters(space):
        return ""
    theirs = Subscription.objects.filter(space=space, person=person).first()
    context = {"subscription": theirs, "person": person, "space": space, "letter": Letter.of(space)}
    return render_to_string("mailings/_of_person.html", context, request)


def _uses_letters(space: Space) -> bool:
    return any(block.key == "mailings" for block in space.open_blocks)

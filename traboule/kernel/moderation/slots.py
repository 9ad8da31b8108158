"""What moderation shows on pages that do not know it."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import News, Participation, Space

from . import kinds, rules, waiting
from .models import Charter, Hiding, Standing


def draw_asked(request: HttpRequest, space: Space) -> str:
    """What waits for whoever moderates the space."""
    if not (isinstance(request.user, Person) and rules.can_moderate(request.user, space)):
        return ""
    number = waiting.number_for(space, request.user)
    if not number:
        return ""
    return render_to_string("moderation/_asked.html", {"space": space, "number": number}, request)


def draw_about(request: HttpRequest, space: Space) -> str:
    """The way to the charter and to the public log; to the team, that to the queue."""
    context = {
        "space": space,
        "has_charter": Charter.objects.of(space).exists(),
        "moderates": rules.can_moderate(request.user, space),
    }
    if not (context["has_charter"] or context["moderates"]):
        return ""
    return render_to_string("moderation/_about.html", context, request)


def draw_of_person(request: HttpRequest, participation: Participation) -> str:
    """How far somebody is trusted, for those who moderate the space."""
    space, person = participation.space, participation.person
    if rules.can_moderate(person, space) or not rules.can_moderate(request.user, space):
        return ""
    standing = rules.standing_of(person, space) or Standing(space=space, person=person)
    context = {"space": space, "person": person, "standing": standing}
    return render_to_string("moderation/_of_person.html", context, request)


def draw_under_news(request: HttpRequest, news: News) -> str:
    """Under a piece of news: the way to flag or hide it, or why it is hidden."""
    return draw_hidden(request, news) if news.hidden_at else draw_flag(request, news)


def draw_flag(request: HttpRequest, thing: Any) -> str:
    """The way to flag a thing that shows; for those who moderate, to hide it."""
    kind = kinds.kind_of(thing)
    space = kind.space(thing)
    moderates = rules.can_moderate(request.user, space)
    context = {
        "space": space,
        "kind": kind,
        "thing": thing,
        "title": kind.title(thing),
        "hides": moderates and kind.author(thing) != request.user,
        "is_mine": kind.author(thing) == request.user,
    }
    return render_to_string("moderation/_flag.html", context, request)


def draw_hidden(request: HttpRequest, thing: Any) -> str:
    """What stands in place of a hidden thing: why, and for whom it concerns, the way on."""
    kind = kinds.kind_of(thing)
    rows = (
        Hiding.objects.live()
        .about(thing)
        .select_related("article__charter", "author", "space__initiative__commune")
    )
    hiding = rows.first()
    if hiding is None:
        return ""
    context = {
        "hiding": hiding,
        "space": hiding.space,
        "kind": kind,
        "reads": rules.can_read_hiding(request.user, hiding),
    }
    return render_to_string("moderation/_hidden.html", context, request)

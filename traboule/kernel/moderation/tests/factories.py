"""Small plausible decisions to test with."""

from typing import Any

from django.utils import timezone

from traboule.kernel.moderation import actions
from traboule.kernel.moderation.kinds import Kind
from traboule.kernel.moderation.models import Charter, CharterArticle, Hiding
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import ChecklistItem, News, Role, Space
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

ANYONE_READS = Kind(
    model=ChecklistItem,
    label="souhait",
    block="wishes",
    author=lambda wish: wish.done_by,
    title=lambda wish: wish.label,
    url=lambda wish: wish.space.get_absolute_url(),
    hide=lambda wish: ChecklistItem.objects.filter(pk=wish.pk).update(list_title="masqué"),
    show=lambda wish: ChecklistItem.objects.filter(pk=wish.pk).update(list_title="souhaits"),
    sees=lambda request, wish: True,
)
"""What a block of people’s wishes would announce, written on things to do."""

REASON = "Ce texte insulte une voisine."


def make_charter(space: Space, *, trust_after: int = 3) -> Charter:
    """A charter of two articles, unless the space has one."""
    return Charter.objects.current(space) or actions.publish_charter(
        space=space,
        articles=[("Respect", "On parle sans insulter."), ("Images", "On demande avant.")],
        trust_after=trust_after,
        by=make_facilitator(space, "Odile"),
    )


def article_of(space: Space) -> CharterArticle:
    """Its first article."""
    return make_charter(space).articles.order_by("number")[0]


def make_news(space: Space, *, by: Person | None = None, title: str = "Le voisin exagère") -> News:
    """A piece of news, by someone of the team."""
    by = by or make_participant(space, Role.FACILITATOR, "Yann")
    return News.objects.create(space=space, by=by, title=title, text="Il crie.", html="<p>…</p>")


def make_hiding(space: Space, *, author: Person | None = None, **fields: Any) -> Hiding:
    """A piece of news that Karim hid."""
    given = {"reason": REASON, "article": article_of(space)} | fields
    by = given.pop("by", None) or make_facilitator(space, "Karim")
    return actions.hide(subject=make_news(space, by=author), by=by, **given)


def make_wish(space: Space, *, by: Person | None = None, label: str = "Un banc") -> ChecklistItem:
    """Something that a person, or a stranger, wrote for all to read."""
    return ChecklistItem.objects.create(
        space=space, list_title="souhaits", label=label, done_by=by, done_at=by and timezone.now()
    )

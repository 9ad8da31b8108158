"""What a team writes for its space: news and pages."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.ui.markdown import render

from .actions import must_be_open
from .models import News, Page, Space
from .telling import tell_news

if TYPE_CHECKING:
    from traboule.kernel.people.models import Person


@transaction.atomic
def write_news(*, space: Space, title: str, text: str, by: "Person") -> News:
    """Tell something to everyone in the space; each hears of it with their weekly digest."""
    must_be_open(space)
    news = News.objects.create(space=space, by=by, title=title, text=text, html=render(text))
    record("write-news", space, by=by, news=news.pk)
    transaction.on_commit(lambda: tell_news.enqueue(news.pk))
    return news


@transaction.atomic
def remove_news(*, news: News, by: "Person") -> None:
    """Take a piece of news away."""
    must_be_open(news.space)
    record("remove-news", news.space, by=by, news=news.pk)
    news.delete()


@transaction.atomic
def save_page(*, page: Page, by: "Person") -> Page:
    """Keep a page that is new or was changed; a new one comes last, named after its title.

    Raises Refused when the space already has a page of that name.
    """
    must_be_open(page.space)
    is_new = page.pk is None
    if is_new:
        page.slug = slugify(page.title)[:60].strip("-") or "page"
        page.position = page.space.pages.count()
        if page.space.pages.filter(slug=page.slug).exists():
            raise Refused(_("Une page de cet espace porte déjà ce nom : changez le titre."))
    page.html = render(page.text)
    page.save()
    record("add-page" if is_new else "change-page", page.space, by=by, page=page.slug)
    return page


@transaction.atomic
def remove_page(*, page: Page, by: "Person") -> None:
    """Take a page away for good."""
    must_be_open(page.space)
    record("remove-page", page.space, by=by, page=page.slug)
    page.delete()


@transaction.atomic
def move_page_up(*, page: Page, by: "Person") -> None:
    """Put a page before the one that precedes it."""
    must_be_open(page.space)
    pages = list(page.space.pages.select_for_update())
    rank = pages.index(page)
    if rank == 0:
        return
    pages[rank - 1], pages[rank] = pages[rank], pages[rank - 1]
    for position, one in enumerate(pages):
        one.position = position
    Page.objects.bulk_update(pages, ["position"])
    record("move-page", page.space, by=by, page=page.slug)

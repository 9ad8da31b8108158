"""What a team writes and does: news, pages, things to do."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest

from .. import access, actions, rules, writing
from ..forms.content import ItemForm, NewsForm, PageForm
from ..models import Page, Space
from .fetching import done, space_for


@never_cache
@require_safe
def news(request: PersonRequest, slug: str) -> HttpResponse:
    """All the news, the latest first."""
    space = space_for(request, slug, rules.can_read)
    facilitates = rules.can_facilitate(request.user, space)
    shown = space.news.all() if facilitates else space.news.visible()
    context = {
        "space": space,
        "news": shown.select_related("by", "space__initiative"),
        "facilitates": facilitates,
    }
    return render(request, "spaces/space_news.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_news(request: PersonRequest, slug: str) -> HttpResponse:
    """Tell something to everyone in the space."""
    space = space_for(request, slug, rules.can_facilitate)
    form = NewsForm(request.POST or None)
    said = _("La nouvelle est en ligne. Chaque personne la lira dans sa lettre de la semaine.")
    if form.is_valid() and done(
        request, writing.write_news, said, space=space, by=request.user, **form.cleaned_data
    ):
        return redirect(space)
    return render(request, "spaces/space_news_form.html", {"space": space, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_news(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ask whether to take a piece of news away, then do; one already gone is no matter."""
    space = space_for(request, slug, rules.can_facilitate)
    piece = space.news.filter(pk=pk).first()
    if piece and request.method != "POST":
        return render(request, "spaces/content_remove.html", {"space": space, "what": piece})
    if piece:
        said = _("La nouvelle est effacée.")
        done(request, writing.remove_news, said, news=piece, by=request.user)
    return redirect("spaces:news", slug)


@never_cache
@require_safe
def pages(request: PersonRequest, slug: str) -> HttpResponse:
    """The pages in order, to add, change and move."""
    space = space_for(request, slug, rules.can_facilitate)
    return render(request, "spaces/page_list.html", {"space": space, "pages": space.pages.all()})


@login_not_required
@never_cache
@require_safe
def page(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """One page, for everyone or for those who take part."""
    found = get_object_or_404(Page.objects.select_related("space"), **_at(slug, page))
    space = get_object_or_404(Space.objects.for_page(), initiative__slug=slug)
    reads = rules.can_read(request.user, space) or access.opened(request.session, space)
    if not (found.is_public or reads):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied
    facilitates = rules.can_facilitate(request.user, space)
    context = {"space": space, "page": found, "facilitates": facilitates}
    return render(request, "spaces/page.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_page(request: PersonRequest, slug: str) -> HttpResponse:
    """A new page, last in the list."""
    space = space_for(request, slug, rules.can_facilitate)
    return _write_page(request, space, Page(space=space))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: PersonRequest, slug: str, page: str) -> HttpResponse:
    """Another title or text for a page."""
    space = space_for(request, slug, rules.can_facilitate)
    return _write_page(request, space, get_object_or_404(space.pages, slug=page))


def _write_page(request: PersonRequest, space: Space, page: Page) -> HttpResponse:
    form = PageForm(request.POST or None, instance=page)
    if form.is_valid():
        try:
            saved = writing.save_page(page=form.save(commit=False), by=request.user)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            return redirect("spaces:page", space.slug, saved.slug)
    return render(request, "spaces/page_form.html", {"space": space, "form": form, "page": page})


@require_POST
def arrange_page(request: PersonRequest, slug: str, page: str) -> HttpResponse:
    """Move a page up."""
    space = space_for(request, slug, rules.can_facilitate)
    found = get_object_or_404(space.pages, slug=page)
    done(request, writing.move_page_up, page=found, by=request.user)
    return redirect("spaces:pages", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_page(request: PersonRequest, slug: str, page: str) -> HttpResponse:
    """Ask whether to take a page away, then do; one already gone is no matter."""
    space = space_for(request, slug, rules.can_facilitate)
    found = space.pages.filter(slug=page).first()
    if found and request.method != "POST":
        return render(request, "spaces/content_remove.html", {"space": space, "what": found})
    if found:
        said = _("La page est effacée.")
        done(request, writing.remove_page, said, page=found, by=request.user)
    return redirect("spaces:pages", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: PersonRequest, slug: str) -> HttpResponse:
    """The things to do, list by list, and one more."""
    space = space_for(request, slug, rules.can_facilitate)
    form = ItemForm(request.POST or None, space=space)
    if form.is_valid() and done(
        request, actions.add_item, space=space, by=request.user, **form.cleaned_data
    ):
        return redirect("spaces:checklist", slug)
    items = space.checklist.select_related("done_by")
    context = {"space": space, "items": items, "form": form, "trims": "retirer" in request.GET}
    return render(request, "spaces/space_checklist.html", context)


@require_POST
def remove_item(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take something off the lists; what is already gone is no matter."""
    space = space_for(request, slug, rules.can_facilitate)
    item = space.checklist.filter(pk=pk).first()
    if item:
        done(
            request, actions.remove_item, _("C’est retiré de la liste."), item=item, by=request.user
        )
    return redirect("spaces:checklist", slug)


@require_POST
def tick(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Say that something is done, or is to do after all."""
    space = space_for(request, slug, rules.can_facilitate)
    item = get_object_or_404(space.checklist, pk=pk)
    done(request, actions.tick, item=item, done="undo" not in request.POST, by=request.user)
    return redirect(space) if "front" in request.POST else redirect("spaces:checklist", slug)


def _at(slug: str, page: str) -> dict[str, str]:
    return {"space__initiative__slug": slug, "slug": page}

"""The charter: reading it, its earlier versions, changing it, hanging it on a wall."""

from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done, space_for
from traboule.ui.downloads import paper
from traboule.ui.printing import house, typeset
from traboule.ui.throttle import throttled

from .. import actions
from ..forms import ArticleFormSet, CharterForm, charter_initial, written_articles
from ..models import Charter
from ..proposed import ARTICLES, INTRO
from ..rules import can_moderate
from .finding import space_to_read

_POSTER = Path(__file__).parent.parent / "charter.typ"


@login_not_required
@never_cache
@require_safe
def charter(request: HttpRequest, slug: str, version: int = 0) -> HttpResponse:
    """The charter that holds, or an earlier version; what is proposed when there is none."""
    space = space_to_read(request, slug)
    versions = list(Charter.objects.of(space).prefetch_related("articles"))
    shown = next((one for one in versions if version in (0, one.version)), None)
    if version and shown is None:
        raise Http404
    moderates = can_moderate(request.user, space)
    context = {
        "space": space,
        "charter": shown,
        "versions": versions,
        "is_current": shown is None or shown == versions[0],
        "moderates": moderates,
        "intro": INTRO,
        "proposed": ARTICLES if moderates and not versions else (),
    }
    return render(request, "moderation/charter.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, slug: str) -> HttpResponse:
    """Write the charter, or its next version; « more articles » keeps what was typed."""
    space = space_for(request, slug, can_moderate)
    current = Charter.objects.current(space)
    if "more" in request.POST:
        form = CharterForm(initial=request.POST.dict())
        articles = ArticleFormSet(initial=_typed(request), prefix="articles")
    else:
        form = CharterForm(request.POST or None, initial=charter_initial(current))
        articles = ArticleFormSet(request.POST or None, initial=_rows(current), prefix="articles")
        if form.is_valid() and articles.is_valid() and _publish(request, space, form, articles):
            return redirect("moderation:charter", slug)
    context = {"space": space, "form": form, "articles": articles, "charter": current}
    return render(request, "moderation/charter_form.html", context)


def _publish(request: PersonRequest, space: Space, form: CharterForm, articles: Any) -> bool:
    try:
        actions.publish_charter(
            space=space, articles=written_articles(articles), by=request.user, **form.cleaned_data
        )
    except Refused as refused:
        form.add_error(None, refused)
        return False
    return True


def _rows(current: Charter | None) -> list[dict[str, str]]:
    """The articles to change; those that are proposed when there is none."""
    if current is None:
        return [{"title": str(title), "text": str(text)} for title, text in ARTICLES]
    return [{"title": one.title, "text": one.text} for one in current.articles.all()]


def _typed(request: HttpRequest) -> list[dict[str, str]]:
    """The articles as they were typed, to show them again with more lines below."""
    count = request.POST.get("articles-TOTAL_FORMS", "")
    number = min(int(count), 30) if count.isdecimal() and len(count) < 3 else 0
    names = ("title", "text")
    return [
        {name: request.POST.get(f"articles-{rank}-{name}", "") for name in names}
        for rank in range(number)
    ]


@require_POST
def adopt(request: PersonRequest, slug: str) -> HttpResponse:
    """Adopt the charter that is proposed, and go on with what it was for."""
    space = space_for(request, slug, can_moderate)
    said = _("La charte est adoptée. Vous pouvez la changer quand vous voulez.")
    done(request, actions.adopt_proposed, said, space=space, by=request.user)
    onward = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        return redirect(onward)
    return redirect("moderation:charter", slug)


@login_not_required
@never_cache
@throttled(rate="30/m")
@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """The charter on a sheet of paper, for the wall of the place."""
    space = space_to_read(request, slug)
    held = Charter.objects.current(space)
    if held is None:
        raise Http404
    return paper(charter_poster(space, held), "charte", space.slug)


def charter_poster(space: Space, held: Charter) -> bytes:
    """The PDF of the charter."""
    day = date_format(localtime(held.published_at), _("j F Y"))
    labels = {
        "title": _("Charte : %(space)s") % {"space": space},
        "heading": _("Notre charte"),
        "version": _("Version %(number)s, adoptée le %(day)s")
        % {"number": held.version, "day": day},
        "call": _("Une question, un désaccord ? Appelez le"),
    }
    return typeset(
        _POSTER,
        house()
        | {
            "labels": labels,
            "name": space.initiative.title,
            "theme": space.initiative.theme,
            "intro": held.intro,
            "articles": list(held.articles.values("number", "title", "text")),
            "phone": space.help_phone,
        },
    )

"""Reading what a space tells: the list, one publication, feeds, and the count of readings."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_facilitate, can_take_part
from traboule.ui.throttle import throttled

from .. import rules
from ..actions.reading import count_view
from ..feeds import FEED_LENGTH, as_feed
from ..forms.review import CommentForm
from ..models import Kind, Publication, State
from ..models.publication import UNSEEN, PublicationQuerySet
from .finding import reads, seen, space_of

A_PAGE = 12
MOST_OWN = 20


@login_not_required
@never_cache
@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """What a space tells, the latest first; what is one's own and to review, above."""
    space = space_of(slug)
    reader = reads(request, space)
    if not reader and space.initiative.published_at is None:
        raise Http404
    kind = request.GET.get("sorte", "")
    found = space.publications.published() if reader else space.publications.public()
    shown, following = _a_page(_of_kind(found, kind), request.GET.get("apres", ""))
    context = {
        "space": space,
        "publications": shown,
        "following": following,
        "kinds": Kind,
        "kind": kind,
        "writes": can_take_part(request.user, space) and not space.is_closed,
        **_at_work(request, space),
    }
    return render(request, "publishing/list.html", context)


def _of_kind(found: PublicationQuerySet, kind: str) -> PublicationQuerySet:
    return found.filter(kind=kind) if kind in Kind.values else found


def _a_page(found: PublicationQuerySet, after: str) -> tuple[list[Publication], int | None]:
    """The publications that follow one, and the key of the last when more come."""
    last = found.filter(pk=int(after)).first() if after.isdecimal() and len(after) < 19 else None
    if last:
        older = Q(published_at__lt=last.published_at)
        found = found.filter(older | Q(published_at=last.published_at, pk__lt=last.pk))
    rows = list(found.for_listing()[: A_PAGE + 1])
    return rows[:A_PAGE], rows[A_PAGE - 1].pk if len(rows) > A_PAGE else None


def _at_work(request: HttpRequest, space: Space) -> dict[str, Any]:
    """One's own texts that are not online; for the team, everything to review."""
    if not request.user.is_authenticated:
        return {"own": [], "to_review": [], "drafts": [], "boxed": []}
    facilitates = can_facilitate(request.user, space)
    unseen = space.publications.filter(state__in=UNSEEN)
    own = unseen.filter(Q(author=request.user) | Q(by=request.user))
    starters = unseen.filter(starter__isnull=False, author=None, state=State.DRAFT)
    boxed = space.publications.filter(files__is_accepted=False).distinct()
    return {
        "own": list(own.order_by("-changed_at", "-pk")[:MOST_OWN]),
        "to_review": list(space.publications.to_review()[:MOST_OWN]) if facilitates else [],
        "drafts": list(starters.order_by("pk")[:MOST_OWN]) if facilitates else [],
        "boxed": list(boxed.order_by("pk")[:MOST_OWN]) if facilitates else [],
    }


@login_not_required
@never_cache
@require_safe
def page(request: HttpRequest, slug: str, publication: str) -> HttpResponse:
    """One publication: its words, pictures, steps, places before and after."""
    found = seen(request, slug, publication)
    return render(request, "publishing/page.html", page_of(request, found))


def page_of(request: HttpRequest, publication: Publication, **more: Any) -> dict[str, Any]:
    """What the page of a publication shows to whoever reads it."""
    user, space = request.user, publication.space
    facilitates = can_facilitate(user, space)
    changes = rules.can_change(user, publication) and not space.is_closed
    commented = publication.comments_open and publication.is_published
    withheld = [one for one in publication.every_piece if not one.file.is_shown]
    return {
        "publication": publication,
        "space": space,
        "facilitates": facilitates and not space.is_closed,
        "changes": changes,
        "completes": rules.can_complete(user, publication) and not space.is_closed,
        "is_own": rules.is_of(user, publication),
        "pieces": publication.pieces if changes else publication.shown_pieces,
        "withheld": withheld if changes else [],
        "unanswered": publication.files.accepted().unanswered().count() if changes else 0,
        "boxed": publication.files.filter(is_accepted=False).count() if facilitates else 0,
        "steps": publication.shown_steps(),
        "pairs": publication.shown_pairs(),
        "review": publication.reviews.order_by("-pk").first() if changes or facilitates else None,
        "publishes_alone": user.is_authenticated
        and rules.can_publish_directly(user, publication)
        and not space.is_closed,
        "two_are_better": user.is_authenticated
        and facilitates
        and rules.another_can_review(user, publication),
        "address": request.build_absolute_uri(publication.get_absolute_url()),
        "comments": list(publication.comments.read_by_team()) if commented else [],
        "waiting": list(publication.comments.waiting()) if commented and facilitates else [],
        "comment_form": CommentForm() if commented and user.is_authenticated else None,
        "reads_alone": not (changes or facilitates),
        **more,
    }


@login_not_required
@csrf_exempt  # It adds one to a number, whoever sends it.
@throttled(rate="60/m")
@require_POST
def count(request: HttpRequest, slug: str, publication: str) -> HttpResponse:
    """One more reading, told by the page itself; the team's and the author's do not count."""
    found = seen(request, slug, publication)
    if found.is_published and not rules.can_change(request.user, found):
        count_view(found)
    return HttpResponse(status=204)


@login_not_required
@require_safe
@throttled(rate="60/m")
def space_rss(request: HttpRequest, slug: str) -> HttpResponse:
    """What is public of a space, for feed readers."""
    return _feed_of_space(request, slug, Rss201rev2Feed)


@login_not_required
@require_safe
@throttled(rate="60/m")
def space_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, as Atom."""
    return _feed_of_space(request, slug, Atom1Feed)


def _feed_of_space(request: HttpRequest, slug: str, kind: Any) -> HttpResponse:
    space = space_of(slug)
    found = space.publications.public().for_listing()[:FEED_LENGTH]
    link = reverse("publishing:list", args=[slug])
    return _written(as_feed(kind, found, title=str(space), link=link, address=request.path))


@login_not_required
@require_safe
@throttled(rate="60/m")
def territory_rss(request: HttpRequest) -> HttpResponse:
    """What is public in every space of the territory, for feed readers."""
    found = Publication.objects.public().for_listing()[:FEED_LENGTH]
    return _written(as_feed(Rss201rev2Feed, found, address=request.path))


def _written(feed: Any) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)

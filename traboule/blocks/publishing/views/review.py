"""Reading again, deciding, withdrawing; what readers answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from .. import rules
from ..actions import reading
from ..actions import review as acts
from ..forms.review import CommentForm, ReviewForm, WithdrawForm
from ..models import Publication
from .finding import publication_for, seen
from .reading import page_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PersonRequest, slug: str, publication: str) -> HttpResponse:
    """The text, three questions, and what one decides."""
    found = publication_for(request, slug, publication, rules.can_review)
    form = ReviewForm(request.POST or None, publishes="publish" in request.POST)
    if "take" in request.POST:
        done(request, acts.take_up, publication=found, by=request.user)
        return redirect("publishing:review", slug, publication)
    if form.is_valid() and _decide(request, found, form):
        return redirect(found)
    return render(request, "publishing/review.html", page_of(request, found, form=form))


def _decide(request: PersonRequest, publication: Publication, form: ReviewForm) -> bool:
    """Publish it or give it back; when that is refused, it is said why."""
    who = {"publication": publication, "by": request.user, "checks": form.checks}
    if form.publishes:
        return done(
            request,
            acts.publish,
            _("C’est en ligne. La personne qui l’a écrit est prévenue."),
            **who,
        )
    reason = form.cleaned_data["reason"]
    said = _("Le texte est rendu à qui l’a écrit, avec votre mot.")
    return done(request, acts.send_back, said, reason=reason, **who)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PersonRequest, slug: str, publication: str) -> HttpResponse:
    """Take it away from its readers, with the reason; or put it back."""
    found = publication_for(request, slug, publication, rules.can_review)
    form = WithdrawForm(request.POST or None)
    if "again" in request.POST:
        done(request, acts.publish, _("C’est de nouveau en ligne."), publication=found,
             by=request.user)  # fmt: skip
        return redirect(found)
    if form.is_valid():
        done(request, acts.withdraw, _("C’est retiré, les photos aussi."), publication=found,
             by=request.user, reason=form.cleaned_data["reason"])  # fmt: skip
        return redirect(found)
    context = {"publication": found, "space": found.space, "form": form}
    return render(request, "publishing/withdraw.html", context)


@throttled(rate="10/m")
@require_POST
def comment(request: PersonRequest, slug: str, publication: str) -> HttpResponse:
    """Answer what one has read."""
    found = seen(request, slug, publication)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return render(request, "publishing/page.html", page_of(request, found, comment_form=form))
    shown = rules.comments_at_once(request.user, found)
    said = _("Merci !") if shown else _("Merci ! Quelqu’un de l’équipe le lit, puis il paraîtra.")
    text = form.cleaned_data["text"]
    done(request, reading.comment, said, publication=found, text=text, by=request.user,
         is_shown=shown)  # fmt: skip
    return redirect(found)


@require_POST
def accept_comment(request: PersonRequest, slug: str, publication: str, pk: int) -> HttpResponse:
    """Show what a reader answered."""
    found = publication_for(request, slug, publication, rules.can_review)
    said = get_object_or_404(found.comments.select_related("person"), pk=pk)
    done(request, reading.accept_comment, _("Le commentaire paraît."), comment=said,
         by=request.user)  # fmt: skip
    return redirect(found)

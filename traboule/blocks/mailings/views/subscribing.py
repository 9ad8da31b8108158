"""Asking for the letter without an account, confirming, stopping."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import subscribing
from ..forms.subscribing import AskForm
from ..models import Letter, Subscription
from .fetching import public_space


@login_not_required
@never_cache
@throttled(rate="12/h", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the letter with a first name and an address. The answer never says who is known."""
    space = public_space(request, slug)
    form = AskForm(request.POST or None)
    context = {"space": space, "letter": Letter.of(space), "form": form}
    if not form.is_valid():
        return render(request, "mailings/subscribe.html", context)
    kind, value = form.cleaned_data["address"]
    asked = done(
        request, subscribing.ask, space=space, name=form.cleaned_data["name"], kind=kind,
        value=value, language=get_language() or "fr",
    )  # fmt: skip
    if not asked:
        return render(request, "mailings/subscribe.html", context)
    return render(request, "mailings/asked.html", context | {"kind": kind})


@login_not_required
@never_cache
@throttled(rate="60/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the message's link: its button confirms, opening it does not."""
    asked = Subscription.objects.select_related("space__initiative").filter(token=token).first()
    context: dict[str, Any] = {"token": token, "letter": Letter.of(asked.space) if asked else None}
    if request.method == "POST" and done(request, subscribing.confirm, token=token):
        context["confirmed"] = True
    if asked and asked.state == Subscription.State.ENDED:
        context["letter"] = None
    return render(request, "mailings/confirm.html", context)


@csrf_exempt  # Mail programs press the button themselves (RFC 8058); the address is signed.
@login_not_required
@never_cache
@throttled(rate="600/m", methods=("POST",))  # A mail provider presses for all its readers.
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One button, and it is over; no account, no question."""
    found = subscribing.read_token(token)
    if found is None:
        raise Http404
    space, person = found
    if request.method == "POST":
        subscribing.end(space=space, person=person, by=person, how="link")
    context = {"space": space, "letter": Letter.of(space), "ended": request.method == "POST"}
    return render(request, "mailings/unsubscribe.html", context)


@require_POST
def mine(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop a letter, or take it up again, from one's own page."""
    own = Subscription.objects.select_related("space__initiative", "person")
    subscription = get_object_or_404(own, pk=pk)
    if subscription.person_id != request.user.pk:
        raise PermissionDenied
    if "again" in request.POST:
        said = _("C’est noté : vous la recevrez à nouveau.")
        done(request, subscribing.take_up_again, said, subscription=subscription, by=request.user)
    else:
        said = _("C’est noté : vous ne la recevrez plus.")
        done(
            request, subscribing.end, said, space=subscription.space, person=request.user,
            by=request.user, how="own-page",
        )  # fmt: skip
    return redirect("people:me")

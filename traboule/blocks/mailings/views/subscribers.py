"""Those who receive the letter, as the team sees them: listed, typed from paper, stopped."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import subscribing
from ..forms.subscribing import Line, SheetForm
from ..models import How, Letter, Subscription
from .fetching import written_space

A_PAGE = 50


@never_cache
@require_safe
def subscribers(request: PersonRequest, slug: str) -> HttpResponse:
    """Who asked for the letter, the last to come first."""
    space = written_space(request, slug)
    before = request.GET.get("avant", "")
    theirs = Subscription.objects.filter(space=space).for_listing().order_by("-pk")
    if before.isdecimal() and len(before) < 19:
        theirs = theirs.filter(pk__lt=int(before))
    rows = list(theirs[: A_PAGE + 1])
    context = {
        "space": space,
        "letter": Letter.of(space),
        "subscriptions": rows[:A_PAGE],
        "count": Subscription.objects.standing().filter(space=space).count(),
        "next": f"?avant={rows[A_PAGE - 1].pk}" if len(rows) > A_PAGE else "",
    }
    return render(request, "mailings/subscribers.html", context)


@dataclass(frozen=True)
class Outcome:
    """What became of a line."""

    line: Line
    person: Person


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def type_sheet(request: PersonRequest, slug: str) -> HttpResponse:
    """Type the sheet of the stand: good lines are kept, the others stay to correct."""
    space = written_space(request, slug)
    form = SheetForm(request.POST or None)
    context: dict[str, Any] = {"space": space, "letter": Letter.of(space), "form": form}
    if not form.is_valid():
        return render(request, "mailings/type_sheet.html", context)
    lines, how = form.read(), form.cleaned_data["how"]
    outcomes = [kept for line in lines if (kept := _keep(space, line, how, by=request.user))]
    wrong = [line for line in lines if line.mistake]
    left = "\n".join(line.text for line in wrong)
    again = SheetForm(initial={"how": how, "lines": left})
    context |= {"outcomes": outcomes, "wrong": wrong, "form": again, "typed": True}
    return render(request, "mailings/type_sheet.html", context)


def _keep(space: Space, line: Line, how: str, *, by: Person) -> Outcome | None:
    """Subscribe the person of a line; what is refused is said on the line, and stops no other."""
    if line.mistake:
        return None
    try:
        person = subscribing.person_on_sheet(
            space=space, name=line.name, kind=line.kind, value=line.value
        )
        subscribing.subscribe(space=space, person=person, how=how, by=by)
    except Refused as refused:
        line.mistake = refused.messages[0]
        return None
    return Outcome(line, person)


@require_POST
def subscribe_for(request: PersonRequest, slug: str, person: str) -> HttpResponse:
    """Note what somebody says on the telephone or in the street: the letter, or no letter."""
    space = written_space(request, slug)
    who = get_object_or_404(Person, public_id=person, erased_at__isnull=True)
    if not _is_known_here(space, who):
        raise PermissionDenied
    if "stop" in request.POST:
        said = _("C’est noté : cette personne ne recevra plus la lettre.")
        done(request, subscribing.end, said, space=space, person=who, by=request.user, how="team")
    else:
        said = _("C’est noté : cette personne recevra la lettre.")
        done(
            request, subscribing.subscribe, said, space=space, person=who, how=How.PHONE,
            by=request.user,
        )  # fmt: skip
    back = _way_back(request)
    return redirect(back) if back else redirect("mailings:subscribers", slug)


def _is_known_here(space: Space, person: Person) -> bool:
    """Whether they take part in the space, or asked for its letter."""
    subscribed = Subscription.objects.filter(space=space, person=person).exists()
    return subscribed or space.roll().filter(person=person).exists()


def _way_back(request: PersonRequest) -> str:
    """The page of ours from which it was said."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""

"""Asking for a hand, one question a screen; nobody sees it before it is read again."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.people.rules import can_prepare_mandate
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import requests
from ..comparing import price_of
from ..forms.asking import BeginForm, PriceForm, WhatForm, WhenForm, WhereForm
from ..forms.calling import PAPER, ReadBackForm
from ..lent import employers
from ..models import Household, Request, State
from ..rules import can_answer_as_household, can_help
from .asking import member_space, seen_request


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PersonRequest, slug: str) -> HttpResponse:
    """The first question: for what?"""
    space = member_space(request, slug)
    people = employers(request.user)
    form = BeginForm(
        request.POST or None, employers=people, initial={"kind": request.GET.get("kind", "")}
    )
    if form.is_valid():
        try:
            asked = requests.begin(
                household=_household(space, form.employer, by=request.user),
                kind=form.cleaned_data["kind"], by=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.messages)
        else:
            return redirect("services:ask-step", slug, asked.code, STEPS[0].key)
    begun = space.service_requests.filter(household__person__in=people, state=State.DRAFT)
    context = {"space": space, "form": form, "begun": begun.order_by("-pk")[:3],
               "total": TOTAL}  # fmt: skip
    return render(request, "services/ask.html", context)


def _household(space: Space, person: Person, *, by: Person) -> Household:
    known = space.service_households.filter(person=person).first()
    return known or requests.join_as_household(
        space=space, person=person, commune=space.initiative.commune, by=by
    )


def _settle(*, asked: Request, by: Person, **home: Any) -> None:
    """Where the household is."""
    household = asked.household
    if household.person is None:
        raise Refused(_("Cette personne n’est plus là."))
    requests.join_as_household(space=asked.space, person=household.person, by=by, **home)


@dataclass(frozen=True)
class Step:
    """One screen: its name in addresses, what it asks, what keeps it."""

    key: str
    form: type[Any]
    keep: Callable[..., None] = requests.fill

    def make(self, asked: Request, *sent: Any) -> Any:
        """The form, with what is known."""
        thing: Any = asked.household if self.keep is _settle else asked
        names = [*self.form.base_fields]
        known = {name: getattr(thing, name) for name in names if name not in UNKNOWN}
        more = {"space": asked.space} if self.form is WhereForm else {}
        return self.form(*sent, initial=known, asked=asked, **more)


UNKNOWN = {"photos", "voice", "neighbourhood"}
STEPS = (
    Step("quoi", WhatForm),
    Step("quand", WhenForm),
    Step("prix", PriceForm),
    Step("ou", WhereForm, _settle),
)
KEYS = [one.key for one in STEPS]
TOTAL = len(STEPS) + 2
COUNT = "count"


@never_cache
@throttled(rate="60/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PersonRequest, slug: str, code: str, step: str) -> HttpResponse:
    """One of the next questions; the price is counted as often as one likes."""
    asked, found = draft(request, slug, code), _step(step)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = found.make(asked, *sent)
    counts = request.POST.get("then") == COUNT
    if form.is_valid() and not counts and _kept(request, found, asked, form):
        return redirect(*_next(asked, found))
    context = {
        "space": asked.space, "asked": asked, "form": form, "step": found,
        "current": KEYS.index(found.key) + 2, "total": TOTAL, "price": _price(asked, form),
        "before": KEYS[KEYS.index(found.key) - 1] if found is not STEPS[0] else "",
    }  # fmt: skip
    return render(request, "services/ask_step.html", context)


def _kept(request: PersonRequest, found: Step, asked: Request, form: Any) -> bool:
    given = form.home() if found.keep is _settle else form.cleaned_data
    try:
        found.keep(asked=asked, by=request.user, **given)
    except Refused as refused:
        form.add_error(None, refused.messages)
        return False
    return True


def _next(asked: Request, found: Step) -> tuple[str, ...]:
    after = KEYS[KEYS.index(found.key) + 1 :]
    if after:
        return "services:ask-step", asked.space.slug, asked.code, after[0]
    return "services:read-back", asked.space.slug, asked.code


def _price(asked: Request, form: Any) -> Any:
    """What one time costs at the price that is typed, or else kept."""
    if not isinstance(form, PriceForm):
        return None
    typed = form.cleaned_data.get("budget") if form.is_bound else asked.budget
    return price_of(asked, Decimal(typed)) if typed else None


def _step(key: str) -> Step:
    for one in STEPS:
        if one.key == key:
            return one
    raise Http404


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def read_back(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """All that was said, read again before neighbours see it; on the telephone, read aloud."""
    asked = draft(request, slug, code)
    caller = asked.household.person
    for_another = caller != request.user
    lent = for_another and caller in employers(request.user)
    sent = request.POST if request.method == "POST" else None
    form = ReadBackForm(sent) if for_another and not lent else None
    if request.method == "POST" and (form is None or form.is_valid()):
        agreement = form.cleaned_data["agreement"] if form else PAPER if lent else ""
        said = _("C’est en ligne. Nous prévenons les personnes proches qui savent le faire.")
        if done(
            request, requests.put_online, said, asked=asked, by=request.user, agreement=agreement
        ):
            return redirect(asked)
    context = {
        "space": asked.space, "asked": asked, "form": form, "caller": caller, "steps": KEYS,
        "lent": lent,
        "price": price_of(asked, asked.budget), "current": TOTAL, "total": TOTAL,
        "may_prepare": bool(for_another and caller and can_prepare_mandate(request.user, caller)),
        "helps": can_help(request.user, asked.space),
    }  # fmt: skip
    return render(request, "services/read_back.html", context)


def draft(request: PersonRequest, slug: str, code: str) -> Request:
    """A request not yet online, for whoever writes it."""
    asked = seen_request(request, slug, code)
    if not can_answer_as_household(request.user, asked):
        raise PermissionDenied
    if asked.state != State.DRAFT:
        raise Http404
    return asked

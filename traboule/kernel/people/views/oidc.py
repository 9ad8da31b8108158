"""Coming in with an account kept elsewhere: leaving, coming back, being recognised."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.ui.throttle import throttled

from .. import actions, oidc
from ..channels import ChannelKind
from ..forms import NameForm, RememberForm
from ..models import ExternalIdentity, Person
from ..oidc import Errand, Proof
from .sign_in import FAREWELL, enter, safe_next

ERRAND, PROOF = "people.oidc.errand", "people.oidc.proof"


@login_not_required
@never_cache
@throttled(rate="20/m")
@require_POST
def oidc_start(request: HttpRequest, provider: str) -> HttpResponse:
    """Send someone to a provider, to say there who they are."""
    try:
        chosen = oidc.provider_of(provider)
        address, errand = oidc.leave(chosen, next=safe_next(request))
    except actions.Refused as refused:
        return _refused(request, provider, refused, safe_next(request))
    errand.keep(request.session, ERRAND)
    # A page, not a redirection: our policy lets forms lead nowhere but here.
    return render(request, "people/oidc_leave.html", {"address": address, "name": chosen.name})


@login_not_required
@never_cache
@throttled(rate="30/m")
@require_safe
def oidc_return(request: HttpRequest, provider: str) -> HttpResponse:
    """Check what the provider says, and keep it for the page that asks whether to come in."""
    errand = Errand.take(request.session, ERRAND)
    try:
        proof = oidc.come_back(oidc.provider_of(provider), errand, request.GET.dict())
    except actions.Refused as refused:
        return _refused(request, provider, refused, errand.next if errand else "")
    proof.keep(request.session, PROOF)
    return redirect("people:oidc-enter")


@login_not_required
@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def oidc_enter(request: HttpRequest) -> HttpResponse:
    """Link the account to whoever is signed in; else let its holder in, or welcome a newcomer."""
    proof = Proof.of(request.session, PROOF)
    if proof is None:
        return redirect("people:sign-in")
    if "leave" in request.POST:
        return _leave(request, proof)
    try:
        if request.user.is_authenticated:
            return _link(request, proof, by=request.user)
        person = _holder(proof)
        return _let_in(request, proof, person) if person else _welcome(request, proof)
    except actions.Refused as refused:
        del request.session[PROOF]
        return _refused(request, proof.provider, refused, proof.next)


def _leave(request: HttpRequest, proof: Proof) -> HttpResponse:
    """Forget whom the provider named; on a shared computer, it may well forget them too."""
    del request.session[PROOF]
    if request.user.is_authenticated:
        return redirect(proof.next)
    if proof.farewell:
        return render(request, "people/oidc_farewell.html", {"address": proof.farewell})
    return redirect("people:sign-in")


def _link(request: HttpRequest, proof: Proof, *, by: Person) -> HttpResponse:
    """Ask whether the account should open one's own page from now on."""
    if request.method != "POST":
        return render(request, "people/oidc_link.html", {"proof": proof})
    actions.link_identity(person=by, provider=proof.provider, subject=proof.subject, by=by)
    del request.session[PROOF]
    linked = _("C’est relié : %(name)s vous ouvre cette page.")
    messages.success(request, linked % {"name": proof.provider_name})
    return redirect(proof.next)


def _let_in(request: HttpRequest, proof: Proof, person: Person) -> HttpResponse:
    """Ask whether it is them, since a shared computer may remember someone else; then open."""
    form = RememberForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "proof": proof, "person": person}
        return render(request, "people/oidc_enter.html", context)
    actions.link_identity(person=person, provider=proof.provider, subject=proof.subject, by=person)
    return _open(request, proof, person, remember=form.cleaned_data["remember"])


def _welcome(request: HttpRequest, proof: Proof) -> HttpResponse:
    """Ask someone unknown whether they are new, and if so how to call them."""
    form = NameForm(request.POST or None, initial={"name": proof.name})
    if not form.is_valid():
        return render(request, "people/oidc_welcome.html", {"form": form, "proof": proof})
    person = actions.join_with_identity(
        name=form.cleaned_data["name"],
        provider=proof.provider,
        subject=proof.subject,
        email=proof.email,
        language=get_language() or "fr",
    )
    return _open(request, proof, person)


def _open(
    request: HttpRequest, proof: Proof, person: Person, *, remember: bool = False
) -> HttpResponse:
    del request.session[PROOF]
    request.session[FAREWELL] = proof.farewell
    return enter(request, person, kind="oidc", next=proof.next, remember=remember)


def _holder(proof: Proof) -> Person | None:
    """Who linked this account, or proved here that the e-mail checked there is theirs."""
    holder = ExternalIdentity.objects.holder(proof.provider, proof.subject)
    if holder or not proof.email:
        return holder
    return Person.objects.reached_at(ChannelKind.EMAIL, proof.email)


def _refused(
    request: HttpRequest, provider: str, refused: actions.Refused, next: str
) -> HttpResponse:
    """Say what went wrong at or on the way to the provider, and what else one can do."""
    known = [one for one in oidc.providers() if one.key == provider]
    context = {"reason": refused.message, "providers": known, "next": next}
    return render(request, "people/oidc_refused.html", context, status=400)

"""The keys that a person's devices hold: listed, added, removed, and used to come in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.ui.throttle import throttled

from .. import actions, oidc, passkeys
from ..forms import NewPasskeyForm, PasskeyForm
from ..models import ExternalIdentity, Passkey, Person
from ..passkeys import Challenge
from ..requests import PersonRequest
from ..rules import can_remove_key
from .sign_in import enter, safe_next

ADDING, ENTERING = "people.passkey.adding", "people.passkey.entering"


@never_cache
@require_safe
def keys(request: PersonRequest) -> HttpResponse:
    """List one's keys and the accounts elsewhere that open this one."""
    identities = list(request.user.identities.all())
    linked = {identity.provider for identity in identities}
    context = {
        "passkeys": request.user.passkeys.all(),
        "identities": identities,
        "providers": [provider for provider in oidc.providers() if provider.key not in linked],
    }
    return render(request, "people/passkey_list.html", context)


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: PersonRequest) -> HttpResponse:
    """Ask the device for a new key, then keep its public half."""
    form = NewPasskeyForm(request.POST or None)
    challenge = Challenge.take(request.session, ADDING)
    if form.is_valid() and _adds(request.user, form, challenge):
        messages.success(request, _("Votre clé est prête : elle vous ouvre désormais la porte."))
        return redirect("people:keys")
    fresh = Challenge.draw()
    fresh.keep(request.session, ADDING)
    context = {"form": form, "options": passkeys.options_to_add(request.user, fresh)}
    return render(request, "people/passkey_add.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_passkey(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask whether to remove a key, then remove it; one already gone is no matter."""
    return _remove(request, request.user.passkeys.filter(pk=pk).first())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_identity(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask whether to forget an account kept elsewhere, then forget it."""
    return _remove(request, request.user.identities.filter(pk=pk).first())


@login_not_required
@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Let in whoever holds a key, with no name to type."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    form = PasskeyForm(request.POST or None)
    challenge = Challenge.take(request.session, ENTERING)
    if form.is_valid() and (person := _holder(form, challenge)):
        return enter(request, person, kind="passkey", next=safe_next(request))
    fresh = Challenge.draw()
    fresh.keep(request.session, ENTERING)
    context = {
        "form": form,
        "options": passkeys.options_to_enter(fresh),
        "next": safe_next(request),
    }
    return render(request, "people/passkey_sign_in.html", context)


def _adds(person: Person, form: NewPasskeyForm, challenge: Challenge | None) -> bool:
    """Whether the key is now theirs; otherwise the form says why not."""
    try:
        passkeys.add(person=person, challenge=challenge, **form.cleaned_data)
    except actions.Refused as refused:
        form.add_error(None, refused)
        return False
    return True


def _holder(form: PasskeyForm, challenge: Challenge | None) -> Person | None:
    """Whose key it is; when it is nobody's, the form says why."""
    try:
        return passkeys.holder_of(challenge=challenge, **form.cleaned_data)
    except actions.Refused as refused:
        form.add_error(None, refused)
        return None


def _remove(request: PersonRequest, key: Passkey | ExternalIdentity | None) -> HttpResponse:
    if key is None:
        return redirect("people:keys")
    if request.method != "POST":
        context = {"key": key, "removable": can_remove_key(request.user, key)}
        return render(request, "people/passkey_remove.html", context)
    try:
        actions.remove_key(key=key, by=request.user)
    except actions.Refused as refused:
        messages.error(request, refused.message)
    return redirect("people:keys")

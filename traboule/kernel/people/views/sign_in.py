"""Signing in: a number or address, then a code, then for newcomers a name."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.ui.throttle import throttled

from .. import actions, oidc
from ..forms import AddressForm, NameForm, SignInCodeForm
from ..models import Person
from .pending import Pending

KEY = "people.sign-in"
FAREWELL = "people.farewell"
"""Where the session of the provider who let this person in ends, in turn."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a number or address and send a code there, known or not."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    form = AddressForm(request.POST or None)
    if form.is_valid():
        kind, value = form.cleaned_data["address"]
        try:
            actions.ask_code(kind=kind, value=value, language=get_language() or "fr")
        except actions.Refused as refused:
            form.add_error("address", refused)
        else:
            request.session.set_expiry(0)
            Pending(kind, value, next=safe_next(request)).keep(request.session, KEY)
            return redirect("people:sign-in-code")
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "providers": oidc.providers(),
    }
    return render(request, "people/sign_in.html", context)


@login_not_required
@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Take the code; a known person is then in, a newcomer is asked for a name."""
    pending = Pending.of(request.session, KEY)
    if request.user.is_authenticated or pending is None:
        return redirect("people:sign-in")
    form = SignInCodeForm(request.POST or None)
    if form.is_valid() and _accepts(form, pending):
        pending.proven, pending.remember = True, form.cleaned_data["remember"]
        person = Person.objects.reached_at(pending.kind, pending.value)
        if person is None:
            pending.keep(request.session, KEY)
            return redirect("people:sign-in-name")
        return _enter_with_code(request, person, pending)
    return render(request, "people/sign_in_code.html", {"form": form, "pending": pending})


@login_not_required
@throttled(rate="20/m")
@require_POST
def resend_code(request: HttpRequest) -> HttpResponse:
    """Send another code to the same place, unless one has just left."""
    pending = Pending.of(request.session, KEY)
    if request.user.is_authenticated or pending is None:
        return redirect("people:sign-in")
    resend(request, pending)
    return redirect("people:sign-in-code")


@login_not_required
@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_name(request: HttpRequest) -> HttpResponse:
    """Ask newcomers what to call them, and let them in."""
    pending = Pending.of(request.session, KEY)
    if request.user.is_authenticated or pending is None or not pending.proven:
        return redirect("people:sign-in")
    form = NameForm(request.POST or None)
    if form.is_valid():
        person = actions.join(
            name=form.cleaned_data["name"],
            kind=pending.kind,
            value=pending.value,
            language=get_language() or "fr",
        )
        return _enter_with_code(request, person, pending)
    return render(request, "people/sign_in_name.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and say so to whoever leaves a shared computer."""
    if request.method == "POST":
        response = _sign_out(request)
        # What pages kept on this device while someone wrote is not for whoever comes next.
        response.headers["Clear-Site-Data"] = '"storage"'
        return response
    return render(request, "people/sign_out.html")


def _sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; that of the provider who opened it ends next."""
    farewell = request.session.get(FAREWELL)
    logout(request)
    if farewell:
        return render(request, "people/oidc_farewell.html", {"address": farewell})
    return redirect("people:sign-out")


def resend(request: HttpRequest, pending: Pending) -> None:
    """Send another code and say what became of it."""
    try:
        sent = actions.ask_code(
            kind=pending.kind, value=pending.value, language=get_language() or "fr"
        )
    except actions.Refused as refused:
        messages.error(request, refused.message)
    else:
        gone = _("Un nouveau code vient de partir.")
        coming = _("Le code est parti il y a moins d’une minute : il arrive bientôt.")
        messages.info(request, gone if sent else coming)


def _accepts(form: SignInCodeForm, pending: Pending) -> bool:
    """Whether the code is right; otherwise the form says why not."""
    try:
        actions.use_code(kind=pending.kind, value=pending.value, digits=form.cleaned_data["digits"])
    except ValidationError as refused:
        form.add_error("digits", refused)
        return False
    return True


def _enter_with_code(request: HttpRequest, person: Person, pending: Pending) -> HttpResponse:
    """Let in whoever proved that this number or address is theirs."""
    request.session.pop(KEY, None)
    return enter(request, person, kind=pending.kind, next=pending.next, remember=pending.remember)


def enter(
    request: HttpRequest, person: Person, *, kind: str, next: str = "", remember: bool = False
) -> HttpResponse:
    """Open the session of a person who proved who they are, and take them where they went.

    ``kind`` is by what they proved it: a kind of channel, card, passkey or oidc.
    """
    if not person.is_active:
        request.session.flush()
        messages.error(request, _("Cet accès est fermé. Appelez-nous pour en parler."))
        return redirect("people:sign-in")
    login(request, person, backend=BACKEND)
    actions.note_sign_in(person=person, kind=kind)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
    messages.success(request, _("Bonjour %(name)s.") % {"name": person.name})
    return speak(redirect(next or settings.LOGIN_REDIRECT_URL), person, remember)


def speak(response: HttpResponse, person: Person, remember: bool = False) -> HttpResponse:
    """Make the screens speak the person's language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        person.language,
        max_age=settings.SESSION_COOKIE_AGE if remember else None,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


def safe_next(request: HttpRequest) -> str:
    """Where the visitor was going, if it is on this site."""
    target = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else settings.LOGIN_REDIRECT_URL

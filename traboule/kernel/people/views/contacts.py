"""The ways to reach a person: proven by a code, told, or through somebody else."""

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.ui.throttle import throttled

from .. import actions, contacts, duplicates
from ..channels import ChannelKind
from ..forms import AddressForm, CodeForm, LandlineForm, PostForm, RelayForm
from ..models import Person
from ..requests import PersonRequest
from ..rules import can_remove_channel
from .pending import Pending
from .sign_in import BACKEND, resend

KEY = "people.channel"
TOLD_FORMS = {ChannelKind.LANDLINE: LandlineForm, ChannelKind.POST: PostForm}


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def add_channel(request: PersonRequest) -> HttpResponse:
    """Ask for a new number or address and send a code there."""
    form = AddressForm(request.POST or None)
    if form.is_valid():
        kind, value = form.cleaned_data["address"]
        try:
            actions.ask_code(kind=kind, value=value, language=get_language() or "fr")
        except actions.Refused as refused:
            form.add_error("address", refused)
        else:
            Pending(kind, value).keep(request.session, KEY)
            return redirect("people:confirm-channel")
    return render(request, "people/add_channel.html", {"form": form})


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_channel(request: PersonRequest) -> HttpResponse:
    """Take the code that proves the new number or address, or send another."""
    pending = Pending.of(request.session, KEY)
    if pending is None:
        return redirect("people:me")
    if "resend" in request.POST:
        resend(request, pending)
        return redirect("people:confirm-channel")
    form = CodeForm(request.POST or None)
    if form.is_valid() and _proves(form, pending):
        if _may_be_known(request, pending):
            pending.proven = True
            pending.keep(request.session, KEY)
            return redirect("people:same-person")
        if _adds(request, form, pending):
            del request.session[KEY]
            messages.success(request, _("Ce moyen de contact est à vous, c’est noté."))
            return redirect("people:me")
    return render(request, "people/confirm_channel.html", {"form": form, "pending": pending})


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def same_person(request: PersonRequest) -> HttpResponse:
    """Ask a guest who proved a number known here whether they are that person; become one."""
    pending = Pending.of(request.session, KEY)
    known = pending and pending.proven and _may_be_known(request, pending)
    if not (pending and known):
        return redirect("people:me")
    if request.method != "POST":
        return render(request, "people/me_same.html", {"known": known, "pending": pending})
    del request.session[KEY]
    if "other" in request.POST:
        return redirect("people:add-channel")
    duplicates.merge(kept=known, absorbed=request.user, by=known)
    login(request, known, backend=BACKEND)
    messages.success(request, _("Bonjour %(name)s. Tout est réuni ici.") % {"name": known.name})
    return redirect("people:me")


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def tell_channel(request: PersonRequest, kind: ChannelKind) -> HttpResponse:
    """Note a landline or a postal address."""
    form = TOLD_FORMS[kind](request.POST or None)
    if form.is_valid():
        contacts.note_channel(
            person=request.user, kind=kind, value=form.cleaned_data["value"], by=request.user
        )
        messages.success(request, _("C’est noté."))
        return redirect("people:me")
    return render(request, "people/me_channel.html", {"form": form, "kind": kind})


@never_cache
@throttled(rate="10/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def add_relay(request: PersonRequest) -> HttpResponse:
    """Ask someone who signs in here to be told in one's place."""
    form = RelayForm(request.POST or None)
    if form.is_valid() and _asks(request, form):
        messages.success(request, _("C’est demandé. La personne doit encore l’accepter ici."))
        return redirect("people:me")
    return render(request, "people/me_relay.html", {"form": form})


@throttled(rate="20/m")
@require_POST
def answer_relay(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept to be someone's relay, decline, or stop."""
    channel = get_object_or_404(request.user.relayed_channels.select_related("person"), pk=pk)
    contacts.answer_relay(channel=channel, accepts="accept" in request.POST, by=request.user)
    messages.success(request, _("C’est enregistré."))
    return redirect("people:me")


@throttled(rate="20/m")
@require_POST
def prefer_channel(request: PersonRequest, pk: int) -> HttpResponse:
    """Use one channel before the others."""
    channel = get_object_or_404(request.user.channels, pk=pk)
    try:
        contacts.prefer_channel(channel=channel, by=request.user)
    except actions.Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("C’est par là que nous vous joindrons d’abord."))
    return redirect("people:me")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_channel(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask whether to remove a channel, then remove it; one already gone is no matter."""
    channel = request.user.channels.filter(pk=pk).first()
    if channel is None:
        return redirect("people:me")
    if request.method != "POST":
        removable = can_remove_channel(request.user, channel)
        context = {"channel": channel, "removable": removable}
        return render(request, "people/remove_channel.html", context)
    try:
        actions.remove_channel(channel=channel, by=request.user)
    except actions.Refused as refused:
        messages.error(request, refused.message)
    return redirect("people:me")


def _proves(form: CodeForm, pending: Pending) -> bool:
    """Whether the code is right; otherwise the form says why not."""
    try:
        actions.use_code(kind=pending.kind, value=pending.value, digits=form.cleaned_data["digits"])
    except actions.Refused as refused:
        form.add_error("digits", refused)
        return False
    return True


def _adds(request: PersonRequest, form: CodeForm, pending: Pending) -> bool:
    """Whether the channel is now theirs; otherwise the form says why not."""
    try:
        actions.add_channel(
            person=request.user, kind=pending.kind, value=pending.value, by=request.user
        )
    except actions.Refused as refused:
        form.add_error("digits", refused)
        return False
    return True


def _asks(request: PersonRequest, form: RelayForm) -> bool:
    """Whether the relay was asked; otherwise the form says why not."""
    _kind, address = form.cleaned_data["address"]
    try:
        contacts.ask_relay(
            person=request.user, name=form.cleaned_data["name"], address=address, by=request.user
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _may_be_known(request: PersonRequest, pending: Pending) -> Person | None:
    """Who has the channel already, when a guest may turn out to be them."""
    if not request.user.is_guest:
        return None
    known = Person.objects.reached_at(pending.kind, pending.value)
    return known if known and known.is_active and known != request.user else None

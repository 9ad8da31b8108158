"""A person's own page: name, language, and the ways to be reached."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.ui.throttle import throttled

from .. import actions
from ..forms import AddressForm, CodeForm, ProfileForm
from ..requests import PersonRequest
from ..rules import can_remove_channel
from .pending import Pending
from .sign_in import resend, speak

KEY = "people.channel"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: PersonRequest) -> HttpResponse:
    """Show and change one's name and language; list one's channels."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        person = form.save()
        messages.success(request, _("C’est enregistré."))
        return speak(redirect("people:me"), person)
    channels = request.user.channels.select_related("relay").order_by("pk")
    return render(request, "people/me.html", {"form": form, "channels": channels})


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def add_channel(request: PersonRequest) -> HttpResponse:
    """Ask for a new number or address and send a code there."""
    form = AddressForm(request.POST or None)
    if form.is_valid():
        kind, value = form.cleaned_data["address"]
        try:
            actions.ask_code(kind=kind, value=value, language=request.user.language)
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
    if form.is_valid() and _confirms(request, form, pending):
        del request.session[KEY]
        messages.success(request, _("Ce moyen de contact est à vous, c’est noté."))
        return redirect("people:me")
    return render(request, "people/confirm_channel.html", {"form": form, "pending": pending})


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


def _confirms(request: PersonRequest, form: CodeForm, pending: Pending) -> bool:
    """Whether the code is right and the channel now theirs; otherwise the form says why not."""
    try:
        actions.use_code(kind=pending.kind, value=pending.value, digits=form.cleaned_data["digits"])
        actions.add_channel(
            person=request.user, kind=pending.kind, value=pending.value, by=request.user
        )
    except actions.Refused as refused:
        form.add_error("digits", refused)
        return False
    return True

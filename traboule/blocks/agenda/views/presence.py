"""The presence ledger on the screen and on paper, and the doors by which people say they came."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people import cards
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest, is_signed_in
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper, table
from traboule.ui.printing import qr_picture
from traboule.ui.throttle import throttled

from .. import room_code
from ..actions import presence
from ..actions.here import say_here
from ..actions.presence import key_of
from ..actions.roll import Told, note_told
from ..attendance import household
from ..forms.presence import HereForm
from ..forms.roll import SheetForm
from ..ledger import ledger_of
from ..models import Event, Presence
from ..models.presence import part_now, parts_of
from ..printing.sheet import attendance_sheet
from ..roll import roll_of
from .finding import held_event, reads


@never_cache
@require_safe
def ledger(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Who came, the hours, whether anything was altered, and who vouched for it."""
    event = held_event(request.user, slug, pk)
    context = {"event": event, "space": event.space, "ledger": ledger_of(event)}
    return render(request, "agenda/ledger.html", context)


@require_safe
def ledger_csv(request: PersonRequest, slug: str, pk: int) -> StreamingHttpResponse:
    """The same as a table, for those who must account for it."""
    event = held_event(request.user, slug, pk)
    rows = [[_("Nom"), _("Moment"), _("Présence"), _("Minutes"), _("Personnes"),
             _("Noté par"), _("Empreinte")]]  # fmt: skip
    for line in ledger_of(event).lines:
        said = line.said
        rows.append([
            line.name or _("Sans nom"), said.get_part_display(),
            said.get_state_display(), str(said.minutes), str(said.count), said.get_source_display(),
            said.hash[:12],
        ])  # fmt: skip
    return table(rows, "presences", event.title, f"{localtime(event.starts_at):%Y-%m-%d}")


@require_POST
def countersign(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Vouch for the ledger as it stands; with its slots, where it has some."""
    event = held_event(request.user, slug, pk)
    said = _("C’est signé. Tout changement à venir se verra.")
    done(request, presence.countersign_all, said, event=event, by=request.user)
    return redirect("agenda:ledger", slug, pk)


@require_safe
def sheet(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The attendance sheet to have signed, half a day a column."""
    event = held_event(request.user, slug, pk)
    return paper(attendance_sheet(event), _("émargement"), event.title)


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def type_sheet(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Type a signed sheet back in."""
    event = held_event(request.user, slug, pk)
    rolls = [roll_of(event, part) for part in parts_of(event)]
    form = SheetForm(request.POST or None, rolls=rolls)
    if form.is_valid():
        source = Presence.Source.SHEET
        refused = note_told(event=event, told=form.told(), by=request.user, source=source)
        for why in dict.fromkeys(refused.values()):
            form.add_error(None, why)
        if not refused:
            messages.success(request, _("La feuille est saisie. Rangez l’original."))
            return redirect("agenda:ledger", slug, pk)
    context = {"event": event, "space": event.space, "form": form, "parts": parts_of(event)}
    return render(request, "agenda/sheet_type.html", context)


@never_cache
@require_safe
def code_of_room(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The code to show in the room, on a screen or on paper."""
    event = held_event(request.user, slug, pk)
    code = room_code.code_of(event)
    path = f"{reverse('agenda:here', args=[event.code])}?code={code}"
    context = {
        "event": event,
        "space": event.space,
        "code": code,
        "holds": room_code.holds(event),
        "address": request.build_absolute_uri(reverse("agenda:here", args=[event.code])),
        "qr": qr_picture(request.build_absolute_uri(path)),
    }
    return render(request, "agenda/room_code.html", context)


@login_not_required
@never_cache
@throttled(rate="20/h", methods=("POST",), key=lambda request: str(request.user.pk))
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, code: str) -> HttpResponse:
    """« I am here », with the code of the room."""
    event = get_object_or_404(Event.objects.for_page().open(), code=code.upper())
    public = event.is_public and event.space.initiative.published_at
    if not (public or reads(request, event.space)):
        raise Http404
    if not is_signed_in(request):
        context = {"event": event, "space": event.space, "back": request.get_full_path()}
        return render(request, "agenda/here_doors.html", context)
    form = HereForm(request.POST or None, people=household(request.user), me=request.user,
                    initial={"code": request.GET.get("code", "")[:8]})  # fmt: skip
    if form.is_valid() and _say_here(request, event, form):
        return redirect(event)
    return render(request, "agenda/here.html", {"event": event, "space": event.space, "form": form})


def _say_here(request: PersonRequest, event: Event, form: HereForm) -> bool:
    try:
        given = form.cleaned_data["code"]
        say_here(event=event, people=form.chosen, code=given, by=request.user)
    except Refused as refused:
        form.add_error("code", refused)
        return False
    messages.success(request, _("C’est noté : vous êtes là. Bonne séance !"))
    return True


@require_POST
@transaction.atomic
def note_card(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Note whoever's card was scanned with the telephone's own camera."""
    event = held_event(request.user, slug, pk)
    card = f"/{request.POST.get('card', '')[:200]}"
    person = cards.person_of(card)
    if person is None:
        raise PermissionDenied
    part = part_now(event)
    today = f"{timezone.localdate():%Y-%m-%d}"
    told = Told(
        key=key_of(event, "card", part, person.pk, today),
        at=timezone.now(),
        state=Presence.State.PRESENT,
        part=part,
        card=card,
    )
    source = Presence.Source.CARD
    refused = note_told(event=event, told=[told], by=request.user, source=source)
    for why in refused.values():
        messages.error(request, why)
    if not refused:
        messages.success(request, _("%(name)s est là : c’est noté.") % {"name": person})
    return redirect("agenda:roll", slug, pk)

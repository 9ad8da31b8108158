"""The list of contacts and its segments; one contact: its file, its exchanges, what comes next."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done

from ..actions import contacts as acts
from ..actions import exchanges, settling
from ..filters import INSIDE, NO_EMAIL, NO_PHONE, NO_WAY, OUTSIDE, UNKNOWN, Filters, page_after
from ..forms.contact import ContactForm, initial_of, places_near, team_of
from ..forms.exchange import ExchangeForm, NextForm
from ..forms.settling import SegmentForm
from ..models import Contact, Segment
from .finding import back_to, contact_of, facilitated

PAGE_SIZE = 50


@never_cache
@require_safe
def contacts(request: PersonRequest, slug: str) -> HttpResponse:
    """The contacts that meet the filters, a page at a time."""
    space = facilitated(request, slug)
    filters = Filters.read(request.GET)
    found = page_after(filters.apply(space).for_listing(), request.GET.get("apres", ""))
    rows = list(found[: PAGE_SIZE + 1])
    here = reverse("outreach:contacts", args=[slug])
    shown = rows[:PAGE_SIZE]
    context = {
        "space": space,
        "contacts": shown,
        "filters": filters,
        "selects": _selects(space, filters, request),
        "query": filters.query_string(),
        "segments": [
            (one, Filters.read(one.filters).query_string()) for one in space.outreach_segments.all()
        ],
        "segment_form": SegmentForm(),
        "next": here + filters.query_string(apres=str(shown[-1].pk))
        if len(rows) > PAGE_SIZE
        else "",
    }
    return render(request, "outreach/contacts.html", context)


def _selects(
    space: Space, filters: Filters, request: PersonRequest
) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """Each filter that is chosen among few values: its name, its label, its choices."""
    places = [(one.code, one.name) for one in places_near(space)]
    days = [(str(n), _("%(n)d jours et plus") % {"n": n}) for n in (14, 30, 90, 180)]
    found: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("quartier", _("Quartier prioritaire"), [
            (INSIDE, _("Oui")), (OUTSIDE, _("Non")), (UNKNOWN, _("On ne sait pas")), *places]),
        ("etape", _("Étape"), [(str(s.pk), s.label) for s in space.outreach_stages.all()]),
        ("besoin", _("Besoin"), [(str(n.pk), n.label) for n in space.outreach_needs.all()]),
        ("etat", _("État"), [(value, str(label)) for value, label in Contact.State.choices]),
        ("suivi", _("Suivi par"), [
            (key, one.name) for key, one in team_of(space, request.user).items()]),
        ("sans", _("Il manque"), [
            (NO_PHONE, _("le téléphone")), (NO_EMAIL, _("l’e-mail")), (NO_WAY, _("tout moyen"))]),
        ("silence", _("Sans échange depuis"), days),
        ("suite", _("Prochaine action"), [("aucune", _("Rien de prévu"))]),
    ]  # fmt: skip
    said = filters.as_table()
    return [
        (name, label, [(value, words, said.get(name) == value) for value, words in choices])
        for name, label, choices in found
        if choices
    ]


@require_POST
def save_segment(request: PersonRequest, slug: str) -> HttpResponse:
    """Keep the filters in use under a name."""
    space = facilitated(request, slug)
    filters = Filters.read(request.POST)
    form = SegmentForm(request.POST)
    here = reverse("outreach:contacts", args=[slug]) + filters.query_string()
    if not form.is_valid():
        messages.error(request, str(form.errors["name"][0]))
        return redirect(here)
    said = _("Le groupe est gardé. Vous pouvez lui écrire, ou l’inviter depuis l’agenda.")
    name = form.cleaned_data["name"]
    done(request, settling.save_segment, said, space=space, name=name, filters=filters,
         by=request.user)  # fmt: skip
    return redirect(here)


@require_POST
def remove_segment(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Forget a segment."""
    space = facilitated(request, slug)
    segment = get_object_or_404(Segment, pk=pk, space=space)
    done(request, settling.remove_segment, _("Le groupe est supprimé. Ses contacts restent."),
         segment=segment, by=request.user)  # fmt: skip
    return redirect("outreach:contacts", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, slug: str) -> HttpResponse:
    """Add somebody; whoever is here already is completed, not doubled."""
    space = facilitated(request, slug)
    form = ContactForm(request.POST or None, space=space, by=request.user)
    if form.is_valid() and (contact := _kept(form, acts.add_contact, request, space=space)):
        return redirect(contact)
    context = {"space": space, "form": form, "contact": None}
    return render(request, "outreach/contact_form.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Put a file right."""
    contact = contact_of(request, slug, pk)
    space = contact.space
    form = ContactForm(
        request.POST or None, space=space, by=request.user, initial=initial_of(contact)
    )
    if form.is_valid() and _kept(form, acts.change_contact, request, contact=contact):
        return redirect(contact)
    context = {"space": space, "form": form, "contact": contact}
    return render(request, "outreach/contact_form.html", context)


def _kept(form: ContactForm, act: Any, request: PersonRequest, **what: Any) -> Contact | None:
    """The file once kept; when it is refused, the form says why."""
    try:
        contact: Contact = act(by=request.user, **what, **form.fields_given())
    except Refused as refused:
        form.add_error(None, refused)
        return None
    messages.success(request, _("La fiche de %(name)s est enregistrée.") % {"name": contact.person})
    return contact


@never_cache
@require_safe
def contact(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One file: who, what was said, what comes next."""
    found = contact_of(request, slug, pk)
    action = found.next_action
    initial = {"kind": action.kind, "due_on": action.due_on} if action else {}
    moves = [] if found.opted_out_at else sorted(Contact.MOVES[Contact.State(found.state)])
    context = {
        "space": found.space,
        "contact": found,
        "exchanges": found.exchanges.select_related("by")[:50],
        "messages_written": found.messages.order_by("-pk")[:20],
        "follow_ups": found.follow_ups.select_related("event").prefetch_related("steps"),
        "next_form": NextForm(space=found.space, by=request.user, initial=initial),
        "moves": [(one, Contact.State(one).label) for one in moves],
        "takes_part": found.space.participations.current().filter(person=found.person).exists(),
    }
    return render(request, "outreach/contact.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Note an exchange that took place, and what is done next."""
    found = contact_of(request, slug, pk)
    initial = {"day": timezone.localdate(), "kind": request.GET.get("moyen", "call")}
    form = ExchangeForm(request.POST or None, initial=initial)
    if form.is_valid() and done(
        request, exchanges.note_exchange, _("L’échange est noté."), contact=found,
        by=request.user, **form.said(),
    ):  # fmt: skip
        return redirect(found)
    context = {"space": found.space, "contact": found, "form": form}
    return render(request, "outreach/exchange.html", context)


@require_POST
def plan_next(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Say what is done next with somebody."""
    found = contact_of(request, slug, pk)
    form = NextForm(request.POST, space=found.space, by=request.user)
    if form.is_valid():
        done(request, acts.plan_next, _("C’est prévu."), contact=found, by=request.user,
             **form.said())  # fmt: skip
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return back_to(request, found.get_absolute_url())


@require_POST
def move(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Say where one stands with somebody."""
    found = contact_of(request, slug, pk)
    state = request.POST.get("state", "")
    if state in Contact.State.values:
        done(request, acts.move, _("C’est noté."), contact=found, state=state, by=request.user)
    return back_to(request, found.get_absolute_url())


@require_POST
def take(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take charge of what is to be done with somebody."""
    found = contact_of(request, slug, pk)
    action = found.next_action
    seen = request.POST.get("seen", "")
    if action:
        done(request, acts.take, _("C’est pour vous."), action=action,
             seen_owner=int(seen) if seen.isdecimal() and len(seen) < 19 else None,
             by=request.user)  # fmt: skip
    return back_to(request, found.get_absolute_url())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opt_out(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Someone asked not to be contacted any more: for good."""
    found = contact_of(request, slug, pk)
    if request.method == "POST" and done(
        request, acts.opt_out, _("C’est noté, pour toujours. Aucun import ne la fera revenir."),
        contact=found, by=request.user,
    ):  # fmt: skip
        return redirect(found)
    return render(request, "outreach/opt_out.html", {"space": found.space, "contact": found})

"""Individual messages: a text becomes drafts, each is read, then they leave."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper

from ..actions import messages as acts
from ..carrying import whole_text
from ..drafting import way_for
from ..filters import Filters
from ..forms.writing import ComposeForm, MessageForm
from ..models import Contact, Message, MessageTemplate
from ..printing.letters import letters
from .finding import facilitated


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: PersonRequest, slug: str) -> HttpResponse:
    """One text, for everyone who meets the filters, or for one contact."""
    space = facilitated(request, slug)
    filters, people = _people(request, space)
    template = _template(request, space)
    initial = {"subject": template.subject, "text": template.text} if template else {}
    form = ComposeForm(request.POST or None, space=space, initial=initial)
    if form.is_valid() and people and (drafted := _draft(form, space, people, request)):
        _say(request, drafted)
        return redirect(reverse("outreach:messages", args=[slug]))
    context = {
        "space": space,
        "form": form,
        "people": people,
        "unwritten": sum(way_for(one, "") is None for one in people),
        "filters": filters,
        "one": request.GET.get("contact", ""),
        "template": template,
        "templates": space.outreach_templates.all(),
        "most": acts.MOST_AT_ONCE,
    }
    return render(request, "outreach/compose.html", context)


def _people(request: PersonRequest, space: Space) -> tuple[Filters, list[Contact]]:
    """For whom one writes: never those who said no."""
    filters = Filters.read(request.GET)
    found = filters.apply(space).may_be_approached()
    one = request.GET.get("contact", "")
    if one:
        found = found.filter(pk=one if one.isdecimal() and len(one) < 19 else 0)
    ordered = found.for_listing().order_by("person__name", "pk")
    return filters, list(ordered[: acts.MOST_AT_ONCE])


def _template(request: PersonRequest, space: Space) -> MessageTemplate | None:
    key = request.GET.get("modele", "")
    chosen = space.outreach_templates.filter(pk=key if key.isdecimal() and len(key) < 19 else 0)
    found: MessageTemplate | None = chosen.first()
    return found


def _draft(form: ComposeForm, space: Space, people: list[Contact], request: PersonRequest) -> Any:
    try:
        return acts.draft(space=space, people=people, by=request.user, **form.said())
    except Refused as refused:
        form.add_error(None, refused)
        return None


def _say(request: PersonRequest, drafted: acts.Drafted) -> None:
    said = ngettext("%(n)d brouillon à relire.", "%(n)d brouillons à relire.", drafted.messages)
    messages.success(request, said % {"n": drafted.messages})
    if drafted.to_call:
        said = ngettext(
            "%(n)d personne sans e-mail ni adresse est sur la liste des appels.",
            "%(n)d personnes sans e-mail ni adresse sont sur la liste des appels.",
            drafted.to_call,
        )
        messages.info(request, said % {"n": drafted.to_call})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: PersonRequest, slug: str) -> HttpResponse:
    """The drafts to read, then to send by batches; what left and what came back."""
    space = facilitated(request, slug)
    ours = Message.objects.filter(contact__space=space).for_listing()
    if request.method == "POST":
        _act(request, ours)
        return redirect("outreach:messages", slug)
    waiting = ours.filter(state=Message.State.DRAFT).prefetch_related("contact__person__channels")
    rows = list(waiting.order_by("pk")[: acts.MOST_AT_ONCE])
    left = ours.exclude(state=Message.State.DRAFT)
    context = {
        "space": space,
        "drafts": [one for one in rows if one.way != Message.Way.LETTER],
        "letters": [one for one in rows if one.way == Message.Way.LETTER],
        "left": left.order_by("-pk")[:30],
    }
    return render(request, "outreach/messages.html", context)


def _act(request: PersonRequest, ours: Any) -> None:
    """Send the drafts that are ticked, or say that the letters are posted."""
    keys = [one for one in request.POST.getlist("which") if one.isdecimal() and len(one) < 19]
    chosen = list(ours.filter(pk__in=keys[: acts.MOST_AT_ONCE]).order_by("pk"))
    act = acts.posted if "posted" in request.POST else acts.send
    try:
        number = act(messages=chosen, by=request.user)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        return
    if not number:
        messages.info(request, _("Cochez au moins un message à relire."))
        return
    said = ngettext("%(n)d message part.", "%(n)d messages partent.", number)
    if act is acts.posted:
        said = ngettext("%(n)d courrier noté.", "%(n)d courriers notés.", number)
    messages.success(request, said % {"n": number})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One message: its words, then it leaves; or what became of it."""
    message = _message(request, slug, pk)
    form = MessageForm(request.POST or None, instance=_copy(message))
    if message.may_be_edited and form.is_valid() and _edit(request, message, form):
        following = _next_draft(message) if "send" in request.POST else None
        if following:
            return redirect("outreach:message", slug, following.pk)
        return redirect("outreach:messages", slug)
    context = {
        "space": message.contact.space,
        "message": message,
        "form": form,
        "whole": whole_text(message),
    }
    return render(request, "outreach/message.html", context)


def _edit(request: PersonRequest, message: Message, form: MessageForm) -> bool:
    words = {name: form.cleaned_data[name] for name in ("subject", "text")}
    if not done(request, acts.edit, message=message, by=request.user, **words):
        return False
    if "send" in request.POST and message.way != Message.Way.LETTER:
        said = _("Le message pour %(name)s part.") % {"name": message.contact.person}
        return done(request, acts.send, said, messages=[message], by=request.user)
    messages.success(request, _("C’est enregistré."))
    return True


def _copy(message: Message) -> Message:
    """The same row for the form to change, which the page does not read."""
    return Message.objects.get(pk=message.pk)


def _next_draft(message: Message) -> Message | None:
    """The next one of the same batch to read."""
    rest = Message.objects.filter(batch=message.batch, state=Message.State.DRAFT)
    return rest.filter(pk__gt=message.pk).order_by("pk").first()


def _message(request: PersonRequest, slug: str, pk: int) -> Message:
    space = facilitated(request, slug)
    ours = Message.objects.filter(
        contact__space=space, contact__in=Contact.objects.live()
    ).for_listing()
    found: Message = get_object_or_404(ours, pk=pk)
    return found


@require_POST
def fate(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Drop a draft, or say that a message came back."""
    message = _message(request, slug, pk)
    if "came_back" in request.POST:
        said = _("C’est noté : corrigez l’adresse et renvoyez, ou appelez.")
        done(request, acts.came_back, said, message=message, by=request.user)
        return redirect("outreach:message", slug, pk)
    done(request, acts.drop, _("Le brouillon est écarté."), message=message, by=request.user)
    return redirect("outreach:messages", slug)


@require_safe
def letters_pdf(request: PersonRequest, slug: str) -> HttpResponse:
    """The letters to post, one a page, for window envelopes."""
    space = facilitated(request, slug)
    ours = Message.objects.filter(contact__space=space, way=Message.Way.LETTER)
    waiting = ours.filter(state=Message.State.DRAFT).for_listing().order_by("pk")
    return paper(letters(list(waiting[: acts.MOST_AT_ONCE])), "courriers")

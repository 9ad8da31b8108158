"""One's conversations, and each of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from . import actions as acts
from .forms import MessageForm
from .models import Blocking, Conversation, Message, Party
from .rules import is_silenced, voice_of

SHOWN = 50


@never_cache
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """Those in which one takes part, the latest first, and whom one hears no more."""
    person = request.user
    latest = Conversation.objects.of(person).with_news_for(person).for_listing()
    context = {
        "conversations": latest[:SHOWN],
        "blockings": person.blockings.select_related("other"),
    }
    return render(request, "conversations/mine.html", context)


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: PersonRequest, key: str) -> HttpResponse:
    """What was written, the newest last, and one's own message below."""
    party = _voice(request, key)
    form = MessageForm(request.POST or None)
    if form.is_valid() and done(
        request, acts.write, _("C’est envoyé."),
        party=party, text=form.cleaned_data["text"], by=request.user,
    ):  # fmt: skip
        return redirect(party.conversation)
    return render(request, "conversations/conversation.html", _page(request, party, form))


def _page(request: PersonRequest, party: Party, form: MessageForm) -> dict[str, object]:
    """The latest messages, or those before the one named."""
    found = party.conversation
    before = request.GET.get("avant", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else None
    rows = found.messages.select_related("author__person", "conversation__space__initiative")
    rows = rows.filter(pk__lt=number) if number else rows
    latest = list(rows.order_by("-pk")[: SHOWN + 1])
    return {
        "conversation": found,
        "space": found.space,
        "party": party,
        "others": found.parties.exclude(pk=party.pk).select_related("person"),
        "messages_written": latest[:SHOWN][::-1],
        "older": latest[SHOWN - 1].pk if len(latest) > SHOWN else None,
        "silenced": is_silenced(found),
        "unread": any(_is_new(one, party) for one in latest),
        "form": form,
    }


def _is_new(message: Message, party: Party) -> bool:
    is_other = message.author_id != party.pk
    return is_other and (party.read_at is None or message.sent_at > party.read_at)


@require_POST
def read(request: PersonRequest, key: str) -> HttpResponse:
    """Say that one has read it."""
    party = _voice(request, key)
    acts.read(party=party)
    return redirect(party.conversation)


@require_POST
def close(request: PersonRequest, key: str) -> HttpResponse:
    """End the conversation; both read it again, nobody writes."""
    party = _voice(request, key)
    because = _("Fermée par %(name)s.") % {"name": party.name}
    said = _("La conversation est fermée.")
    done(
        request, acts.close, said,
        conversation=party.conversation, because=because, by=request.user,
    )  # fmt: skip
    return redirect(party.conversation)


@require_POST
def block(request: PersonRequest, key: str, pk: int) -> HttpResponse:
    """Hear no more of someone there."""
    party = _voice(request, key)
    other = get_object_or_404(party.conversation.parties.exclude(pk=party.pk), pk=pk)
    said = _("C’est fait : cette personne ne peut plus vous écrire. Elle n’en est pas prévenue.")
    done(request, acts.block, said, person=party.person, other=other.person, by=request.user)
    return redirect(party.conversation)


@require_POST
def unblock(request: PersonRequest, pk: int) -> HttpResponse:
    """Hear of them again."""
    blocking = get_object_or_404(Blocking, pk=pk, person=request.user)
    said = _("Cette personne peut vous écrire de nouveau.")
    done(request, acts.unblock, said, blocking=blocking, by=request.user)
    return redirect("conversations:mine")


def _voice(request: PersonRequest, key: str) -> Party:
    """As whom they take part in the conversation of the address; to others, there is none."""
    rows = Conversation.objects.select_related("space__initiative__commune")
    party = voice_of(request.user, found := get_object_or_404(rows, key=key))
    if party is None:
        raise Http404
    party.conversation = found
    return party

"""Writing to everyone: the list of texts, one text, whom it reached."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import table
from traboule.ui.throttle import throttled

from ..actions import listing, sending, writing
from ..delivery import forecast, sms_of, tallies
from ..forms.mailing import LetterForm, MailingForm, words_of
from ..models import Letter, Mailing, State, Subscription
from ..tasks import go_on_after_commit
from ..texts import suggested, weight
from .fetching import own_mailing, written_space

SHOWN = 30
A_PAGE = 50


@never_cache
@require_safe
def mailings(request: PersonRequest, slug: str) -> HttpResponse:
    """What was written to everyone, and the way to write more."""
    space = written_space(request, slug)
    before = request.GET.get("avant", "")
    texts = space.mailings.for_listing()
    if before.isdecimal() and len(before) < 19:
        texts = texts.filter(pk__lt=int(before))
    rows = list(texts.order_by("-pk")[: SHOWN + 1])
    context = {
        "space": space,
        "letter": Letter.of(space),
        "mailings": rows[:SHOWN],
        "next": f"?avant={rows[SHOWN - 1].pk}" if len(rows) > SHOWN else "",
        "subscribers": Subscription.objects.standing().filter(space=space).count(),
    }
    return render(request, "mailings/mailings.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PersonRequest, slug: str) -> HttpResponse:
    """Write a text."""
    space = written_space(request, slug)
    form = MailingForm(request.POST or None, space=space)
    if form.is_valid() and done(
        request, made := _Kept(writing.write), space=space, by=request.user, **form.said
    ):
        return redirect(made.result)
    context = {"space": space, "mailing": None, "form": form}
    return render(request, "mailings/write.html", context | _preview(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Write it otherwise."""
    mailing = own_mailing(request, slug, pk)
    form = MailingForm(request.POST or None, space=mailing.space, instance=mailing)
    if form.is_valid() and done(
        request, writing.change, _("C’est enregistré."), mailing=mailing, by=request.user,
        **form.said,
    ):  # fmt: skip
        return redirect(mailing)
    context = {"space": mailing.space, "mailing": mailing, "form": form}
    return render(request, "mailings/write.html", context | _preview(form))


class _Kept:
    """An act that remembers what it gave."""

    def __init__(self, act: Callable[..., Any]) -> None:
        self.act = act

    def __call__(self, **what: Any) -> None:
        self.result = self.act(**what)


def _preview(form: MailingForm) -> dict[str, Any]:
    """The SMS as the form stands, and what it costs."""
    value = form["short_text"].value() or suggested(
        str(form["subject"].value() or ""), str(form["text"].value() or "")
    )
    told = {
        "short_text": str(value),
        "nature": form["nature"].value(),
        "is_public": form["is_public"].value(),
    }
    words = words_of(told)
    count = weight(words)
    return {"sms": words, "sms_count": count, "sms_cost": count * settings.SMS_PRICE_CENTS / 100}


@throttled(rate="120/m")
@require_POST
def sms_preview(request: PersonRequest, slug: str) -> HttpResponse:
    """The SMS as it is being written, and how many it takes; nothing is kept."""
    form = MailingForm(request.POST, space=written_space(request, slug))
    return render(request, "mailings/_sms.html", _preview(form))


@never_cache
@require_safe
def mailing(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One text on every way it goes, how far it is, whom it reached."""
    text = own_mailing(request, slug, pk)
    words = sms_of(text)
    names = {one.key: one.label for one in audiences.of(text.space)}
    context: dict[str, Any] = {
        "space": text.space,
        "mailing": text,
        "letter": Letter.of(text.space),
        "groups": [names.get(key, _("un groupe qui n’existe plus")) for key in text.audience_keys],
        "sms": words,
        "sms_count": weight(words),
        "sms_cost": weight(words) * settings.SMS_PRICE_CENTS / 100,
        "shared": f"{text.short_text}\n{settings.SITE_URL}/l/{text.code}/",
        "progress": text.progress(),
    }
    if text.state == State.READY and text.listed_at:
        context["forecast"] = forecast(text)
    if text.started_at:
        context["tallies"] = tallies(text)
        context["lost"] = text.recipients.not_reached().count()
    return render(request, "mailings/mailing.html", context)


def _prepare(*, mailing: Mailing, by: Any) -> None:
    if listing.prepare(mailing=mailing, by=by):
        go_on_after_commit(mailing.pk)


def _send(*, mailing: Mailing, by: Any) -> None:
    sending.send(mailing=mailing, by=by)
    go_on_after_commit(mailing.pk)


def _resume(*, mailing: Mailing, by: Any) -> None:
    sending.resume(mailing=mailing, by=by)
    go_on_after_commit(mailing.pk)


def _show(*, mailing: Mailing, by: Any) -> None:
    writing.show_in_archive(mailing=mailing, shown=True, by=by)


def _hide(*, mailing: Mailing, by: Any) -> None:
    writing.show_in_archive(mailing=mailing, shown=False, by=by)


ACTS: dict[str, tuple[Callable[..., None], Any]] = {
    "prepare": (_prepare, gettext_lazy("La liste est faite. Rien n’est encore parti.")),
    "back": (listing.back_to_draft, gettext_lazy("C’est de nouveau un brouillon.")),
    "send": (_send, gettext_lazy("C’est parti.")),
    "stop": (sending.stop, gettext_lazy("C’est arrêté : plus rien ne part.")),
    "resume": (_resume, gettext_lazy("L’envoi reprend. Personne ne le recevra deux fois.")),
    "throw-away": (writing.throw_away, gettext_lazy("Le brouillon est supprimé.")),
    "show": (_show, gettext_lazy("Tout le monde peut la lire sur le site.")),
    "hide": (_hide, gettext_lazy("Elle n’est plus sur le site.")),
}
"""What the buttons of a text do, and what is said then."""


@require_POST
def act(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Do what the button says with a text."""
    text = own_mailing(request, slug, pk)
    named = request.POST.get("act", "")
    if named not in ACTS:
        return HttpResponseBadRequest("unknown act")
    do, said = ACTS[named]
    removed = done(request, do, said, mailing=text, by=request.user) and named == "throw-away"
    return redirect("mailings:mailings", slug) if removed else redirect(text)


@never_cache
@require_safe
def recipients(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Whom it went to, one by one: how each was told; only those it did not reach, if asked."""
    text = own_mailing(request, slug, pk)
    only_lost, after = "pas-jointes" in request.GET, request.GET.get("apres", "")
    people = text.recipients.not_reached() if only_lost else text.recipients.all()
    if after.isdecimal() and len(after) < 19:
        people = people.filter(pk__gt=int(after))
    rows = list(people.for_listing()[: A_PAGE + 1])
    kept = "pas-jointes=1&" if only_lost else ""
    context = {
        "space": text.space,
        "mailing": text,
        "rows": rows[:A_PAGE],
        "only_lost": only_lost,
        "tallies": tallies(text),
        "next": f"?{kept}apres={rows[A_PAGE - 1].pk}" if len(rows) > A_PAGE else "",
    }
    return render(request, "mailings/recipients.html", context)


@require_safe
def recipients_csv(request: PersonRequest, slug: str, pk: int) -> HttpResponseBase:
    """The same as a table."""
    text = own_mailing(request, slug, pk)
    return table(_rows(text), "envoi", text.subject)


def _rows(text: Mailing) -> Iterator[list[str]]:
    yield [_("Nom"), _("État"), _("Comment"), _("Le"), _("Raison")]
    for one in text.recipients.for_listing().iterator(chunk_size=500):
        notice = one.notice
        yield [
            one.person.name,
            one.get_state_display(),
            notice.told_how if notice else "",
            f"{notice.created_at:%Y-%m-%d}" if notice else "",
            notice.reason if notice else "",
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name_letter(request: PersonRequest, slug: str) -> HttpResponse:
    """What the letter is called, and who gets the answers."""
    space = written_space(request, slug)
    form = LetterForm(request.POST or None, instance=Letter.of(space))
    if form.is_valid() and done(
        request, writing.name_letter, _("C’est enregistré."), space=space, by=request.user,
        name=form.cleaned_data["name"], reply_to=form.cleaned_data["reply_to"],
    ):  # fmt: skip
        return redirect("mailings:mailings", slug)
    return render(request, "mailings/name_letter.html", {"space": space, "form": form})

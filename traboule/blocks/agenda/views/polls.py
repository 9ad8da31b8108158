"""Date polls: asked in a space, answered by anyone who has the address."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.rules import can_facilitate
from traboule.ui.throttle import throttled

from ..actions import polls
from ..forms.poll import AnswerForm, PollForm, ProposedDatesFormSet
from ..messages import ask_dates
from ..models import DatePoll, PollAnswer, Via
from ..printing import documents
from .feeds import pdf
from .finding import facilitated_space

KEY = "agenda.polls"


@require_http_methods(["GET", "HEAD", "POST"])
def new_poll(request: PersonRequest, slug: str) -> HttpResponse:
    """Propose dates; « more lines » keeps what was typed."""
    space = facilitated_space(request, slug)
    form = PollForm(request.POST or None)
    lines = ProposedDatesFormSet(_with_more_lines(request), prefix="dates")
    is_sent = request.method == "POST" and "more" not in request.POST
    if is_sent and form.is_valid() and lines.is_valid():
        dates = [line.moment for line in lines if line.moment]
        try:
            poll = polls.create_poll(space=space, dates=dates, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            return redirect("agenda:poll-results", poll.code)
    return render(request, "agenda/poll_new.html", {"space": space, "form": form, "lines": lines})


@login_not_required
@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, code: str) -> HttpResponse:
    """Answer, or change one's answer; no account is asked for."""
    found = _poll(code)
    mine = _mine(request, found)
    dates = list(found.dates.order_by("starts_at", "pk"))
    form = AnswerForm(request.POST or None, dates=dates, given=mine, initial=_known(request))
    if request.method == "POST" and form.is_valid():
        try:
            given = polls.answer(
                poll=found,
                name=form.cleaned_data["name"],
                votes=form.votes,
                person=request.user if request.user.is_authenticated else None,
                key=mine.key if mine else "",
            )
        except Refused as refused:
            form.add_error(None, refused)
        else:
            request.session[KEY] = {**request.session.get(KEY, {}), found.code: given.key}
            messages.success(request, _("Merci, c’est noté. Vous pouvez changer votre réponse."))
            return redirect("agenda:poll", found.code)
    context = {"poll": found, "form": form, "mine": mine, "tally": polls.tally(found)}
    return render(
        request,
        "agenda/poll.html",
        context | {"space": found.space, "can_hold": can_facilitate(request.user, found.space)},
    )


@require_safe
def poll_results(request: PersonRequest, code: str) -> HttpResponse:
    """Who answered what, for those who asked; with the ways to have others answer."""
    found = _held_poll(request, code)
    answers = found.answers.prefetch_related("votes").order_by("pk")
    order = {date.pk: rank for rank, date in enumerate(found.dates.order_by("starts_at", "pk"))}
    rows = [
        {
            "answer": answer,
            "votes": sorted(answer.votes.all(), key=lambda vote: order[vote.date_id]),
        }
        for answer in answers
    ]
    context = {"poll": found, "space": found.space, "tally": polls.tally(found), "rows": rows}
    return render(
        request, "agenda/poll_results.html", context | {"sms_number": settings.SMS_NUMBER}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def type_answer(request: PersonRequest, code: str) -> HttpResponse:
    """Type in what someone said on the phone or ticked on paper; the next one follows."""
    found = _held_poll(request, code)
    dates = list(found.dates.order_by("starts_at", "pk"))
    form = AnswerForm(request.POST or None, dates=dates, given=None)
    form.fields["name"].label = _("Prénom de la personne")
    if form.is_valid():
        via = Via.PHONE if request.POST.get("via") == Via.PHONE else Via.PAPER
        try:
            polls.answer(
                poll=found, name=form.cleaned_data["name"], votes=form.votes, via=via,
                by=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(
                request, _("Réponse de %(name)s notée.") % {"name": form.cleaned_data["name"]}
            )
            return redirect("agenda:poll-type", found.code)
    return render(
        request, "agenda/poll_type.html", {"poll": found, "form": form, "space": found.space}
    )


@require_POST
def choose_date(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """The chosen date becomes the event."""
    found = _held_poll(request, code)
    date = get_object_or_404(found.dates, pk=pk)
    event = polls.choose(poll=found, date=date, by=request.user)
    messages.success(
        request, _("La date est choisie. Celles et ceux qui ont répondu sont invités.")
    )
    return redirect(event)


@require_POST
def send_poll(request: PersonRequest, code: str) -> HttpResponse:
    """Ask the members of the space, each on their channel."""
    found = _held_poll(request, code)
    count = ask_dates(found, by=request.user)
    messages.success(request, _("Question envoyée à %(count)s personnes.") % {"count": count})
    return redirect("agenda:poll-results", found.code)


@require_safe
def poll_grid(request: PersonRequest, code: str) -> HttpResponse:
    """The grid to fill in with a pen."""
    found = _held_poll(request, code)
    return pdf(documents.poll_grid(found), _("sondage"), found.title)


def _poll(code: str) -> DatePoll:
    polls_ = DatePoll.objects.select_related(
        "space__initiative__commune", "event__space__initiative"
    )
    return get_object_or_404(polls_, code=code.upper())


def _held_poll(request: HttpRequest, code: str) -> DatePoll:
    found = _poll(code)
    if not can_facilitate(request.user, found.space):
        raise PermissionDenied
    return found


def _mine(request: HttpRequest, found: DatePoll) -> PollAnswer | None:
    """The answer that this browser, or this person, gave before."""
    if key := request.session.get(KEY, {}).get(found.code):
        return found.answers.filter(key=key).first()
    if request.user.is_authenticated:
        return found.answers.filter(person=request.user).first()
    return None


def _known(request: HttpRequest) -> dict[str, str]:
    return {"name": request.user.name} if request.user.is_authenticated else {}


def _with_more_lines(request: HttpRequest) -> dict[str, str] | None:
    """What was typed, with room for four more dates when that is asked."""
    if request.method != "POST":
        return None
    typed = request.POST.dict()
    if "more" in typed:
        count = typed.get("dates-TOTAL_FORMS", "4")
        typed["dates-TOTAL_FORMS"] = str(min(int(count) + 4 if count.isdecimal() else 8, 20))
    return typed

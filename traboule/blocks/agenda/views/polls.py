"""Date polls: asked in a space, answered by anyone who has the address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.rules import can_facilitate
from traboule.ui.throttle import throttled

from ..actions import polls
from ..forms.poll import PollForm, ProposedDatesFormSet, StrangerAnswerForm, typed_lines
from ..models import DatePoll, PollAnswer
from ..rules import can_see
from .finding import facilitated_space, reads

KEY = "agenda.polls"


@require_http_methods(["GET", "HEAD", "POST"])
def new_poll(request: PersonRequest, slug: str) -> HttpResponse:
    """Propose dates; « more lines » keeps what was typed."""
    space = facilitated_space(request, slug)
    if "more" in request.POST:
        typed = request.POST.dict()
        form = PollForm(initial=typed)
        lines = ProposedDatesFormSet(initial=typed_lines(typed), prefix="dates")
    else:
        form = PollForm(request.POST or None)
        lines = ProposedDatesFormSet(request.POST or None, prefix="dates")
        if form.is_valid() and lines.is_valid():
            dates = [line.moment for line in lines if line.moment]
            try:
                poll = polls.create_poll(
                    space=space, dates=dates, by=request.user, **form.cleaned_data
                )
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
    found = poll_of(code)
    mine = _mine(request, found)
    dates = list(found.dates.order_by("starts_at", "pk"))
    form = StrangerAnswerForm(
        request.POST or None, dates=dates, given=mine, initial=_known(request)
    )
    if form.is_valid() and _answered(request, found, form, mine):
        return redirect(found)
    context = {
        "poll": found,
        "space": found.space,
        "form": form,
        "mine": mine,
        "for_another": _is_for_another(request),
        "tally": polls.tally(found),
        "can_hold": can_facilitate(request.user, found.space),
        "reads_space": found.space.initiative.published_at or reads(request, found.space),
        "sees_event": found.event is not None and can_see(request.user, found.event),
    }
    return render(request, "agenda/poll.html", context)


def _answered(
    request: HttpRequest, found: DatePoll, form: StrangerAnswerForm, mine: PollAnswer | None
) -> bool:
    """Take the answer, which this browser may change later; the form says why it is refused."""
    try:
        given = polls.answer(
            poll=found,
            name=form.cleaned_data["name"],
            votes=form.votes,
            person=_oneself(request),
            key=mine.key if mine else "",
        )
    except Refused as refused:
        form.add_error(None, refused)
        return False
    if not _is_for_another(request):
        request.session[KEY] = {**request.session.get(KEY, {}), found.code: given.key}
    messages.success(request, _("Merci %(name)s, c’est noté.") % {"name": given.name})
    return True


def _mine(request: HttpRequest, found: DatePoll) -> PollAnswer | None:
    """The answer that this person gave before, or else this browser, for nobody we know."""
    if _is_for_another(request):
        return None
    if (person := _oneself(request)) and (own := found.answers.filter(person=person).first()):
        return own
    key = request.session.get(KEY, {}).get(found.code, "")
    return found.answers.filter(key=key, person__isnull=True).first()


def _known(request: HttpRequest) -> dict[str, str]:
    person = _oneself(request)
    return {"name": person.name} if person else {}


def _oneself(request: HttpRequest) -> Person | None:
    """Who answers, when they signed in and answer for themselves."""
    if isinstance(request.user, Person) and not _is_for_another(request):
        return request.user
    return None


def _is_for_another(request: HttpRequest) -> bool:
    """Whether somebody else answers on the same device."""
    return "autre" in request.GET


def poll_of(code: str) -> DatePoll:
    """The poll that has this code, with everything its pages name."""
    found = DatePoll.objects.select_related(
        "space__initiative__commune", "event__space__initiative"
    )
    return get_object_or_404(found, code=code.upper())

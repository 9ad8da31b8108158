"""Coming, not coming any more, following a series; who comes, and inviting."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest, is_signed_in
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from .. import planning
from ..actions import for_others, signups
from ..answers import said
from ..attendance import Reach, cost_of_telling, held_by, household, reaches_of
from ..forms.signup import ComeForm, InviteForm, NotComingForm
from ..invitations import group_of, not_asked_yet, words
from ..models import Enrolment, Event, Series, Signup
from ..rules import can_hold, can_sign_up
from .finding import held_event, seen


@login_not_required
@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def come(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say who comes, and with how many; visitors first choose how to say who they are."""
    event = seen(request, slug, pk)
    if not is_signed_in(request):
        return _doors(request, event)
    form = _come_form(request, event)
    if form.is_valid() and _sign_up(request, event, form):
        return redirect(event)
    context = {"event": event, "space": event.space, "form": form}
    return render(request, "agenda/come.html", context)


def _doors(request: HttpRequest, event: Event) -> HttpResponse:
    """The ways in for someone who has not said who they are."""
    context = {"event": event, "space": event.space, "back": request.path}
    return render(request, "agenda/come_doors.html", context)


def _come_form(request: PersonRequest, event: Event) -> ComeForm:
    """Whoever holds a seat already finds what they had said."""
    people = household(request.user)
    # What is sent says it all; the fewer questions, the sooner two hundred are served.
    held = [] if request.method == "POST" else held_by(people, event)
    coming = {one.person_id for one in held}
    mine = next((one for one in held if one.person_id == request.user.pk), None)
    initial = {
        "who": [str(one.pk) for one in people if one.pk in coming],
        "extra": mine.extra if mine else 0,
        "note": mine.note if mine else "",
    }
    if not coming:
        initial["who"] = [str(request.user.pk)]
    return ComeForm(
        request.POST or None, people=people, me=request.user,
        alone=event.parent_id is not None, initial=initial,
    )  # fmt: skip


def _sign_up(request: PersonRequest, event: Event, form: ComeForm) -> bool:
    """Sign up everyone chosen, or nobody; companions come with the first."""
    made: list[Signup] = []
    try:
        with transaction.atomic():
            for rank, person in enumerate(form.chosen):
                if not can_sign_up(request.user, person, event):
                    raise PermissionDenied
                extra = 0 if rank else form.cleaned_data.get("extra", 0)
                note = form.cleaned_data["note"]
                made.append(
                    signups.sign_up(
                        event=event, person=person, by=request.user, extra=extra, note=note
                    )
                )
    except Refused as refused:
        form.add_error(None, refused)
        return False
    for signup in made:
        going = signup.state == Signup.State.GOING
        (messages.success if going else messages.warning)(request, said(signup))
    return True


@throttled(rate="30/m")
@require_POST
def give_back(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Give a seat back in one tap; why is for those who wish to say."""
    event = seen(request, slug, pk)
    form = NotComingForm(request.POST)
    if form.is_valid():
        held = Signup.objects.select_related("person", "event__space__initiative")
        signup = get_object_or_404(held, pk=form.cleaned_data["signup"])
        if event.pk not in (signup.event_id, signup.event.parent_id):
            raise PermissionDenied
        if not can_sign_up(request.user, signup.person, event):
            raise PermissionDenied
        signups.cancel(signup=signup, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _not_coming(signup, request.user))
    back_to_list = can_hold(request.user, event) and "from_list" in request.POST
    return redirect("agenda:signups" if back_to_list else "agenda:event", slug, event.pk)


def _not_coming(signup: Signup, by: Person) -> str:
    if signup.person_id == by.pk:
        return _("C’est noté : vous ne venez pas. Merci de l’avoir dit.")
    return _("C’est noté : %(name)s ne vient pas.") % {"name": signup.person}


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: PersonRequest, slug: str, series: int) -> HttpResponse:
    """Follow every session of a series, oneself or one's children; all its dates are shown."""
    found, first = _series(request, slug, series)
    people = household(request.user)
    form = ComeForm(
        request.POST or None, people=people, me=request.user, alone=True,
        initial={"who": [str(one.pk) for one in people[1:] or people]},
    )  # fmt: skip
    if form.is_valid() and _enrol(request, found, first, form):
        return redirect(first)
    sessions = list(found.events.announced().upcoming())
    context = {
        "series": found,
        "event": first,
        "space": found.space,
        "form": form,
        "sessions": sessions,
        "skipped": _skipped(found),
    }
    return render(request, "agenda/enrol.html", context)


def _enrol(request: PersonRequest, series: Series, event: Event, form: ComeForm) -> bool:
    """Enrol everyone chosen, or nobody."""
    made: list[Enrolment] = []
    try:
        with transaction.atomic():
            for person in form.chosen:
                if not can_sign_up(request.user, person, event):
                    raise PermissionDenied
                made.append(signups.enrol(series=series, person=person, by=request.user))
    except Refused as refused:
        form.add_error(None, refused)
        return False
    for enrolment in made:
        names = {"name": enrolment.person, "title": series.title}
        if enrolment.state == Enrolment.State.GOING:
            done = _("C’est noté : %(name)s vient à toutes les séances de « %(title)s ».")
            messages.success(request, done % names)
        else:
            waits = _("C’est complet : %(name)s est sur la liste d’attente de « %(title)s ».")
            messages.warning(request, waits % names)
    return True


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def leave_series(request: PersonRequest, slug: str, series: int) -> HttpResponse:
    """Ask whether to stop following a series, and do it."""
    found, first = _series(request, slug, series)
    key = request.POST.get("enrolment") or request.GET.get("enrolment", "")
    theirs = found.enrolments.exclude(state=Enrolment.State.CANCELLED).select_related("person")
    enrolment = get_object_or_404(theirs, pk=key if key.isdecimal() else 0)
    if not can_sign_up(request.user, enrolment.person, first):
        raise PermissionDenied
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:200]
        signups.leave_series(enrolment=enrolment, by=request.user, reason=reason)
        messages.success(
            request, _("C’est noté : %(name)s ne vient plus.") % {"name": enrolment.person}
        )
        return redirect(first)
    context = {"series": found, "event": first, "space": found.space, "enrolment": enrolment}
    return render(request, "agenda/leave_series.html", context)


def _series(request: HttpRequest, slug: str, key: int) -> tuple[Series, Event]:
    """A series that one follows whole, and its next session, for whoever may read it."""
    series = get_object_or_404(
        Series.objects.select_related("space__initiative__commune"),
        pk=key,
        space__initiative__slug=slug,
        is_whole=True,
    )
    sessions = series.events.announced()
    first = sessions.upcoming().first() or sessions.order_by("-starts_at", "-pk").first()
    return series, seen(request, slug, first.pk if first else 0)


def _skipped(series: Series) -> list[object]:
    """The days off that the series leaves out, with their names."""
    found = planning.plan(
        series.dates,
        series.space.department_code,
        public=series.skips_public_holidays,
        school=series.skips_school_holidays,
    )
    return list(found.skipped)


@never_cache
@require_safe
def who_comes(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Who comes and who waits, and how each is reached; for those who hold the event."""
    event = held_event(request.user, slug, pk)
    events = [event, *event.slots.order_by("starts_at", "pk")] if event.is_slotted else [event]
    rows = list(Signup.objects.filter(event__in=events).for_list().select_related("event"))
    reaches = reaches_of(row.person for row in rows)
    lines = [(row, reaches[row.person_id]) for row in rows]
    context = {
        "event": event,
        "space": event.space,
        "going": _in_state(lines, Signup.State.GOING),
        "waiting": _in_state(lines, Signup.State.WAITING),
        "cancelled": _in_state(lines, Signup.State.CANCELLED),
        "expected": sum(row.seats for row in rows if row.state == Signup.State.GOING),
        "unreachable": sum(
            not (reach.surely or event.is_over)
            for row, reach in lines
            if row.state != Signup.State.CANCELLED
        ),
    }
    return render(request, "agenda/signup_list.html", context)


def _in_state(lines: list[tuple[Signup, Reach]], state: str) -> list[tuple[Signup, Reach]]:
    chosen = [line for line in lines if line[0].state == state]
    return sorted(chosen, key=lambda line: (line[0].event.starts_at, line[0].asked_at))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ask people of the space whether they come: whom, then what it costs, then it leaves."""
    event = held_event(request.user, slug, pk)
    group = group_of(event, request.POST.get("groupe") or request.GET.get("groupe", ""))
    people = not_asked_yet(event, group)
    form = InviteForm(request.POST or None, people=people)
    chosen = form.chosen if form.is_valid() else []
    if chosen and "send" in request.POST:
        said_done = _("Les invitations partent. Les réponses arrivent ici.")
        if done(request, for_others.invite, said_done, event=event, people=chosen, by=request.user):
            return redirect("agenda:signups", slug, event.pk)
    context = {
        "event": event,
        "space": event.space,
        "people": people,
        "group": group,
        "groups": audiences.of(event.space),
        "form": form,
        "chosen": chosen,
        "forecast": cost_of_telling(chosen, event, words(event)) if chosen else None,
    }
    return render(request, "agenda/invite.html", context)

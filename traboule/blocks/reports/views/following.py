"""Having news of a problem, saying that it is still broken; with an account, or with a code."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.files.access import may_open
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import reporting as acts
from ..forms import ReachForm, ReopenForm
from ..models import Report
from ..rules import can_reopen
from .finding import own_report, seen_report


@require_POST
def follow(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Have news of it; « je l’ai vu aussi » counts one more."""
    report = seen_report(request, slug, number)
    act = acts.say_it_is_the_same if "seen" in request.POST else acts.follow
    done(request, act, _("Vous saurez ce qu’il devient."), report=report, by=request.user)
    return redirect(report)


@require_POST
def stop(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Have no more news of it."""
    report = seen_report(request, slug, number)
    said = _("Vous n’aurez plus de nouvelles de ce problème.")
    done(request, acts.stop_following, said, report=report, by=request.user)
    return redirect(report)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Say that it is still broken."""
    report = seen_report(request, slug, number)
    if not can_reopen(request.user, report):
        raise PermissionDenied
    form = ReopenForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _reopened(request, report, form, by=request.user):
        return redirect(report)
    context = {"space": report.space, "report": report, "form": form, "back": report}
    return render(request, "reports/reopen.html", context)


@login_not_required
@never_cache
@throttled(rate="30/m")
@require_safe
def own(request: HttpRequest, code: str) -> HttpResponse:
    """One's own report, by the code that one was given; whoever has it needs no account."""
    return _own(request, own_report(code), ReachForm())


@login_not_required
@never_cache
@throttled(rate="12/m")
@require_http_methods(["GET", "HEAD", "POST"])
def own_reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it is still broken, by one's code."""
    report = own_report(code)
    form = ReopenForm(request.POST or None, request.FILES or None)
    by = request.user if isinstance(request.user, Person) else None
    if form.is_valid() and _reopened(request, report, form, by=by):
        return redirect("reports:own", report.code)
    context = {"space": report.space, "report": report, "form": form, "back": None}
    return render(request, "reports/reopen.html", context)


@login_not_required
@never_cache
@throttled(rate="12/m")
@require_http_methods(["GET", "HEAD", "POST"])
def own_reach(request: HttpRequest, code: str) -> HttpResponse:
    """Leave a number to be called back on."""
    report = own_report(code)
    form = ReachForm(request.POST or None)
    if form.is_valid() and done(
        request, acts.follow, _("C’est noté : l’équipe vous rappellera."),
        report=report, by=None, reach=form.cleaned_data["reach"],
    ):  # fmt: skip
        return redirect("reports:own", report.code)
    return _own(request, report, form)


def _own(request: HttpRequest, report: Report, form: ReachForm) -> HttpResponse:
    # Until the team has looked, a photo opens for no stranger, not even for who sent it.
    files = [photo.file for photo in report.photos.all()]
    withheld = any(file.is_shown and not may_open(request, file) for file in files)
    context = {"report": report, "space": report.space, "form": form, "withheld": withheld}
    return render(request, "reports/own.html", context)


def _reopened(request: HttpRequest, report: object, form: ReopenForm, *, by: Person | None) -> bool:
    said = _("C’est noté : l’équipe va s’en occuper de nouveau.")
    return done(request, acts.reopen, said, report=report, by=by, **form.cleaned_data)

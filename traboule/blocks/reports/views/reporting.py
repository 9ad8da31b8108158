"""Reporting a problem, by anyone; what may be the same is shown first, and never blocks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.ui.throttle import throttled

from ..actions import reporting as acts
from ..forms import ReportForm
from ..likeness import alike
from ..models import Report
from ..plans import plan_of
from ..rules import can_see_to
from .finding import visited_space

SAME = "reports.same"
"""In the session: the problems that this browser said it saw too, so that one counts once."""


@login_not_required
@never_cache
@throttled(rate="12/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, then what may be the same problem, then it is sent."""
    space = visited_space(request, slug)
    form = _form(request, space)
    context: dict[str, Any] = {"space": space, "form": form, "plan": plan_of(space, form)}
    if form.is_valid():
        if (same := _same(request, space)) and _joined(request, form, same):
            return redirect(same)
        likely = [] if "sure" in request.POST else alike(space, form.told)
        if likely:
            return render(request, "reports/new.html", context | {"likely": likely})
        if sent := _send(request, space, form):
            return redirect("reports:own", sent.code)
    return render(request, "reports/new.html", context)


def _form(request: HttpRequest, space: Space) -> ReportForm:
    return ReportForm(
        request.POST or None,
        request.FILES or None,
        space=space,
        known=request.user.is_authenticated,
        facilitates=can_see_to(request.user, space),
    )


def _same(request: HttpRequest, space: Space) -> Report | None:
    """The problem that they say is theirs too, if it is one that they see."""
    asked = request.POST.get("same", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 9 else 0
    report = space.reports.open().shown().filter(number=number).first()
    if report:
        report.space = space
    return report


def _joined(request: HttpRequest, form: ReportForm, same: Report) -> bool:
    """Count one more who saw it; the same browser once. When refused, the form says why."""
    counted: list[int] = request.session.get(SAME, [])
    by = _by(request)
    who = form.cleaned_data.get("person") or by
    reach = form.cleaned_data.get("reach", "")
    try:
        if who or reach or same.pk not in counted:
            acts.say_it_is_the_same(report=same, by=who, reach=reach)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    request.session[SAME] = [*counted, same.pk][-50:]
    messages.success(request, _("C’est noté. Merci : on sait mieux ce qui gêne le plus."))
    return True


def _send(request: HttpRequest, space: Space, form: ReportForm) -> Report | None:
    try:
        return acts.report(space=space, by=_by(request), **form.given())
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


def _by(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None

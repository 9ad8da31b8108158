"""The words of a space: stages, needs, pace, models of messages and of plans."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done

from ..actions import settling as acts
from ..forms.settling import PlanForm, SettingsForm, initial_of, initial_of_plan
from ..forms.writing import TemplateForm
from ..models import MessageTemplate, Plan
from .finding import facilitated


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: PersonRequest, slug: str) -> HttpResponse:
    """Stages, needs and pace; and the way to the models."""
    space = facilitated(request, slug)
    form = SettingsForm(request.POST or None, initial=initial_of(space))
    if form.is_valid() and done(
        request, acts.change_words, _("C’est enregistré."), space=space, by=request.user,
        **form.cleaned_data,
    ):  # fmt: skip
        return redirect("outreach:settings", slug)
    context = {
        "space": space,
        "form": form,
        "templates": space.outreach_templates.all(),
        "plans": space.followup_plans.prefetch_related("steps"),
    }
    return render(request, "outreach/settings.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: PersonRequest, slug: str, pk: int = 0) -> HttpResponse:
    """One model of message, new or known."""
    space = facilitated(request, slug)
    found = get_object_or_404(MessageTemplate, pk=pk, space=space) if pk else _blank(space)
    if pk and "remove" in request.POST:
        done(request, acts.remove_template, _("Le modèle est supprimé."), template=found,
             by=request.user)  # fmt: skip
        return redirect("outreach:settings", slug)
    initial = {"title": found.title, "subject": found.subject, "text": found.text}
    form = TemplateForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            acts.save_template(template=form.write_into(found), by=request.user)
        except Refused as refused:
            form.add_error("title", refused)
        else:
            return redirect("outreach:settings", slug)
    context = {"space": space, "form": form, "known": bool(pk), "title": _("Modèle de message")}
    return render(request, "outreach/model_form.html", context)


def _blank(space: Space) -> MessageTemplate:
    return MessageTemplate(space=space)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PersonRequest, slug: str, pk: int = 0) -> HttpResponse:
    """One plan, new or known."""
    space = facilitated(request, slug)
    found = get_object_or_404(Plan, pk=pk, space=space) if pk else Plan(space=space)
    if pk and "remove" in request.POST:
        done(request, acts.remove_plan, _("Le plan est supprimé."), plan=found, by=request.user)
        return redirect("outreach:settings", slug)
    form = PlanForm(request.POST or None, initial=initial_of_plan(found) if pk else {})
    if form.is_valid():
        found.title = form.cleaned_data["title"]
        try:
            acts.save_plan(plan=found, steps=form.cleaned_data["steps"], by=request.user)
        except Refused as refused:
            form.add_error("title", refused)
        else:
            return redirect("outreach:settings", slug)
    context = {"space": space, "form": form, "known": bool(pk), "title": _("Plan de suivi")}
    return render(request, "outreach/model_form.html", context)

"""Offering one's hands."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.ui.throttle import throttled

from ..actions import workers
from ..forms.asking import HandsForm
from ..models import Worker
from .asking import member_space


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def hands(request: PersonRequest, slug: str) -> HttpResponse:
    """Say what one knows to do, and how far one goes."""
    space = member_space(request, slug)
    worker = Worker.objects.filter(space=space, person=request.user).first()
    form = HandsForm(request.POST or None, space=space, initial=_known(space, worker))
    if form.is_valid():
        given = dict(form.cleaned_data, point=form.point())
        given.pop("neighbourhood", None)
        try:
            workers.offer_hands(space=space, person=request.user, by=request.user, **given)
        except Refused as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("C’est noté. Nous vous prévenons des demandes proches."))
            return redirect("services:requests", slug)
    return render(request, "services/hands.html", {"space": space, "form": form, "worker": worker})


def _known(space: Space, worker: Worker | None) -> dict[str, Any]:
    if worker is None:
        return {"commune": str(space.initiative.commune)}
    names = HandsForm.base_fields.keys() - {"neighbourhood", "commune"}
    return {name: getattr(worker, name) for name in names} | {"commune": str(worker.commune)}


@throttled(rate="30/m")
@require_POST
def renew(request: PersonRequest, slug: str) -> HttpResponse:
    """Still looking, in one tap."""
    worker = get_object_or_404(Worker, space=member_space(request, slug), person=request.user)
    workers.renew(worker=worker, by=request.user)
    messages.success(request, _("Vous restez dans la liste deux mois de plus."))
    return redirect("services:requests", slug)


@throttled(rate="30/m")
@require_POST
def leave(request: PersonRequest, slug: str) -> HttpResponse:
    """Be shown no more."""
    worker = get_object_or_404(Worker, space=member_space(request, slug), person=request.user)
    workers.leave(worker=worker, by=request.user)
    messages.success(request, _("Vous n’êtes plus dans la liste."))
    return redirect("services:home", slug)

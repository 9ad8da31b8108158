"""Whom to call: naming them, correcting, ending it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.requests import PersonRequest

from .. import referents as acts
from .. import rules
from ..forms.referent import ReferentForm
from .fetching import done, space_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def referents(request: PersonRequest, slug: str) -> HttpResponse:
    """Those named, and one more; with ``?qui=``, one of them to correct."""
    space = space_for(request, slug, rules.can_facilitate)
    named = space.referents.select_related("person")
    chosen = request.GET.get("qui", "")
    instance = get_object_or_404(named, pk=chosen) if chosen.isdecimal() else None
    form = ReferentForm(request.POST or None, space=space, instance=instance)
    if form.is_valid():
        what = {"referent": form.save(commit=False), "by": request.user}
        if done(request, acts.name_referent, _("C’est noté, et cela se lit ici."), **what):
            return redirect("spaces:referents", slug)
    context = {"space": space, "named": named, "form": form, "chosen": instance}
    return render(request, "spaces/referent_list.html", context)


@require_POST
def remove_referent(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """End it: the team, or the person concerned."""
    space = space_for(request, slug, rules.can_read)
    referent = space.referents.filter(pk=pk).select_related("person").first()
    if referent is None:
        return redirect(space)
    if referent.person_id != request.user.pk and not rules.can_facilitate(request.user, space):
        raise PermissionDenied
    done(request, acts.remove_referent, _("C’est retiré."), referent=referent, by=request.user)
    return redirect(space)

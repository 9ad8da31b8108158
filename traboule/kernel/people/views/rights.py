"""What is held on me: to see, take away, correct, erase."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.ui.throttle import throttled

from .. import rights as rights_of
from ..actions import Refused
from ..requests import PersonRequest


class EraseForm(forms.Form):
    """One box, so that nobody is erased by a slip of the finger."""

    sure = forms.BooleanField(
        label=gettext_lazy("Oui, je veux que tout cela soit effacé."),
        error_messages={"required": gettext_lazy("Cochez la case si vous êtes d’accord.")},
    )


@never_cache
@require_safe
def rights(request: PersonRequest) -> HttpResponse:
    """All that is held on the person, in plain words."""
    sections = rights_of.readable(rights_of.export_of(request.user))
    return render(request, "people/rights.html", {"sections": sections})


@never_cache
@throttled(rate="10/m", methods=("GET",))
@require_safe
def rights_json(request: PersonRequest) -> HttpResponse:
    """The same for a machine."""
    response = JsonResponse(
        rights_of.export_of(request.user), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response.headers["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response


@never_cache
@throttled(rate="10/m", methods=("GET",))
@require_safe
def rights_pdf(request: PersonRequest) -> HttpResponse:
    """The same on paper."""
    response = HttpResponse(rights_of.rights_pdf(request.user), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="mes-donnees.pdf"'
    return response


@never_cache
@throttled(rate="10/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def rights_erase(request: PersonRequest) -> HttpResponse:
    """Say what goes and what must stay; erase the person, and end the session."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            rights_of.erase(person=request.user, by=request.user)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            logout(request)
            messages.success(request, _("C’est fait : plus rien ici ne porte votre nom."))
            return redirect("people:sign-out")
    sections = rights_of.export_of(request.user)["sections"]
    context = {
        "form": form,
        "obstacles": rights_of.obstacles(request.user),
        "going": [section for section in sections if section["erasure"] == "delete"],
        "staying": [section for section in sections if section["erasure"] != "delete"],
    }
    return render(request, "people/rights_erase.html", context)

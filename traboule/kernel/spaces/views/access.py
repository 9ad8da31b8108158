"""The code of a place: giving one, its poster, and coming in with it."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.people.views.sign_in import enter as open_session
from traboule.ui.printing import house, qr_code, shown_address, typeset
from traboule.ui.throttle import throttled

from .. import access, rules
from ..forms.access import CodeForm, FirstNameForm
from ..models import Space
from .fetching import done, space_for

_POSTER = Path(__file__).parent.parent / "access.typ"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: PersonRequest, slug: str) -> HttpResponse:
    """The space's code and its poster; who coordinates gives a new one, or none."""
    space = space_for(request, slug, rules.can_facilitate)
    coordinates = rules.can_coordinate(request.user, space)
    if request.method == "POST" and coordinates:
        if "close" in request.POST:
            said = _("Plus aucun code n’ouvre cet espace.")
            done(request, access.close, said, space=space, by=request.user)
        else:
            said = _("Voici le nouveau code. L’ancien n’ouvre plus rien.")
            done(request, access.rotate, said, space=space, by=request.user)
        return redirect("spaces:access", slug)
    context = {"space": space, "coordinates": coordinates, "address": _address(space)}
    return render(request, "spaces/access_code.html", context)


@never_cache
@require_safe
def poster(request: PersonRequest, slug: str) -> HttpResponse:
    """The code in large letters, to hang on the gate."""
    space = space_for(request, slug, rules.can_facilitate)
    if not space.access_code:
        return redirect("spaces:access", slug)
    return HttpResponse(
        access_poster(space),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="code-{space.slug}.pdf"'},
    )


def access_poster(space: Space) -> bytes:
    """The PDF of the gate's poster."""
    address = _address(space)
    labels = {
        "title": _("Code d’accès : %(space)s") % {"space": space},
        "welcome": _("Entrez !"),
        "code": _("Le code"),
        "qr": _("Code à photographier pour entrer"),
        "steps": [
            _("Photographiez le carré, ou ouvrez %(address)s et tapez le code.")
            % {"address": shown_address(settings.SITE_URL + reverse("spaces:code"))},
            _("Donnez votre prénom. Rien d’autre n’est demandé."),
            _("Lisez les dates et inscrivez-vous."),
        ],
        "call": _("Ni téléphone ni ordinateur ? Appelez le"),
    }
    return typeset(
        _POSTER,
        house()
        | {
            "labels": labels,
            "name": space.initiative.title,
            "place": space.initiative.place,
            "theme": space.initiative.theme,
            "code": space.access_code,
            "address": address,
            "address_shown": shown_address(address),
            "qr": qr_code(address),
            "phone": space.help_phone,
        },
    )


@login_not_required
@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """Type the code of a poster."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        space = access.space_of(form.cleaned_data["code"])
        if space:
            return redirect("spaces:enter", space.access_code)
        form.add_error("code", _unknown())
    return render(request, "spaces/access_ask.html", {"form": form})


@login_not_required
@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """The door: come in with a first name, with the account one has, or only look."""
    space = access.space_of(code)
    if space is None:
        asked = CodeForm({"code": code})
        asked.add_error("code", _unknown())
        return render(request, "spaces/access_ask.html", {"form": asked}, status=404)
    form = FirstNameForm(request.POST if "first_name" in request.POST else None)
    if "look" in request.POST:
        access.remember(request.session, space)
        return redirect(space)
    if request.method == "POST" and request.user.is_authenticated:
        access.let_in(space=space, person=request.user)
        return redirect(space)
    if form.is_valid():
        guest = access.enter(space=space, first_name=form.cleaned_data["first_name"])
        return open_session(request, guest, kind="code", next=space.get_absolute_url())
    return render(request, "spaces/access_enter.html", {"space": space, "form": form})


def _unknown() -> str:
    return _(
        "Ce code n’ouvre aucun lieu aujourd’hui. Vérifiez les lettres. S’il vient d’une ancienne "
        "affiche, il a été changé : demandez le nouveau à la personne qui anime le lieu."
    )


def _address(space: Space) -> str:
    return settings.SITE_URL + reverse("spaces:enter", args=[space.access_code or "CODE"])

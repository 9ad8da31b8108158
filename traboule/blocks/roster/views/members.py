"""Adding someone, changing what they do, noting that they leave, filling a vacant seat."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import members as acts
from ..actions.finding import find_or_make
from ..forms.member import AddMemberForm, ChangeMemberForm, EndForm
from ..models import Because, Member, Roster
from ..rules import can_compose, can_end
from .finding import member_of, roster_space


@never_cache
@throttled(rate="60/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest, slug: str) -> HttpResponse:
    """Someone who takes a seat; whoever may be known already is asked about first."""
    space = roster_space(request, slug)
    form = AddMemberForm(request.POST or None, space=space, by=request.user)
    if form.is_valid():
        if form.lookalikes:
            form.ask_whether_known()
        elif member := _added(form):
            said = _("%(name)s fait partie de la composition.") % {"name": member.person}
            messages.success(request, said)
            return redirect("roster:add" if "again" in request.POST else "roster:roster", slug)
    context = {"space": space, "form": form, "colleges": space.colleges.exists()}
    return render(request, "roster/add.html", context)


def _added(form: AddMemberForm) -> Member | None:
    """The seat that came of it, or nothing: the form then says why not."""
    try:
        with transaction.atomic():
            person = find_or_make(**form.fields_given())
            return acts.appoint(space=form.space, person=person, by=form.by, **form.seat_fields())
    except Refused as refused:
        form.add_error(None, refused)
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What someone does there and until when, for those who compose."""
    found = member_of(request, slug, pk, lambda by, one: can_compose(by, one.space))
    roster = Roster.of(found.space)
    form = ChangeMemberForm(request.POST or None, member=found, roster=roster)
    if form.is_valid():
        act = {"member": found, "by": request.user, **form.seat_fields()}
        if done(request, acts.change, _("C’est changé."), **act):
            return redirect("roster:roster", slug)
    context = {"space": found.space, "member": found, "form": form}
    return render(request, "roster/member.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Note a departure; one's own needs no reason."""
    found = member_of(request, slug, pk, can_end)
    composes = can_compose(request.user, found.space)
    form = EndForm(request.POST or None)
    if request.method == "POST" and (not composes or form.is_valid()):
        given = form.cleaned_data if composes else {"because": Because.RESIGNED}
        act = {"member": found, "by": request.user, **given}
        if done(request, acts.end, _("C’est noté : la place est vacante."), **act):
            return redirect("roster:roster", slug) if composes else redirect(found.space)
    context = {
        "space": found.space,
        "member": found,
        "form": form if composes else EndForm(),
        "composes": composes,
        "is_oneself": found.person_id == request.user.pk,
    }
    return render(request, "roster/end.html", context)


@require_POST
def promote(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Give a vacant seat to a substitute."""
    found = member_of(request, slug, pk, lambda by, one: can_compose(by, one.space))
    said = _("C’est fait : %(name)s a une place de titulaire. Un message le lui dit.") % {
        "name": found.person
    }
    done(request, acts.promote, said, member=found, by=request.user)
    return redirect("roster:roster", slug)

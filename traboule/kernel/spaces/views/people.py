"""The people of a space: the roll, adding someone, a person's page, roles and leaving."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.engines.french import fold
from traboule.kernel.people import rules as people_rules
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.channels import PHONES
from traboule.kernel.people.models import Channel, Guardianship, Person
from traboule.kernel.people.models.guardianship import is_surely_a_child
from traboule.kernel.people.requests import PersonRequest

from .. import actions, rules
from ..forms.people import AddPersonForm, LeavingForm, RoleForm
from ..models import Participation, Role
from .fetching import done, last_read, space_for

PAGE_SIZE = 100


@never_cache
@require_safe
def people(request: PersonRequest, slug: str) -> HttpResponse:
    """Who takes part, by role, a page at a time; guests read first names only."""
    space = space_for(request, slug, rules.can_read)
    reader = rules.role_in(request.user, space)
    last = last_read(request, space.participations.all())
    rows = list(space.roll().by_role(after=last)[: PAGE_SIZE + 1])
    roll = rows[:PAGE_SIZE]
    named = sorted(((one.name_for(reader), one) for one in roll), key=_by_name)
    groups = [
        (space.role_name(role), [(one, name) for name, one in named if one.role == role])
        for role in reversed(Role)
    ]
    more = len(rows) > PAGE_SIZE
    context = {
        "space": space,
        "groups": [(name, people) for name, people in groups if people],
        "number": None if last or more else len(roll),
        "next": f"?apres={roll[-1].pk}" if more else "",
        "facilitates": rules.can_facilitate(request.user, space),
    }
    return render(request, "spaces/people_list.html", context)


def _by_name(named: tuple[str, Participation]) -> tuple[str, int]:
    """As in a directory, accents and capitals apart."""
    name, participation = named
    return fold(name), participation.pk


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: PersonRequest, slug: str) -> HttpResponse:
    """Let someone in; whoever may be here already is asked about first."""
    space = space_for(request, slug, rules.can_facilitate)
    form = AddPersonForm(request.POST or None, space=space, by=request.user)
    if form.is_valid():
        if form.lookalikes:
            form.ask_whether_known()
        elif participation := _added(form):
            said = _("%(name)s prend part à l’espace.") % {"name": participation.person}
            messages.success(request, said)
            again = "again" in request.POST
            return redirect("spaces:add-person", slug) if again else redirect(participation)
    return render(request, "spaces/people_add.html", {"space": space, "form": form})


def _added(form: AddPersonForm) -> Participation | None:
    """The participation that came of it, or nothing: the form then says why not."""
    try:
        return actions.add_person(space=form.space, by=form.by, **form.fields_given())
    except Refused as refused:
        form.add_error(None, refused)
        return None


@never_cache
@require_safe
def person(request: PersonRequest, slug: str, person: uuid.UUID) -> HttpResponse:
    """Someone in this space: for those who facilitate, and for oneself."""
    participation = _participation(request, slug, person)
    space = participation.space
    may_change = rules.can_change(request.user, participation) and not space.is_closed
    channels = participation.person.channels.select_related("relay").order_by("-is_preferred", "pk")
    role_form = RoleForm(space=space, by=request.user, initial={"role": participation.role})
    context = {
        "space": space,
        "participation": participation,
        "is_oneself": participation.person_id == request.user.pk,
        "channels": channels,
        "guardians": _guardians_of(participation.person),
        "may_change": may_change,
        "role_form": role_form,
        "doors": _doors(request.user, participation.person),
    }
    return render(request, "spaces/people_person.html", context)


def _guardians_of(child: Person) -> list[Guardianship]:
    """Those who answer for a child, with the numbers on which they are called."""
    phones = Prefetch(
        "guardian__channels", Channel.objects.filter(kind__in=PHONES).order_by("pk"), "phones"
    )
    return list(child.guardianships.current().for_listing().prefetch_related(phones))


@dataclass(frozen=True)
class Door:
    """A page that helps someone."""

    label: str
    icon: str
    address: str


def _doors(by: Person, person: Person) -> list[Door]:
    """What one may do for someone else: their card, their agreements, a mandate."""
    is_child = is_surely_a_child(person, timezone.localdate())
    known = [
        (people_rules.can_issue_card, _("Sa carte"), "qr-code", "people:person-card"),
        (people_rules.can_record_consent, _("Ses accords"), "check", "people:record-consents"),
        (
            lambda by, giver: not is_child and people_rules.can_prepare_mandate(by, giver),
            _("Quelqu’un agit pour elle : le mandat"),
            "heart-handshake",
            "people:prepare-mandate",
        ),
    ]
    return [
        Door(label, icon, reverse(name, args=[person.public_id]))
        for may, label, icon, name in known
        if by != person and may(by, person)
    ]


@require_POST
def change_role(request: PersonRequest, slug: str, person: uuid.UUID) -> HttpResponse:
    """Give someone another role."""
    participation = _participation(request, slug, person)
    form = RoleForm(request.POST, space=participation.space, by=request.user)
    if not form.is_valid():
        messages.error(request, _("Choisissez un rôle de la liste."))
        return redirect(participation)
    done(
        request,
        actions.change_role,
        _("Le rôle est changé."),
        participation=participation,
        role=form.cleaned_data["role"],
        by=request.user,
    )
    return redirect(participation)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: PersonRequest, slug: str, person: uuid.UUID) -> HttpResponse:
    """Ask why, then end the participation; one's own needs no reason."""
    participation = _participation(request, slug, person)
    is_oneself = participation.person_id == request.user.pk
    form = LeavingForm(request.POST or None)
    reason = "choice" if is_oneself else form.is_valid() and form.cleaned_data["reason"]
    if request.method == "POST" and reason:
        act = {"participation": participation, "by": request.user, "reason": reason}
        if not done(request, actions.leave, _("C’est noté."), **act):
            return redirect(participation)
        return redirect("spaces:list") if is_oneself else redirect("spaces:people", slug)
    context = {
        "space": participation.space,
        "participation": participation,
        "form": form,
        "is_oneself": is_oneself,
    }
    return render(request, "spaces/people_leave.html", context)


@require_POST
def answer(request: PersonRequest, slug: str, person: uuid.UUID) -> HttpResponse:
    """Let in, or not, someone who asked to take part."""
    space = space_for(request, slug, rules.can_facilitate)
    asking = get_object_or_404(space.participations, person__public_id=person)
    accepted = "accept" in request.POST
    said = _("%(name)s prend part à l’espace.") if accepted else _("La demande est refusée.")
    said = said % {"name": asking.person} if accepted else said
    act = {"participation": asking, "accepted": accepted, "by": request.user}
    done(request, actions.answer_request, said, **act)
    return redirect(space)


def _participation(request: PersonRequest, slug: str, person: uuid.UUID) -> Participation:
    """Someone's participation, for those who facilitate and for oneself."""
    space = space_for(request, slug, rules.can_read)
    found = get_object_or_404(space.roll(), person__public_id=person)
    if not (found.person_id == request.user.pk or rules.can_facilitate(request.user, space)):
        raise PermissionDenied
    found.space = space
    return found


def draw_way_back(request: HttpRequest, person: Person) -> str:
    """On a page about someone: the way back to them, in the spaces where one facilitates."""
    theirs = (
        Participation.objects.current().filter(person=person).select_related("space__initiative")
    )
    back = [one for one in theirs if rules.can_facilitate(request.user, one.space)]
    return render_to_string("spaces/_way_back.html", {"back": back}, request)

"""My children, and those who answer for them with me."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.ui.throttle import throttled

from .. import consents, guardians, purposes, rules
from ..acting_forms import ChildForm, GuardianForm
from ..actions import Refused
from ..models import Guardianship, Person
from ..requests import PersonRequest


@never_cache
@require_safe
def family(request: PersonRequest) -> HttpResponse:
    """My children, their other parents, and where we stand on each consent."""
    children = [mine.child for mine in guardians.children_of(request.user)]
    context = {
        "children": _with_states(children),
        "invitations": guardians.invitations_to(request.user).for_listing(),
    }
    return render(request, "people/family_page.html", context)


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def add_child(request: PersonRequest) -> HttpResponse:
    """Add a child, one question a screen."""
    form = ChildForm(request.POST or None)
    if form.is_valid():
        try:
            child = guardians.add_child(**form.cleaned_data, by=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("%(name)s est dans votre famille.") % {"name": child})
        return redirect("people:family")
    if form.asked.name not in request.POST:  # Not asked yet: no reproach.
        form = ChildForm(initial=request.POST.dict())
    return render(request, "people/family_child.html", {"form": form})


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def add_guardian(request: PersonRequest, public_id: str) -> HttpResponse:
    """Name a child's other parent."""
    child = get_object_or_404(Person, public_id=public_id)
    if not rules.can_name_guardian(request.user, child):
        raise PermissionDenied
    form = GuardianForm(request.POST or None)
    if form.is_valid():
        try:
            guardians.invite_guardian(child=child, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error("address", refused)
        else:
            messages.success(request, _("C’est noté."))
            return _after_guardian(request, child)
    return render(request, "people/family_guardian.html", {"form": form, "child": child})


def _after_guardian(request: PersonRequest, child: Person) -> HttpResponse:
    """Back to one's family, or to what a child's parents have to answer."""
    if rules.is_guardian(request.user, child):
        return redirect("people:family")
    return redirect("people:record-consents", child.public_id)


@require_POST
def accept_guardianship(request: PersonRequest, pk: int) -> HttpResponse:
    """Take up the place that the other parent kept for me, or say that it is not mine."""
    invitation = get_object_or_404(guardians.invitations_to(request.user), pk=pk)
    if "decline" in request.POST:
        guardians.decline(guardianship=invitation, by=request.user)
        messages.success(request, _("C’est noté : ce n’est pas vous."))
        return redirect("people:family")
    guardians.accept(guardianship=invitation, by=request.user)
    messages.success(request, _("%(name)s est dans votre famille.") % {"name": invitation.child})
    return redirect("people:family")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_guardianship(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then stop."""
    ending = get_object_or_404(Guardianship.objects.current().for_listing(), pk=pk)
    if not rules.can_end_guardianship(request.user, ending):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "people/family_end.html", {"ending": ending})
    try:
        guardians.end(guardianship=ending, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("people:family")


def _with_states(children: list[Person]) -> list[dict[str, object]]:
    """Each child with its guardians and its consents, in as many queries for one as for ten."""
    texts = purposes.asked_of(is_child=True)
    states = consents.states_for(children, [text.purpose for text in texts])
    answering: dict[int, list[Guardianship]] = defaultdict(list)
    for one in Guardianship.objects.current().filter(child__in=children).for_listing():
        answering[one.child_id].append(one)
    rows = []
    for child in children:
        asked = [(text, states[child.pk][text.purpose]) for text in texts]
        next_one = consents.first_open(asked)
        about = {"child": child, "guardians": answering[child.pk]}
        rows.append({**about, "consents": asked, "next": next_one})
    return rows

"""After a workshop: who came, which plan, and how far each person is."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import follow_up as acts
from ..models import Contact, FollowUp, FollowUpStep, Plan
from .finding import back_to, facilitated


@never_cache
@require_safe
def following(request: PersonRequest, slug: str) -> HttpResponse:
    """The workshops held, each with its plans given; and the plans of the space."""
    space = facilitated(request, slug)
    held = space.events.open().gatherings().past()
    context = {
        "space": space,
        "events": held[:30],
        "plans": space.followup_plans.prefetch_related("steps"),
        "given": set(FollowUp.objects.filter(contact__space=space).values_list("event", flat=True)),
    }
    return render(request, "outreach/following.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def after(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One workshop: give a plan to those who came, tick what is done."""
    space = facilitated(request, slug)
    event = get_object_or_404(space.events.for_page(), pk=pk)
    if request.method == "POST":
        plan = get_object_or_404(Plan, pk=_key(request.POST.get("plan", "")), space=space)
        said = _("Chaque personne venue a maintenant ce plan. Elle le lit sur sa page.")
        done(request, acts.apply_plan, said, plan=plan, event=event, by=request.user)
        return redirect("outreach:after", slug, pk)
    given = FollowUp.objects.filter(event=event, contact__in=Contact.objects.live())
    context = {
        "space": space,
        "event": event,
        "came": acts.people_who_came(event),
        "plans": space.followup_plans.prefetch_related("steps"),
        "follow_ups": given.select_related("contact__person", "contact__space__initiative")
        .prefetch_related("steps")
        .order_by("contact__person__name", "pk"),
    }
    return render(request, "outreach/after.html", context)


def _key(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@require_POST
def step(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Tick a step, or untick it, with a word."""
    space = facilitated(request, slug)
    found = get_object_or_404(
        FollowUpStep.objects.select_related("follow_up__contact__space__initiative"),
        pk=pk, follow_up__contact__space=space,
    )  # fmt: skip
    note = " ".join(request.POST.get("note", found.note).split())[:300]
    ticked = request.POST.get("done", "") == "1"
    done(request, acts.mark_step, _("C’est noté."), step=found, done=ticked, note=note,
         by=request.user)  # fmt: skip
    return back_to(request, found.follow_up.contact.get_absolute_url())

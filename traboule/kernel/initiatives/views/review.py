"""Reading over what people tell: the editors' pages."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.models import Person

from .. import confirming, drafting, interview
from ..forms import ReasonForm
from ..models import Draft
from ..notices import reach
from ..preview import changes, preview
from ..rules import can_edit_territory, can_import, can_review
from .contribute import picture_of, visitor

MOST_SHOWN = 100


def the_editor(request: HttpRequest) -> Person:
    """The editor who is signed in; others are refused."""
    person = visitor(request)
    if person is None or not can_edit_territory(person):
        raise PermissionDenied
    return person


def territory_of(editor: Person) -> set[str] | None:
    """The departments they edit; ``None`` for all."""
    return None if "" in editor.editor_of else set(editor.editor_of)


def _for_its_editor(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the draft of the address to whoever edits its department."""

    @never_cache
    @wraps(view)
    def wrapper(request: HttpRequest, code: str) -> HttpResponseBase:
        editor = the_editor(request)
        drafts = Draft.objects.select_related("initiative__commune", "initiative__holder")
        draft = get_object_or_404(drafts, code=code)
        if not can_review(editor, draft):
            raise PermissionDenied
        return view(request, draft, editor)

    return wrapper


@never_cache
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """What waits for a reading, the longest waiting first."""
    departments = territory_of(the_editor(request))
    waiting = Draft.objects.awaiting_review().in_territory(departments)
    calls = confirming.call_list(now=timezone.now(), departments=departments)
    context = {
        "drafts": list(waiting.select_related("initiative")[:MOST_SHOWN]),
        "calls": len(calls),
        "may_import": can_import(request.user),
    }
    return render(request, "initiatives/review/list.html", context)


@_for_its_editor
@require_safe
def draft(request: HttpRequest, draft: Draft, editor: Person) -> HttpResponse:
    """A draft as the sheet it would be."""
    return _page(request, draft, ReasonForm(act="return"), ReasonForm(act="refuse"))


@_for_its_editor
@require_safe
def picture(request: HttpRequest, draft: Draft, editor: Person) -> HttpResponseBase:
    """The picture that came with a draft."""
    return picture_of(draft) or redirect("initiatives:review-draft", draft.code)


@_for_its_editor
@require_POST
def return_(request: HttpRequest, draft: Draft, editor: Person) -> HttpResponse:
    """Give it back with a reason."""
    form = ReasonForm(request.POST, act="return")
    if not form.is_valid():
        return _page(request, draft, form, ReasonForm(act="refuse"))
    return _decide(
        request,
        lambda: drafting.return_(draft=draft, by=editor, **form.cleaned_data),
        draft,
        _("C’est renvoyé, avec votre message."),
    )


@_for_its_editor
@require_POST
def refuse(request: HttpRequest, draft: Draft, editor: Person) -> HttpResponse:
    """Decline it with a reason."""
    form = ReasonForm(request.POST, act="refuse")
    if not form.is_valid():
        return _page(request, draft, ReasonForm(act="return"), form)
    return _decide(
        request,
        lambda: drafting.refuse(draft=draft, by=editor, **form.cleaned_data),
        draft,
        _("C’est noté : la fiche n’est pas publiée."),
    )


@_for_its_editor
@require_POST
def publish(request: HttpRequest, draft: Draft, editor: Person) -> HttpResponse:
    """Make it a sheet."""
    try:
        return _decide(
            request,
            lambda: drafting.publish(draft=draft, by=editor),
            draft,
            _("La fiche est publiée."),
        )
    except interview.Unfinished:
        return redirect("initiatives:review-draft", draft.code)


def _decide(
    request: HttpRequest, act: Callable[[], object], draft: Draft, done: str
) -> HttpResponse:
    """Act, say so, and say too whom no machine can tell."""
    try:
        act()
    except drafting.AlreadyHandled as handled:
        messages.warning(request, str(handled))
        return redirect("initiatives:review-list")
    messages.success(request, done)
    if not reach(draft.callback_contact):
        messages.warning(
            request,
            _("Nous ne pouvons pas écrire à %(name)s : appelez ou faites passer (%(contact)s).")
            % {"name": draft.callback_name, "contact": draft.callback_contact},
        )
    return redirect("initiatives:review-list")


def _page(
    request: HttpRequest, draft: Draft, return_form: ReasonForm, refuse_form: ReasonForm
) -> HttpResponse:
    sheet, problems = None, []
    try:
        sheet = drafting.sheet_of_draft(draft)
    except interview.Unfinished as unfinished:
        problems = unfinished.problems
    context = {
        "draft": draft,
        "told": interview.told(draft.answers),
        "preview": preview(sheet) if sheet else None,
        "problems": problems,
        "changes": changes(draft) if draft.initiative else [],
        "reviews": list(draft.reviews.select_related("by")),
        "return_form": return_form,
        "refuse_form": refuse_form,
        "can_decide": draft.status == Draft.Status.SUBMITTED,
    }
    return render(request, "initiatives/review/draft.html", context)

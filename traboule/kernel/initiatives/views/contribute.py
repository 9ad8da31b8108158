"""Telling about an initiative, one question a screen, with no account needed."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.models import Person
from traboule.ui.throttle import throttled

from .. import drafting, interview
from ..forms import CodeForm, KeepForm, StartForm
from ..models import Draft, Initiative
from ..rules import can_write_draft

KNOWN = "initiatives.drafts"
MOST_KNOWN = 30
"""The session remembers this many codes: a facilitator's desk sees many people."""


def known_codes(request: HttpRequest) -> list[str]:
    """The drafts that this browser has opened."""
    return request.session.get(KNOWN, [])


def remember(request: HttpRequest, draft: Draft) -> None:
    """Let this browser come back to the draft."""
    codes = [code for code in known_codes(request) if code != draft.code]
    request.session[KNOWN] = [*codes, draft.code][-MOST_KNOWN:]


def visitor(request: HttpRequest) -> Person | None:
    """The person who is signed in, if anyone is."""
    return request.user if isinstance(request.user, Person) else None


def _for_its_writer(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the draft of the address to whoever may write it; ask others for its code."""

    @login_not_required
    @never_cache
    @wraps(view)
    def wrapper(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponseBase:
        draft = Draft.objects.select_related("initiative").filter(code=code).first()
        if draft and can_write_draft(request.user, draft, codes=known_codes(request)):
            return view(request, draft, **kwargs)
        address = reverse("initiatives:draft-resume")
        return redirect(f"{address}?{urlencode({'code': code[:40]})}")

    return wrapper


@login_not_required
@never_cache
@throttled(rate="30/h", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest) -> HttpResponse:
    """What the interview is; its start, for a new sheet or to correct the one of ``fiche``."""
    slug = request.GET.get("fiche", "")
    initiative = get_object_or_404(_corrected(), slug=slug) if slug else None
    form = StartForm(request.POST or None, initial={"form_key": uuid.uuid4()})
    if form.is_valid():
        key = str(form.cleaned_data["form_key"])
        started = drafting.start(form_key=key, by=visitor(request), initiative=initiative)
        remember(request, started)
        first = ("initiatives:draft-question", started.code, interview.QUESTIONS[0].key)
        return redirect(started) if initiative else redirect(*first)
    context = {
        "form": form,
        "initiative": initiative,
        "drafts": _drafts_of(request),
        "total": len(interview.QUESTIONS),
    }
    return render(request, "initiatives/contribute/start.html", context)


@login_not_required
@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Come back to a draft with its code, on any device."""
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:40]})
    if form.is_valid():
        draft = Draft.objects.filter(code=form.cleaned_data["code"]).first()
        if draft:
            remember(request, draft)
            return redirect(draft)
        form.add_error("code", _("Aucun récit n’a ce code. Vérifiez chaque lettre."))
    return render(request, "initiatives/contribute/resume.html", {"form": form})


@_for_its_writer
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """One question: what is typed is kept, right or wrong, and then one goes on."""
    asked = _question_or_404(key)
    if request.method != "POST" and not draft.is_editable:
        return redirect(draft)
    form = asked.form(*_sent(request), answers=draft.answers)
    if request.method == "POST" and (onward := _keep(request, draft, asked, form)):
        return onward
    context = {
        "draft": draft,
        "question": asked,
        "form": form,
        "parts": form.parts(),
        "total": len(interview.QUESTIONS),
        "back_to_summary": _to_summary(request),
    }
    return render(request, "initiatives/contribute/question.html", context)


@_for_its_writer
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Everything that was told, what is missing; sending it to the editors."""
    if request.method == "POST":
        try:
            drafting.submit(draft=draft, by=visitor(request))
            return redirect("initiatives:draft-sent", draft.code)
        except drafting.AlreadyHandled as handled:
            messages.info(request, str(handled))
            return redirect(draft)
        except interview.Unfinished:
            messages.warning(request, _("Il manque encore quelque chose : voyez ci-dessous."))
    base = drafting.sheet_of(draft.initiative) if draft.initiative else None
    told = interview.told(draft.answers)
    context = {
        "draft": draft,
        "told": told,
        "answered": sum(bool(part.lines) for part in told),
        "total": len(told),
        "problems": interview.problems_in(draft.answers, base=base) if draft.is_editable else [],
        "review": draft.reviews.first(),
    }
    return render(request, "initiatives/contribute/summary.html", context)


@_for_its_writer
@throttled(rate="20/h", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def later(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The code to come back with, in big letters; sent where one likes."""
    form = KeepForm(request.POST or None, initial={"callback_contact": draft.callback_contact})
    if form.is_valid() and draft.is_editable:
        draft = drafting.answer(draft=draft, values=form.cleaned_data)
        if drafting.send_code(draft=draft):
            messages.success(request, _("Le code est parti. Gardez aussi cette page."))
            return redirect("initiatives:draft-later", draft.code)
        form.add_error("callback_contact", _("Nous ne pouvons pas écrire là : notez le code."))
    return render(request, "initiatives/contribute/later.html", {"draft": draft, "form": form})


@_for_its_writer
@require_safe
def sent(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Thanks, and what happens next."""
    if draft.is_editable:
        return redirect(draft)
    return render(request, "initiatives/contribute/sent.html", {"draft": draft})


@_for_its_writer
@require_safe
def picture(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    """The picture of a draft, which nobody else sees yet."""
    return picture_of(draft) or redirect(draft)


@login_not_required
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The interview on paper, to fill with a pen while someone speaks."""
    questions = [(question, question.form().parts()) for question in interview.QUESTIONS]
    return render(request, "initiatives/contribute/paper.html", {"questions": questions})


def picture_of(draft: Draft) -> FileResponse | None:
    """The draft's picture as a file, if it has one."""
    if not draft.picture:
        return None
    kind = "image/webp" if str(draft.picture.name).endswith(".webp") else "image/jpeg"
    return FileResponse(draft.picture.open("rb"), content_type=kind)


def _keep(
    request: HttpRequest, draft: Draft, asked: interview.Question, form: interview.QuestionForm
) -> HttpResponse | None:
    """Keep the answer; where to go now, nowhere while it must be mended first."""
    valid = form.is_valid()
    values = form.typed() | (form.settled() if valid else {})
    try:
        draft = drafting.answer(draft=draft, values=values, picture=form.picture)
    except drafting.AlreadyHandled as handled:
        messages.warning(request, str(handled))
        return redirect(draft)
    form.answers = draft.answers
    if form.note:
        messages.warning(request, str(form.note))
    then = request.POST.get("then", "")
    if then == "later":
        if draft.callback_contact:
            drafting.send_code(draft=draft)
        return redirect("initiatives:draft-later", draft.code)
    if then == "back" and asked.previous:
        return redirect("initiatives:draft-question", draft.code, asked.previous.key)
    if not valid:
        return None
    if asked.next is None or _to_summary(request):
        return redirect(draft)
    return redirect("initiatives:draft-question", draft.code, asked.next.key)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _to_summary(request: HttpRequest) -> bool:
    """Whether one came to mend one answer and wants to see the whole again."""
    return "resume" in request.GET


def _question_or_404(key: str) -> interview.Question:
    try:
        return interview.BY_KEY[key]
    except KeyError as error:
        raise Http404 from error


def _corrected() -> Any:
    return Initiative.objects.published().for_export()


def _drafts_of(request: HttpRequest) -> list[Draft]:
    """The drafts of this browser and of this person, the latest first."""
    theirs = Draft.objects.filter(code__in=known_codes(request))
    if person := visitor(request):
        theirs |= Draft.objects.filter(author=person)
    return list(theirs.order_by("-updated_at", "pk")[:MOST_KNOWN])

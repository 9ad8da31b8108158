"""Saying yes or no, oneself on the screen, or on paper and by voice through someone else."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.ui.throttle import throttled

from .. import consents, guardians, papers, purposes, rules
from ..acting import people_i_act_for
from ..acting_forms import ConsentPaperForm
from ..actions import Refused
from ..models import How, MandateScope, Person
from ..requests import PersonRequest


@never_cache
@require_safe
def my_consents(request: PersonRequest) -> HttpResponse:
    """What was asked of me, of my children and of those I answer for, and what we said."""
    persons = [request.user, *people_i_act_for(request.user, MandateScope.CONSENT)]
    children = {mine.child_id for mine in guardians.children_of(request.user)}
    every = [text.purpose for text in purposes.asked_of(is_child=True)]
    states = consents.states_for(persons, every)
    rows = []
    for person in persons:
        texts = purposes.asked_of(is_child=person.pk in children)
        asked = [(text, states[person.pk][text.purpose]) for text in texts]
        rows.append((person, asked, consents.first_open(asked)))
    return render(request, "people/consent_list.html", {"rows": rows})


@never_cache
@throttled(rate="60/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: PersonRequest, public_id: str, purpose: str) -> HttpResponse:
    """One purpose: read or listen to the text, say yes or no, or take it back."""
    person = get_object_or_404(Person, public_id=public_id, erased_at=None)
    text = _text(purpose)
    if not rules.can_act_for(request.user, person, MandateScope.CONSENT):
        raise PermissionDenied
    if request.method == "POST":
        return _answer(request, person, text)
    return render(request, "people/consent_question.html", _question(request, person, text))


@never_cache
@throttled(rate="60/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def record_consents(request: PersonRequest, public_id: str) -> HttpResponse:
    """Type in what was said on paper, or by voice before a witness."""
    person = _accompanied(request, public_id)
    texts = consents.asked_of(person)
    deciders = Person.objects.filter(pk__in=consents.deciders_of(person)).order_by("name", "pk")
    form = ConsentPaperForm(request.POST or None, texts=texts, deciders=deciders)
    is_adult = person in deciders
    if form.is_valid() and _recorded(request, form, person):
        messages.success(request, _("Les réponses sont notées."))
        return redirect("people:record-consents", person.public_id)
    states = consents.states_for([person], [text.purpose for text in texts])[person.pk]
    context = {
        "form": form,
        "person": person,
        "deciders": deciders,
        "is_adult": is_adult,
        "may_add_guardian": rules.can_name_guardian(request.user, person),
        "states": [(text, states[text.purpose]) for text in texts],
    }
    return render(request, "people/consent_record.html", context)


@never_cache
@require_safe
def consent_paper(request: PersonRequest, public_id: str) -> HttpResponse:
    """The form to tick and sign, on paper."""
    person = _accompanied(request, public_id)
    name = 'inline; filename="accords.pdf"'
    pdf = papers.consent_paper(person)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


def _accompanied(request: PersonRequest, public_id: str) -> Person:
    person = get_object_or_404(Person, public_id=public_id, erased_at=None)
    if not rules.can_record_consent(request.user, person):
        raise PermissionDenied
    return person


def _text(purpose: str) -> purposes.ConsentText:
    try:
        return purposes.text_of(purpose)
    except KeyError as error:
        raise Http404 from error


def _speaker(request: PersonRequest, person: Person) -> Person:
    """In whose name the answer is given: a parent's own, or that of who gave a mandate."""
    return request.user if rules.is_guardian(request.user, person) else person


def _question(request: PersonRequest, person: Person, text: purposes.ConsentText) -> dict[str, Any]:
    """What the page of one purpose shows."""
    said_by = _speaker(request, person)
    return {
        "person": person,
        "text": text,
        "question": text.asked_of(person, is_child=said_by != person),
        "state": consents.state_of(person, text.purpose),
        "mine": consents.last_word(person, text.purpose, by=said_by),
        "is_mine": said_by == request.user,
    }


def _answer(request: PersonRequest, person: Person, text: purposes.ConsentText) -> HttpResponse:
    """Keep the yes or the no, or take back what was said; then the next question, or the list."""
    said_by, answer = _speaker(request, person), request.POST.get("answer")
    if answer == "withdraw":
        said = consents.last_word(person, text.purpose, by=said_by)
        if said:
            consents.withdraw(consent=said, by=request.user)
            messages.success(request, _("Votre accord est retiré, dès maintenant."))
        return redirect("people:consents")
    if answer not in {"yes", "no"}:
        raise Http404
    try:
        consents.record_answer(
            person=person,
            purpose=text.purpose,
            given=answer == "yes",
            how=How.SCREEN,
            said_by=said_by,
            by=request.user,
        )
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("people:consents")
    messages.success(request, _("C’est noté. Vous pourrez changer d’avis."))
    following = consents.next_to_ask(person, said_by)
    if following:
        return redirect("people:consent", person.public_id, following.purpose.value)
    return redirect("people:consents")


def _recorded(request: PersonRequest, form: ConsentPaperForm, person: Person) -> bool:
    """Whether all answers are kept; otherwise none is, and the form says why."""
    said = form.cleaned_data
    witness = (said["witness"] or request.user) if said["how"] == How.VOICE else None
    try:
        with transaction.atomic():
            for purpose, given in form.answers.items():
                consents.record_answer(
                    person=person,
                    purpose=purpose,
                    given=given,
                    how=said["how"],
                    said_by=said["said_by"],
                    by=request.user,
                    witness=witness,
                )
    except Refused as refused:
        form.add_error(None, refused)
        return False
    return True

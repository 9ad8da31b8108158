"""What people answer by SMS: the keyword of a survey, a question after the other, an invitation."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from . import prints, texting
from .actions import answering
from .models import Door, Invitation, Survey
from .rules import can_begin

KEYWORD = r"enq\W+(?:(?P<code>[a-z0-9]{5})\b\W*)?(?P<said>.*)$"
"""« ENQ 4F7KQ », as the poster says; then « 2 », or « ENQ 2 » when something else was asked."""


def by_keyword(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """Begin the survey of that code, or answer the question that was asked last."""
    code = (match["code"] or "").upper()
    survey = Survey.objects.for_page().filter(code=code).first() if code else None
    thread = texting.thread_at(number)
    if survey:
        begun = _begin(survey, person, number)
        thread = texting.thread_at(number)
        return texting.take(thread, match["said"]) if thread and match["said"] else begun
    if thread:
        return texting.take(thread, f"{match['code'] or ''} {match['said']}")
    raise Refused(_("Nous ne connaissons pas ce code. Vérifiez les cinq signes de l’affiche."))


def go_on(person: Person | None, text: str, *, number: str) -> str | None:
    """The answer to the question asked last; what cannot be read is left for a human."""
    thread = texting.thread_at(number)
    if thread is None or not texting.is_of_thread(thread, number):
        return None
    try:
        with transaction.atomic():
            return texting.take(thread, text)
    except Refused as refused:
        # A digit out of range is told at once; a sentence is for a human to read.
        looks_typed = len(text.split()) <= 3
        return " ".join(refused.messages) if looks_typed else None


def begin(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """The invited person wishes to answer: by SMS the first question comes, else the address."""
    invitation = Invitation.objects.select_related("survey__space", "person").get(
        pk=notice.data["invitation"]
    )
    if via != "sms":
        return _("Répondez ici, une question à la fois : %(address)s") % {
            "address": settings.SITE_URL + invitation.get_absolute_url()
        }
    response, _receipt = answering.begin(
        survey=invitation.survey, door=Door.SMS, invitation=invitation,
        source=notice.channel_value,
    )  # fmt: skip
    return texting.ask_first(response, notice.channel_value)


def decline(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """They do not wish to answer: nobody asks again."""
    return _("C’est noté. Merci de l’avoir dit.")


def _begin(survey: Survey, person: Person | None, number: str) -> str:
    """The first question, or the one where they stopped."""
    source = prints.of_source(survey, number)
    if before := survey.responses.filter(source=source).first():
        if before.finished_at:
            raise texting.already(before)
        return texting.ask_first(before, number)
    if not can_begin(person or AnonymousUser(), survey):
        raise Refused(_("Cette enquête est réservée aux personnes de « %(space)s ».")
                      % {"space": survey.space})  # fmt: skip
    invitation = survey.invitations.filter(person=person).first() if person else None
    response, _receipt = answering.begin(
        survey=survey, door=Door.SMS, source=number, invitation=invitation
    )
    return texting.ask_first(response, number)

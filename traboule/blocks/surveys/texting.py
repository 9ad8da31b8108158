"""A survey by SMS: one question after the other, answered by a digit, a number or a few words."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.ui.printing import shown_address

from . import paths
from .actions import answering
from .asked import Asked, values_of
from .models import Question, Response, SmsThread
from .reading import NOTHING, read

PASS = ("passer", "passe", "suivante", "je passe")
THREADS_KEPT = datetime.timedelta(days=3)
"""How long a number may take to answer one question."""


def ask_first(response: Response, number: str) -> str:
    """Begin to ask at that number, or go on where one stopped; the words of the question."""
    asked, values = Asked(response.survey), values_of(response)
    silent = [one for one in asked.path(values) if not values.get(one)]
    return _ask(response, number, silent[0] if silent else paths.END)


def thread_at(number: str) -> SmsThread | None:
    """The survey that is being answered from that number."""
    lately = timezone.now() - THREADS_KEPT
    threads = SmsThread.objects.select_related("response__survey__space", "question__survey")
    return threads.filter(number=number, asked_at__gte=lately).first()


def is_of_thread(thread: SmsThread, number: str) -> bool:
    """Whether what comes without a keyword is for the survey: nothing else was asked since."""
    since = Notice.objects.asking().filter(
        channel_value=number, answered_at=None, created_at__gt=thread.asked_at
    )
    return not since.exists()


def take(thread: SmsThread, text: str) -> str:
    """Keep what was answered to the question asked, and ask the next one. Raises Refused."""
    question, response = thread.question, thread.response
    asked = Asked(response.survey)
    passes = " ".join(text.lower().split()).strip(" .!") in PASS
    value = NOTHING if passes else read(question, asked.choices(question), text)
    answering.put(response=response, question=question, value=value)
    return _ask(response, thread.number, asked.after(question.number, values_of(response)))


def _ask(response: Response, number: str, next_one: int) -> str:
    """The words of the next question; the thanks after the last one."""
    asked, values = Asked(response.survey), values_of(response)
    while next_one != paths.END and asked.by_number[next_one].is_spoken:
        next_one = asked.after(next_one, values)
    if next_one == paths.END:
        return _finished(response)
    question = asked.by_number[next_one]
    SmsThread.objects.update_or_create(
        number=number, defaults={"response": response, "question": question}
    )
    return words_of(asked, question)


def words_of(asked: Asked, question: Question) -> str:
    """A question as an SMS says it, with what to answer."""
    parts = [f"{question.number}/{len(asked.questions)} {question.text}"]
    parts.extend(f"{choice.number} = {choice.text}" for choice in asked.choices(question))
    parts.append(_how_to_answer(question))
    return "\n".join(part for part in parts if part)


def _how_to_answer(question: Question) -> str:
    kind = Question.Kind
    if question.kind == kind.SCALE:
        how = _("De 1 (%(low)s) à 5 (%(high)s).") % {
            "low": question.low_words or _("pas du tout"),
            "high": question.high_words or _("tout à fait"),
        }
    else:
        how = {
            kind.SEVERAL: _("Plusieurs chiffres possibles : 1 3."),
            kind.NUMBER: _("Répondez par un nombre."),
            kind.DATE: _("Répondez par une date : 12/01/2027."),
            kind.SHORT: _("Répondez en quelques mots."),
            kind.LONG: _("Répondez avec vos mots."),
        }.get(kind(question.kind), "")
    return how if question.required else f"{how} {_('Ou : PASSER.')}".strip()


def _finished(response: Response) -> str:
    """Send the response; the thanks, with the code by which it is changed or erased."""
    answering.finish(response=response)
    SmsThread.objects.filter(response=response).delete()
    asked = Asked(response.survey)
    met = asked.path(values_of(response))
    spoken = any(asked.by_number[number].is_spoken for number in met)
    more = _(" Une question se répond de vive voix, en ligne.") if spoken else ""
    return _("%(thanks)s C’est envoyé. Pour relire, changer ou effacer : %(address)s, code "
             "%(code)s.%(more)s") % {
        "more": more,
        "thanks": response.survey.thanks or _("Merci !"),
        "address": shown_address(settings.SITE_URL + response.survey.get_absolute_url()),
        "code": answering.renew_receipt(response),
    }  # fmt: skip


def forecast_of_replies(asked: Asked) -> str:
    """How many SMS more each person who answers by SMS costs."""
    number = len(asked.questions) + 1
    return ngettext(
        "%(n)s SMS de plus pour chaque personne qui répond par SMS",
        "Jusqu’à %(n)s SMS de plus pour chaque personne qui répond par SMS",
        number,
    ) % {"n": number}


def already(response: Response) -> Refused:
    """What to say to a number that has answered."""
    return Refused(
        _("Vous avez déjà répondu à « %(title)s ». Merci !") % {"title": response.survey.title}
    )

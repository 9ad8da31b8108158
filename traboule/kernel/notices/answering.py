"""Taking an answer, whichever way it came: the same handler acts on it."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from .answers import Via, answer_of
from .models import Notice


@transaction.atomic
def take_answer(*, notice: Notice, answer: str, by: Person, via: Via) -> str:
    """Act on the answer to a notice, and return what the person is told.

    ``answer`` is one of the notice's own (``"1"``), not the digit of an SMS. Both guardians of a
    child were asked the same: the answer of one stands for both. Raises Refused.
    """
    notice = Notice.objects.select_for_update().select_related("person").get(pk=notice.pk)
    if answer not in notice.answers:
        raise Refused(_("Cette réponse ne va pas avec ce message."))
    if not notice.is_asking:
        raise Refused(_("Il est trop tard pour répondre ici. Appelez-nous, on verra ensemble."))
    reply = answer_of(notice.answers[answer]).handler(notice, notice.person, by=by, via=via)
    now = timezone.now()
    root = notice.twin_of_id or notice.pk
    asked = Notice.objects.filter(Q(pk=root) | Q(twin_of=root))
    asked.update(answer=answer, answered_at=now)
    asked.filter(recipient=by, read_at=None).update(read_at=now)
    return str(reply)

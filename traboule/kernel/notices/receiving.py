"""Understanding the SMS that people send us."""

import datetime
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from traboule.kernel.journal.actions import record
from traboule.kernel.people import sms
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.channels import ChannelKind, read_address
from traboule.kernel.people.gsm import segments
from traboule.kernel.people.models import Channel, Person

from . import answers
from .answering import take_answer
from .models import Delivery, Inbound, NewsStop, Notice, Outcome
from .reading import Offer, is_resume, is_stop, known_by, read

ONE_ACKNOWLEDGEMENT = datetime.timedelta(hours=24)
"""Two machines that thank each other would never stop."""


ARRIVING = (Outcome.SENT, Outcome.DELIVERED)
REPLY_WITHIN = datetime.timedelta(hours=2)
"""A confirmation later than that would puzzle more than it tells."""


@transaction.atomic
def receive(
    *, gateway_id: str, from_value: str, text: str, received_at: datetime.datetime
) -> Inbound:
    """Keep an SMS and act on it once, however often the gateway hands it over."""
    number = _number(from_value)
    inbound, is_new = Inbound.objects.get_or_create(
        gateway_id=gateway_id,
        defaults={"from_value": number, "text": text[:2000], "received_at": received_at},
    )
    if not is_new:
        return inbound
    inbound.person = Person.objects.reached_at(ChannelKind.MOBILE, number)
    language = inbound.person.language if inbound.person else settings.LANGUAGE_CODE
    with translation.override(language):
        inbound.reply = _act_on(inbound)
    # Whoever was new is known now: what they wrote is theirs, to be read and erased with them.
    inbound.person = inbound.person or Person.objects.reached_at(ChannelKind.MOBILE, number)
    inbound.save()
    if inbound.reply:
        transaction.on_commit(lambda: reply_to.enqueue(inbound.pk))
    return inbound


@task()
def reply_to(pk: int) -> None:
    """Send our reply to an SMS, once. Safe to repeat."""
    inbound = Inbound.objects.get(pk=pk)
    if inbound.deliveries.filter(outcome__in=ARRIVING).exists():
        return
    text = sms.plain(inbound.reply)
    try:
        sent = sms.send_sms(inbound.from_value, text, key=f"reply-{inbound.pk}")
        outcome, error = Outcome.SENT, ""
    except sms.SmsNotSent as problem:
        sent, outcome, error = sms.Sent(), Outcome.FAILED, str(problem)[:300]
    Delivery.objects.create(
        inbound=inbound,
        channel_kind=ChannelKind.MOBILE,
        channel_value=inbound.from_value,
        text=text,
        outcome=outcome,
        error=error,
        gateway_id=sent.gateway_id,
        segments=segments(text) if outcome == Outcome.SENT else 0,
        cost_cents=sent.cents or 0,
        purse=inbound.notice.purse if inbound.notice else None,
    )


def reply_again(now: datetime.datetime) -> None:
    """Send once more the replies that could not leave, while they still make sense."""
    lately = Inbound.objects.filter(received_at__gte=now - REPLY_WITHIN).exclude(reply="")
    late = lately.exclude(deliveries__outcome__in=ARRIVING).order_by("pk")
    for pk in late.values_list("pk", flat=True):
        reply_to.enqueue(pk)


def _number(value: str) -> str:
    """The number in E.164; a sender that is no number is kept as it came."""
    try:
        return read_address(value)[1][:32]
    except ValidationError:
        return value[:32]


def _act_on(inbound: Inbound) -> str:
    """Do what the text asks, and return the reply; what nobody understands waits for a human."""
    if is_stop(inbound.text):
        return _stop(inbound)
    if is_resume(inbound.text):
        return _resume(inbound)
    if found := answers.keyword(inbound.text):
        handler, match = found
        inbound.understood = True
        return _guarded(lambda: handler(inbound.person, match, number=inbound.from_value))
    going_on = answers.continued(inbound.person, inbound.text, number=inbound.from_value)
    if going_on is not None:
        inbound.understood = True
        return going_on
    return _answer(inbound)


def _answer(inbound: Inbound) -> str:
    """Take the text as an answer to what is asked at that number."""
    open_here = list(
        Notice.objects.asking()
        .filter(channel_value=inbound.from_value, recipient=inbound.person)
        .exclude(digits={})
        .select_related("person", "recipient", "purse")
        .order_by("-created_at", "-pk")
    )
    offers = {offer: notice for notice in open_here for offer in _offers(notice)}
    meant = read(inbound.text, list(offers))
    # A word is said of what still waits; a digit, of the one question it was given to.
    meant = [offer for offer in meant if offers[offer].settled_at is None] or meant
    if not meant or inbound.person is None:
        inbound.notice = open_here[0] if open_here else _latest_at(inbound)
        return _acknowledge(inbound)
    inbound.understood = True
    if len(meant) > 1:
        return _which_one([(offer, offers[offer]) for offer in meant])
    offer, notice = meant[0], offers[meant[0]]
    inbound.notice = notice
    by = inbound.person
    return _guarded(
        lambda: take_answer(notice=notice, answer=notice.digits[offer.digit], by=by, via="sms")
    )


def _offers(notice: Notice) -> list[Offer]:
    return [
        Offer(digit, known_by(str(answer.label), answer.words), notice.answered_at is None)
        for digit, answer in (
            (digit, answers.answer_of(notice.answers[key])) for digit, key in notice.digits.items()
        )
    ]


def _guarded(act: Callable[[], str]) -> str:
    """What the act says, or why it was refused."""
    try:
        with transaction.atomic():
            return str(act())
    except Refused as refused:
        return " ".join(refused.messages)


def _which_one(meant: list[tuple[Offer, Notice]]) -> str:
    """Ask which of several questions was answered, by their digits."""
    choices = " ; ".join(
        _("%(digit)s pour « %(subject)s »") % {"digit": offer.digit, "subject": notice.subject}
        for offer, notice in meant
    )
    return _("Plusieurs questions vous attendent. Répondez %(choices)s.") % {"choices": choices}


def _latest_at(inbound: Inbound) -> Notice | None:
    """What was last told at that number: most likely what they speak of."""
    told = Notice.objects.filter(channel_value=inbound.from_value)
    return told.order_by("-created_at", "-pk").first()


def _acknowledge(inbound: Inbound) -> str:
    """Tell a person we know that somebody will read it; once a day, and never a stranger."""
    since = timezone.now() - ONE_ACKNOWLEDGEMENT
    said = Inbound.objects.filter(from_value=inbound.from_value, received_at__gte=since)
    if inbound.person is None or said.unclear().exclude(reply="").exists():
        return ""
    return _("Merci. Quelqu’un de l’équipe lit votre message et vous répond.")


def _stop(inbound: Inbound) -> str:
    """No more SMS there but sign-in codes; said once."""
    inbound.understood = True
    channel = _own_mobile(inbound)
    if channel is None or not NewsStop.objects.get_or_create(channel=channel)[1]:
        return ""
    record("stop-sms", channel.person, by=inbound.person)
    return _(
        "C’est noté : plus de SMS, sauf vos codes de connexion. "
        "Pour en recevoir à nouveau, répondez REPRENDRE."
    )


def _resume(inbound: Inbound) -> str:
    inbound.understood = True
    channel = _own_mobile(inbound)
    if channel is None or not NewsStop.objects.filter(channel=channel).delete()[0]:
        return ""
    record("resume-sms", channel.person, by=inbound.person)
    return _("C’est noté : nous vous écrivons à nouveau par SMS.")


def _own_mobile(inbound: Inbound) -> Channel | None:
    mobiles = Channel.objects.verified().filter(kind=ChannelKind.MOBILE, person=inbound.person)
    return mobiles.filter(value=inbound.from_value).first()

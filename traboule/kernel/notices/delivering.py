"""Carrying a notice to the person: by machine when one reaches them, else by someone's hands.

A notice is claimed in one transaction, sent outside of any, and noted in another. Whoever dies in
between leaves a claim that runs out; the next try carries the same key, by which the gateway
knows the message and sends it once.
"""

import datetime
import logging
from dataclasses import dataclass
from decimal import Decimal
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from traboule.kernel.people import sms
from traboule.kernel.people.gsm import segments
from traboule.kernel.people.models import Person

from . import wording
from .choosing import Route, Way, route_of
from .dressing import Dress, dress_of
from .message_ids import message_id
from .models import DIGEST, Delivery, Notice, Outcome, Purse, State
from .numbering import give_digits
from .timing import end_of_night

logger = logging.getLogger(__name__)

CLAIM = datetime.timedelta(minutes=10)
RETRIES = (
    datetime.timedelta(minutes=5),
    datetime.timedelta(minutes=30),
    datetime.timedelta(hours=2),
)
EMPTY_PURSE = _("Bourse de SMS du mois vide : un appel.")
BY_HAND = {Way.CALL: State.TO_CALL, Way.POST: State.TO_POST, Way.WEB: State.WEB}


class NotCarried(Exception):  # noqa: N818 - it says what happened.
    """The e-mail or SMS service refused the message or could not be reached."""


@dataclass(frozen=True)
class Leaving:
    """A message about to leave, and the row that says so."""

    way: Way
    delivery: Delivery
    subject: str
    key: str
    dress: Dress


@task()
def deliver_notice(pk: int) -> None:
    """Carry one notice in the background."""
    deliver(pk, now=timezone.now())


@task(priority=-10)
def deliver_notices(keys: list[int]) -> None:
    """Carry many notices, after what is told to one person alone; one that fails stops no other."""
    for pk in keys:
        try:
            deliver(pk, now=timezone.now())
        except Exception:  # Its claim runs out, and it is tried again.
            logger.exception("the notice %s could not be carried", pk)


def deliver(pk: int, *, now: datetime.datetime) -> None:
    """Carry one notice if its hour has come. Safe to repeat, also by two workers at once."""
    leaving = _claim(pk, now=now)
    if leaving is None:
        return
    try:
        sent = _carry(leaving)
    except NotCarried as problem:
        _note_failure(leaving.delivery, problem, now=now)
    else:
        _note_sent(leaving.delivery, sent)


@transaction.atomic
def _claim(pk: int, *, now: datetime.datetime) -> Leaving | None:
    """Take charge of a notice, or hand it over to those who call and post."""
    notice = Notice.objects.select_for_update().due(now=now).filter(pk=pk).first()
    if notice is None:
        return None
    # Two questions that leave for one person at once get their digits one after the other.
    recipient = Person.objects.select_for_update().get(pk=notice.recipient_id)
    route = route_of(recipient, urgent=notice.urgent)
    if route.way in BY_HAND:
        _hand_over(notice, route)
        return None
    if route.way == Way.SMS:
        return _claim_sms(notice, route, now=now)
    with translation.override(notice.language):
        dress = dress_of(notice)
    return _leaving(
        notice, route, text=wording.email(notice, foot=dress.foot), now=now, dress=dress
    )


def _claim_sms(notice: Notice, route: Route, *, now: datetime.datetime) -> Leaving | None:
    morning = end_of_night(now) if route.recipient.quiet_nights else None
    if morning:
        notice.change(not_before=morning)
        return None
    _give_digits(notice, value=route.value)
    text = sms.plain(wording.sms(notice))
    count = segments(text)
    cost = count * settings.SMS_PRICE_CENTS
    if notice.purse_id and not _afford(notice.purse_id, cost, now=now):
        _hand_over(notice, route, reason=EMPTY_PURSE)
        return None
    return _leaving(notice, route, text=text, now=now, segments=count, cost=cost)


def _give_digits(notice: Notice, *, value: str) -> None:
    asking = notice.gathered.order_by("created_at", "pk") if notice.kind == DIGEST else [notice]
    for one in asking:
        give_digits(one, value=value)


def _afford(purse_key: int, cost: Decimal, *, now: datetime.datetime) -> bool:
    """Whether the purse still holds that much; whoever asks at the same time waits."""
    purse = Purse.objects.select_for_update().get(pk=purse_key)
    return purse.left(now=now) >= cost


def _hand_over(notice: Notice, route: Route, *, reason: object = None) -> None:
    """No machine: someone calls or posts, or the message waits on the site."""
    state = State.TO_CALL if reason else BY_HAND[route.way]
    with translation.override(settings.LANGUAGE_CODE):
        why = str(reason or route.reason)
    notice.move(
        state,
        channel_kind=route.kind,
        channel_value=route.value,
        reason=why,
        not_before=None,
    )


def _leaving(
    notice: Notice,
    route: Route,
    *,
    text: str,
    now: datetime.datetime,
    segments: int = 0,
    cost: Decimal = Decimal(0),
    dress: Dress | None = None,
) -> Leaving:
    notice.change(
        attempts=notice.attempts + 1,
        not_before=now + CLAIM,
        channel_kind=route.kind,
        channel_value=route.value,
    )
    delivery = Delivery.objects.create(
        notice=notice,
        at=now,
        channel_kind=route.kind,
        channel_value=route.value,
        text=text,
        outcome=Outcome.LEAVING,
        segments=segments,
        cost_cents=cost,
        purse_id=notice.purse_id,
    )
    key = f"notice-{notice.pk}"
    return Leaving(route.way, delivery, notice.subject, key, dress or Dress())


def _carry(leaving: Leaving) -> sms.Sent:
    to, text = leaving.delivery.channel_value, leaving.delivery.text
    try:
        if leaving.way == Way.SMS:
            return sms.send_sms(to, text, key=leaving.key)
        _email(leaving, to, text).send()
    except (sms.SmsNotSent, SMTPException, OSError) as problem:
        raise NotCarried(str(problem)) from problem
    return sms.Sent()


def _email(leaving: Leaving, to: str, text: str) -> EmailMultiAlternatives:
    """The e-mail as it leaves: to one person alone, and what comes back goes to our mailbox."""
    dress, sender = leaving.dress, settings.DEFAULT_FROM_EMAIL
    message = EmailMultiAlternatives(
        leaving.subject,
        text,
        settings.BOUNCE_ADDRESS or sender,
        [to],
        reply_to=dress.reply_to or None,
        headers={
            "From": sender,
            "Message-ID": message_id(leaving.delivery.notice_id or 0),
            "Auto-Submitted": "auto-generated",
            **dress.headers,
        },
    )
    if dress.html:
        message.attach_alternative(dress.html, "text/html")
    return message


@transaction.atomic
def _note_sent(delivery: Delivery, sent: sms.Sent) -> None:
    notice = _notice_of(delivery)
    delivery.outcome, delivery.gateway_id = Outcome.SENT, sent.gateway_id
    if sent.cents is not None:
        delivery.cost_cents = sent.cents
    delivery.save(update_fields=["outcome", "gateway_id", "cost_cents"])
    if notice.state == State.WAITING:
        notice.move(State.SENT, not_before=None)


@transaction.atomic
def _note_failure(delivery: Delivery, problem: NotCarried, *, now: datetime.datetime) -> None:
    """Try again later, then leave it to the queue; what did not leave costs nothing."""
    notice = _notice_of(delivery)
    delivery.outcome, delivery.error = Outcome.FAILED, str(problem)[:300]
    delivery.cost_cents = Decimal(0)
    delivery.save(update_fields=["outcome", "error", "cost_cents"])
    if notice.state != State.WAITING:
        return
    if notice.attempts > len(RETRIES):
        notice.move(State.FAILED, not_before=None)
    else:
        notice.change(not_before=now + RETRIES[notice.attempts - 1])


def _notice_of(delivery: Delivery) -> Notice:
    return Notice.objects.select_for_update().get(deliveries=delivery)


@transaction.atomic
def note_report(*, gateway_id: str, delivered: bool, error: str = "") -> bool:
    """Keep what the gateway says became of a message; False for one it never took from us."""
    delivery = Delivery.objects.filter(gateway_id=gateway_id).exclude(gateway_id="").first()
    if delivery is None:
        return False
    delivery.outcome = Outcome.DELIVERED if delivered else Outcome.FAILED
    delivery.error = error[:300]
    delivery.save(update_fields=["outcome", "error"])
    if delivery.notice_id:
        notice = _notice_of(delivery)
        arrived = State.DELIVERED if delivered else State.FAILED
        if arrived in notice.next_states:
            notice.move(arrived)
    return True

"""Carrying an individual message in the background: once, and not if they answered meanwhile.

These messages do not pass through ``notices.tell``: that never writes by machine to an address
that nobody proved, rightly, since it speaks for the house. Here an adviser writes to one person,
in their own name, at the address that the person or a partner gave, after reading each word, and
the answer comes back to the adviser.
"""

import datetime
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from traboule.kernel.notices.models import Delivery, NewsStop, Notice, Purse
from traboule.kernel.notices.models import Outcome as Carried
from traboule.kernel.notices.models import State as Told
from traboule.kernel.notices.timing import end_of_night
from traboule.kernel.people import sms
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.gsm import segments
from traboule.kernel.people.models import Person

from .informing import information, stop_url
from .models import Contact, Message

CLAIM = datetime.timedelta(minutes=10)
RETRIES = (datetime.timedelta(minutes=5), datetime.timedelta(hours=1))
State, Way = Message.State, Message.Way


@task()
def carry_message(pk: int) -> None:
    """Carry one message whose hour has come. Safe to repeat, also by two workers at once."""
    carry(pk, now=timezone.now())


def leave_again(now: datetime.datetime) -> None:
    """What waited for the morning, for a second try, or for a worker that died."""
    waiting = Message.objects.filter(state=State.READY, leaving_until__lte=now)
    for pk in waiting.order_by("pk").values_list("pk", flat=True)[:500]:
        carry_message.enqueue(pk)


def carry(pk: int, *, now: datetime.datetime) -> None:
    """Claim it, send it outside of any transaction, and note what became of it."""
    # Late: the actions enqueue this task.
    from .actions.messages import fail, note_sent

    message = _claim(pk, now=now)
    if message is None:
        return
    try:
        _send(message)
    except (SMTPRecipientsRefused, _Refused) as problem:
        with transaction.atomic():
            fail(_row(pk), str(problem))
    except (SMTPException, OSError, sms.SmsNotSent) as problem:
        _try_again(pk, str(problem), now=now)
    else:
        with transaction.atomic():
            sent = _row(pk)
            if sent.state == State.READY:
                note_sent(sent, by=sent.by)


class _Refused(Exception):  # noqa: N818 - it says what happened.
    """It cannot leave, and trying again would change nothing."""


def _row(pk: int) -> Message:
    rows = Message.objects.select_for_update(of=("self",)).for_listing()
    found: Message = rows.get(pk=pk)
    return found


@transaction.atomic
def _claim(pk: int, *, now: datetime.datetime) -> Message | None:
    """Take charge of a message, unless someone has, or there is no reason to send it any more."""
    message = Message.objects.select_for_update(of=("self",)).filter(pk=pk).for_listing().first()
    if message is None or message.state != State.READY:
        return None
    if message.leaving_until and message.leaving_until > now:
        return None
    if why := _why_not(message):
        message.state, message.reason = State.STOPPED, why
        message.save(update_fields=["state", "reason"])
        return None
    morning = end_of_night(now) if message.way == Way.SMS else None
    message.leaving_until = morning or now + CLAIM
    message.attempts += morning is None
    message.save(update_fields=["leaving_until", "attempts"])
    return None if morning else message


def _why_not(message: Message) -> str:
    """Why it must not leave any more; nothing if it must."""
    contact, event = message.contact, message.event
    if contact.state == Contact.State.GIVEN_UP:
        return _("La personne ne souhaite pas être contactée.")
    if event and event.is_over:
        return _("L’atelier est passé.")
    if event and event.state == event.State.CANCELLED:
        return _("L’atelier est annulé.")
    if event and event.signups.live().filter(person=contact.person_id).exists():
        return _("La personne a déjà répondu pour cet atelier.")
    return ""


def _send(message: Message) -> None:
    contact = message.contact
    with translation.override(contact.person.language):
        if message.way == Way.SMS:
            _send_sms(message)
            return
        if contact.email is None:
            raise _Refused(_("Plus d’adresse e-mail sur la fiche."))
        headers = {"Message-ID": f"<outreach-{message.pk}-{message.attempts}@"
                                 f"{settings.ALLOWED_HOSTS[0]}>",
                   "List-Unsubscribe": f"<{stop_url(contact)}>"}  # fmt: skip
        EmailMessage(
            " ".join(message.subject.split()),
            whole_text(message),
            None,
            [contact.email.value],
            reply_to=_reply_to(message.by),
            headers=headers,
        ).send()


def whole_text(message: Message) -> str:
    """The words of the adviser; at first contact, then, where the data come from."""
    contact = message.contact
    parts = [message.text.strip()]
    if contact.informed_at is None:
        parts.append(information(contact))
    else:
        parts.append(_("Ne plus recevoir de message : %(url)s") % {"url": stop_url(contact)})
    return "\n\n".join(parts) + "\n"


def _reply_to(by: Person | None) -> list[str]:
    """The adviser's own address, so that answers reach them."""
    theirs = by.channels.verified().filter(kind=ChannelKind.EMAIL) if by else None
    channel = theirs.order_by("-is_preferred", "pk").first() if theirs is not None else None
    return [channel.value] if channel else []


def _send_sms(message: Message) -> None:
    """Pay from the purse of the space, and send. Raises _Refused when it is empty."""
    contact = message.contact
    if contact.mobile is None:
        raise _Refused(_("Plus de mobile sur la fiche."))
    if NewsStop.objects.filter(channel=contact.mobile).exists():
        raise _Refused(_("Plus de SMS à sa demande : appelez."))
    text = sms.plain(f"{message.text.strip()} STOP : {stop_url(contact)}")
    delivery = _pay(message, text, contact.mobile.value)
    sent = sms.send_sms(contact.mobile.value, text, key=f"outreach-{message.pk}")
    delivery.outcome, delivery.gateway_id = Carried.SENT, sent.gateway_id
    delivery.cost_cents = delivery.cost_cents if sent.cents is None else sent.cents
    delivery.save(update_fields=["outcome", "gateway_id", "cost_cents"])


@transaction.atomic
def _pay(message: Message, text: str, number: str) -> Delivery:
    """Count what it costs before it leaves, as a notice that was carried by hand. Once."""
    space, person = message.contact.space, message.contact.person
    cost = segments(text) * settings.SMS_PRICE_CENTS
    purse = Purse.objects.select_for_update().filter(space=space).first()
    notice, created = Notice.objects.get_or_create(
        key=f"outreach.message:{message.pk}",
        defaults={
            "person": person, "recipient": person, "kind": "outreach.message",
            "subject": message.subject[:200], "text": text, "language": person.language,
            "purse": purse, "owner": message.by, "state": Told.SENT,
            "channel_kind": ChannelKind.MOBILE, "channel_value": number,
        },
    )  # fmt: skip
    delivery = notice.deliveries.order_by("pk").first()
    if delivery:
        return delivery
    if purse and purse.left() < cost:
        if created:
            notice.delete()
        raise _Refused(_("Bourse de SMS du mois vide : appelez."))
    return Delivery.objects.create(
        notice=notice, channel_kind=ChannelKind.MOBILE, channel_value=number, text=text,
        outcome=Carried.LEAVING, segments=segments(text), cost_cents=cost, purse=purse,
        by=message.by,
    )  # fmt: skip


@transaction.atomic
def _try_again(pk: int, problem: str, *, now: datetime.datetime) -> None:
    """Later, then never: somebody calls."""
    # Late: the actions enqueue this task.
    from .actions.messages import fail

    message = _row(pk)
    if message.attempts > len(RETRIES):
        fail(message, problem)
    else:
        message.leaving_until, message.reason = now + RETRIES[message.attempts - 1], problem[:300]
        message.save(update_fields=["leaving_until", "reason"])

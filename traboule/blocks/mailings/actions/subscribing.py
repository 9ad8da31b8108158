"""Asking for the letter of a space, by four doors; having enough of it, by as many."""

import datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import Bounce, Notice
from traboule.kernel.people import names
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.channels import BY_MACHINE, ChannelKind, NotSent, deliver
from traboule.kernel.people.duplicates import pointing_to_people
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..models import How, Letter, Subscription
from ..models.subscription import WORDING

State = Subscription.State
TO_CONFIRM = datetime.timedelta(days=7)
AGAIN_AFTER = datetime.timedelta(minutes=10)
MOST_ASKED_A_DAY = 200
"""By the public form of one space: beyond, somebody is playing with it."""


# Online: asked, then confirmed


@transaction.atomic
def ask(*, space: Space, name: str, kind: str, value: str, language: str) -> None:
    """Ask for the letter, and be sent a message that only whoever has this address can answer.

    Says nothing of who is known here. Raises Refused when the message cannot leave.
    """
    must_be_open(space)
    now = timezone.now()
    lately = Subscription.objects.filter(space=space, how=How.WEB)
    if lately.filter(asked_at__gte=now - datetime.timedelta(days=1)).count() >= MOST_ASKED_A_DAY:
        raise Refused(_("Trop de demandes aujourd’hui. Réessayez demain, ou appelez-nous."))
    person = Person.objects.reached_at(kind, value) or _waiting_at(space, kind, value)
    if person is None:
        channel = Channel(kind=kind, value=value)
        person = Person.objects.create_person(name=name, channels=[channel], language=language)
    subscription, is_new = Subscription.objects.select_for_update().get_or_create(
        space=space, person=person, defaults={"how": How.WEB}
    )
    if subscription.state == State.CONFIRMED:
        return
    if not is_new and subscription.state == State.ASKED:
        if now - subscription.asked_at < AGAIN_AFTER:
            return  # Whoever presses twice gets one message.
        subscription.change(asked_at=now)
    elif not is_new:
        subscription.move(State.ASKED, asked_at=now, how=How.WEB, by=None)
    record("mailings.asked", subscription, by=person)
    _send_confirmation(subscription, kind, value)


def _waiting_at(space: Space, kind: str, value: str) -> Person | None:
    """Whoever asked from this address before and has not confirmed yet."""
    asked = Subscription.objects.filter(space=space, state=State.ASKED)
    theirs = asked.filter(person__channels__kind=kind, person__channels__value=value)
    found = theirs.select_related("person").order_by("pk").first()
    return found.person if found else None


def _send_confirmation(subscription: Subscription, kind: str, value: str) -> None:
    letter = Letter.kept(subscription.space)
    said = {"letter": letter, "name": subscription.person}
    if kind == ChannelKind.MOBILE:
        text = _("%(letter)s : pour la recevoir ici, répondez LETTRE OUI. Sinon, ne faites rien.")
    else:
        path = reverse("mailings:confirm", args=[subscription.token])
        said["address"] = settings.SITE_URL + path
        text = _(
            "Bonjour %(name)s,\n\n"
            "Pour recevoir « %(letter)s », ouvrez cette page et appuyez sur le bouton :\n"
            "%(address)s\n\n"
            "Vous n’avez rien demandé ? Ne faites rien : "
            "cette adresse sera oubliée dans sept jours."
        )
    try:
        deliver(kind, value, subject=_("Confirmez : %(letter)s") % said, text=text % said)
    except NotSent as error:
        raise Refused(
            _("Le message n’a pas pu partir. Réessayez dans quelques minutes.")
        ) from error


@transaction.atomic
def confirm(*, token: str) -> Subscription:
    """What the link of the message does. Raises Refused when it is of no use any more."""
    found = Subscription.objects.select_for_update().filter(token=token).first()
    if found is None or found.state == State.ENDED:
        raise Refused(
            _("Ce lien ne sert plus. Demandez la lettre à nouveau, cela prend un instant.")
        )
    return found if found.state == State.CONFIRMED else _confirm(found, ChannelKind.EMAIL)


@transaction.atomic
def confirm_from(*, number: str) -> list[Subscription]:
    """What « LETTRE OUI » does: every request that waits for this mobile."""
    waiting = Subscription.objects.select_for_update(of=("self",)).filter(
        state=State.ASKED,
        person__channels__kind=ChannelKind.MOBILE,
        person__channels__value=number,
    )
    return [_confirm(one, ChannelKind.MOBILE) for one in waiting.order_by("pk")]


def _confirm(subscription: Subscription, kind: str) -> Subscription:
    """It holds, for whoever the address is known to be by now."""
    owner = _proven_owner(subscription.person, kind)
    if owner != subscription.person:
        theirs, _new = Subscription.objects.select_for_update().get_or_create(
            space=subscription.space, person=owner, defaults={"how": How.WEB}
        )
        subscription.delete()
        subscription = theirs
    if subscription.state != State.CONFIRMED:
        subscription.move(State.CONFIRMED, confirmed_at=timezone.now())
        record("mailings.confirmed", subscription, by=owner)
    _forgive(owner)
    return subscription


def _proven_owner(person: Person, kind: str) -> Person:
    """Who has the address from which it was asked, which is proven now.

    Someone who was known had proven it before; someone new has this one address.
    """
    if person.channels.verified().exists():
        return person
    asked_from = person.channels.filter(kind=kind).order_by("pk").first()
    if asked_from is None:
        return person
    if known := Person.objects.reached_at(kind, asked_from.value):
        return known
    asked_from.verified_at = timezone.now()
    asked_from.save(update_fields=["verified_at"])
    return person


def _forgive(person: Person) -> None:
    """Who asks for letters after having complained of them wants them again."""
    complaints = Bounce.objects.filter(nature=Bounce.Nature.COMPLAINT)
    complaints.filter(channel__person=person).delete()


# Told to someone of the team, or written on the sheet of the stand


@transaction.atomic
def subscribe(*, space: Space, person: Person, how: str, by: Person) -> Subscription:
    """Keep that a person agreed, as ``by`` read, heard or was shown it; or as they said by SMS."""
    must_be_open(space)
    Letter.kept(space)
    now = timezone.now()
    subscription, is_new = Subscription.objects.select_for_update().get_or_create(
        space=space, person=person, defaults={"how": how, "by": by}
    )
    if subscription.state == State.CONFIRMED:
        return subscription
    changes: dict[str, Any] = {"how": how, "by": by, "wording": WORDING, "confirmed_at": now}
    if not is_new:
        changes["asked_at"] = now
    subscription.move(State.CONFIRMED, **changes)
    _forgive(person)
    # The receipt is their first message, and says how to stop; a letter for that would be too much.
    reached = person.channels.verified().filter(kind__in=BY_MACHINE).exists()
    for_ = person if reached and by != person else None
    record("mailings.subscribed", subscription, by=by, for_=for_, how=how)
    return subscription


def person_on_sheet(*, space: Space, name: str, kind: str, value: str) -> Person:
    """Who wrote this line: someone known by that name there, else someone new.

    Whoever types vouches for a number or address that nobody has proven. Raises Refused when it
    is somebody else's.
    """
    known = Person.objects.reached_at(kind, value) if kind in BY_MACHINE else None
    if known and not _is_named(known, name):
        raise Refused(_("Ce numéro ou cette adresse est à quelqu’un d’un autre nom : vérifiez."))
    if known:
        return known
    here = Subscription.objects.filter(
        space=space, person__channels__kind=kind, person__channels__value=value
    )
    for one in here.select_related("person").order_by("pk"):
        if _is_named(one.person, name):
            return one.person
    proven = timezone.now() if kind in BY_MACHINE else None
    channel = Channel(kind=kind, value=value, verified_at=proven)
    return Person.objects.create_person(name=name, channels=[channel])


def _is_named(person: Person, name: str) -> bool:
    return names.are_close(name, person.name)


# Enough of it


@transaction.atomic
def end(*, space: Space, person: Person, by: Person, how: str = "") -> Subscription:
    """No more news of this space, whatever made it write to them. Said twice, it was once."""
    Letter.kept(space)
    now = timezone.now()
    subscription, is_new = Subscription.objects.select_for_update().get_or_create(
        space=space,
        person=person,
        defaults={"how": How.NEVER, "state": State.ENDED, "ended_at": now},
    )
    if not is_new:
        if subscription.state == State.ENDED:
            return subscription
        subscription.move(State.ENDED, ended_at=now)
    record("mailings.ended", subscription, by=by, for_=person, how=how)
    return subscription


@transaction.atomic
def take_up_again(*, subscription: Subscription, by: Person) -> None:
    """Receive it again, as whoever receives it decides."""
    subscribe(space=subscription.space, person=subscription.person, how=How.WEB, by=by)


def undo_subscribing(entry: Entry, by: Person) -> None:
    """What « no » to the receipt does."""
    one = Subscription.objects.get(pk=entry.subject_key)
    end(space=one.space, person=one.person, by=by, how="receipt")


def token_of(space_key: int, person_key: int) -> str:
    """What an address to stop at carries: nobody else can make it up."""
    return Signer(salt="mailings.stop").sign(f"{space_key}-{person_key}").replace(":", ".")


def read_token(token: str) -> tuple[Space, Person] | None:
    """The space and the person of such an address."""
    try:
        plain = Signer(salt="mailings.stop").unsign(token.replace(".", ":", 1))
    except BadSignature:
        return None
    space_key, person_key = (int(key) for key in plain.split("-"))
    space = Space.objects.for_page().filter(pk=space_key).first()
    person = Person.objects.filter(pk=person_key, erased_at__isnull=True).first()
    return (space, person) if space and person else None


def hear_complaint(sender: Any, *, notice: Notice, **kwargs: Any) -> None:
    """Whoever marks news as unwanted mail wants no more of that space."""
    recipient = getattr(notice.twin_of or notice, "mailing_recipient", None)
    if recipient and recipient.mailing.is_news:
        person = recipient.person
        end(space=recipient.mailing.space, person=person, by=person, how="complaint")


def hear_stop(sender: Any, *, entry: Entry, by: Any, **kwargs: Any) -> None:
    """Whoever answers STOP to an SMS wants no letter either, of any space; hears the journal."""
    if entry.act != "stop-sms" or not isinstance(by, Person):
        return
    for one in Subscription.objects.filter(person=by).exclude(state=State.ENDED).order_by("pk"):
        end(space=one.space, person=by, by=by, how="stop-sms")


# By itself


def forget_unconfirmed(now: datetime.datetime) -> None:
    """Forget requests that nobody confirmed, and whoever is known by nothing else."""
    late = Subscription.objects.filter(state=State.ASKED, asked_at__lt=now - TO_CONFIRM)
    for subscription in late.select_related("person").order_by("pk"):
        with transaction.atomic():
            _forget(subscription)


def _forget(subscription: Subscription) -> None:
    person = subscription.person
    if subscription.ended_at:
        subscription.move(State.ENDED)
        return
    subscription.delete()
    if person.last_login or person.channels.verified().exists():
        return
    rows = (
        model._base_manager.filter(**{key.name: person})
        for model, key in pointing_to_people()
        if model is not Channel
    )
    if not any(found.exists() for found in rows):
        person.delete()

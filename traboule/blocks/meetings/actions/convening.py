"""Calling people to a meeting, and taking what they answer, by whichever door it comes."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.actions.for_others import let_in
from traboule.blocks.agenda.models import Event, Signup, Via
from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.rules import can_take_part

from .. import messages
from ..models import Convocation, Excuse, Meeting, Proxy
from .locking import locked, move

State = Meeting.State


@transaction.atomic
def convene(
    *, meeting: Meeting, audience: str, text: str, is_statutory: bool, by: Person
) -> Convocation:
    """Call a group of people, each on their own channel; each once. Raises Refused.

    Sent again, it reaches those who have come into the group since.
    """
    meeting = locked(meeting)
    group = audiences.named(meeting.space, audience)
    if group is None:
        raise Refused(_("Ce groupe n’existe plus : choisissez-en un autre."))
    if meeting.is_cancelled or meeting.has_begun:
        raise Refused(_("On ne convoque plus : la réunion a commencé, ou est annulée."))
    if not meeting.items.exists():
        raise Refused(_("Écrivez d’abord au moins un point à l’ordre du jour."))
    people = list(group.people().filter(erased_at__isnull=True).distinct().order_by("pk"))
    if not people:
        raise Refused(_("Il n’y a personne dans ce groupe."))
    said, _made = Convocation.objects.update_or_create(
        meeting=meeting,
        defaults={
            "audience": audience, "text": text, "is_statutory": is_statutory, "by": by,
            "sent_at": timezone.now(),
        },
    )  # fmt: skip
    if meeting.state == State.PREPARING:
        move(meeting, State.CONVENED)
    for person in people:
        messages.convocation(said, person, by=by)
    said.sent_to = len(people)
    said.save(update_fields=["sent_to"])
    record("meetings.convened", meeting, by=by, number=len(people))
    return said


@transaction.atomic
def come(*, meeting: Meeting, person: Person, by: Person, via: Via = Via.WEB) -> Signup:
    """Note that someone comes: a voice they had given is theirs again (``follow_agenda``)."""
    meeting = locked(meeting)
    return signups.sign_up(event=meeting.event, person=person, by=by, via=via)


@transaction.atomic
def excuse(*, meeting: Meeting, person: Person, by: Person, via: Via = Via.WEB) -> None:
    """Note that someone cannot come; the voices that they were to carry are given back."""
    meeting = locked(meeting)
    _must_be_to_come(meeting)
    _made, created = _excuse(meeting, person, by=by, via=via)
    if created:
        record("meetings.excused", meeting, by=by, for_=person)


def _excuse(meeting: Meeting, person: Person, *, by: Person, via: Via) -> tuple[Excuse, bool]:
    """The excuse, and the seat given back; carried voices fall with it (``follow_agenda``)."""
    held = Signup.objects.live().filter(event=meeting.event, person=person).first()
    if held:
        signups.cancel(signup=held, by=by, reason=_("ne peut pas venir"))
    return Excuse.objects.get_or_create(meeting=meeting, person=person, defaults={"via": via})


@transaction.atomic
def give_voice(
    *, meeting: Meeting, giver: Person, carrier: Person, by: Person, via: Via = Via.WEB
) -> Proxy:
    """Give one's voice to someone who comes; both have a receipt. Raises Refused.

    Given again to another, it is taken back from the first. Whoever asks at the same moment
    waits for the meeting's row: nobody carries more voices than the meeting allows.
    """
    meeting = locked(meeting)
    _must_be_to_come(meeting)
    given = _given(meeting, giver)
    if given and given.carrier_id == carrier.pk:
        return given
    # Whoever stops coming at this moment waits, then finds the voice and gives it back.
    Event.objects.select_for_update().get(pk=meeting.event_id)
    _check_voice(meeting, giver, carrier)
    if given:
        _withdraw(given, by=by)
    _excuse(meeting, giver, by=by, via=via)
    proxy = Proxy.objects.create(meeting=meeting, giver=giver, carrier=carrier, via=via, by=by)
    record("meetings.gave-voice", meeting, by=by, for_=giver, proxy=proxy.pk)
    if by.pk == giver.pk:  # Done for them, the journal writes them a receipt.
        messages.voice_given(proxy)
    messages.voice_to_carry(proxy)
    return proxy


def _check_voice(meeting: Meeting, giver: Person, carrier: Person) -> None:
    """Refuse a voice that may not be given, in words that say what to do."""
    if giver.pk == carrier.pk:
        raise Refused(_("On donne sa voix à quelqu’un d’autre."))
    if not can_take_part(giver, meeting.space):
        raise Refused(_("Seuls les membres de l’espace peuvent donner leur voix."))
    if not can_take_part(carrier, meeting.space):
        raise Refused(_("%(name)s ne fait pas partie des membres.") % {"name": carrier})
    coming = Signup.objects.going().filter(event=meeting.event, person=carrier)
    if not coming.exists():
        raise Refused(
            _("%(name)s n’a pas dit venir : choisissez quelqu’un qui vient, ou demandez-lui.")
            % {"name": carrier}
        )
    carried = Proxy.objects.filter(meeting=meeting, carrier=carrier, withdrawn_at=None)
    if carried.exclude(giver=giver).count() >= meeting.voices_each:
        raise Refused(
            _("%(name)s porte déjà autant de voix que possible : choisissez une autre personne.")
            % {"name": carrier}
        )


@transaction.atomic
def withdraw_voice(*, proxy: Proxy, by: Person) -> None:
    """Take a voice back, or decline to carry it, until the meeting begins. Repeatable."""
    meeting = locked(proxy.meeting)
    proxy = Proxy.objects.select_related("giver", "carrier").get(pk=proxy.pk)
    if proxy.withdrawn_at:
        return
    _must_be_to_come(meeting)
    _withdraw(proxy, by=by)


def _withdraw(proxy: Proxy, *, by: Person | None) -> None:
    """Take it back, and tell whoever did not do it; done by the team, it is for the giver."""
    proxy.withdrawn_at = timezone.now()
    proxy.save(update_fields=["withdrawn_at"])
    for_ = proxy.giver if by and by.pk not in {proxy.giver_id, proxy.carrier_id} else None
    record("meetings.withdrew-voice", proxy.meeting, by=by, for_=for_, proxy=proxy.pk)
    messages.voice_withdrawn(proxy, by=by)


def undo_voice(entry: Entry, by: Any) -> None:
    """Take back a voice that somebody gave in one's name."""
    withdraw_voice(proxy=Proxy.objects.get(pk=entry.details["proxy"]), by=by)


COMING = {"agenda.signed-up", "agenda.put-on-waiting-list"}
MOVED = {"agenda.moved", "agenda.cancelled"}


def follow_agenda(sender: Any, *, entry: Entry, by: Any, subject: Any, **kwargs: Any) -> None:
    """Keep up with what is done in the agenda, by whichever door; listens to the journal.

    Whoever signs up is excused no more and has their voice back; whoever gives their seat back
    carries no voice; a new hour or a cancelling is told to all who were called.
    """
    if not isinstance(subject, Event):
        return
    actor = by if isinstance(by, Person) else None
    if entry.act in COMING:
        _come_after_all(subject, _who(entry), by=actor)
    elif entry.act == "agenda.cancelled-signup":
        carried = _live().filter(meeting__event=subject, carrier__in=_who(entry))
        for proxy in carried.order_by("pk"):
            _withdraw(proxy, by=actor if actor == proxy.carrier else None)
    elif entry.act in MOVED:
        meeting = Meeting.objects.for_page().filter(event=subject, state=State.CONVENED).first()
        if meeting:
            messages.date_changed(meeting)


def _come_after_all(event: Event, person: Any, *, by: Person | None) -> None:
    Excuse.objects.filter(meeting__event=event, person__in=person).delete()
    for proxy in _live().filter(meeting__event=event, giver__in=person).order_by("pk"):
        _withdraw(proxy, by=by)


def _who(entry: Entry) -> Any:
    """Whose sign-up the entry is about."""
    return Signup.objects.filter(pk=entry.details["signup"]).values("person")


@transaction.atomic
def reply_for(
    *, meeting: Meeting, person: Person, answer: str, carrier: Person | None, by: Person, via: Via
) -> None:
    """Note what someone said by telephone or on paper: ``yes``, ``no`` or ``voice``."""
    let_in(space=meeting.space, person=person, by=by)
    if answer == "yes":
        come(meeting=meeting, person=person, by=by, via=via)
    elif answer == "voice" and carrier:
        give_voice(meeting=meeting, giver=person, carrier=carrier, by=by, via=via)
    else:
        excuse(meeting=meeting, person=person, by=by, via=via)


def _given(meeting: Meeting, person: Person) -> Proxy | None:
    """The voice that this person has given, if any."""
    return _live().filter(meeting=meeting, giver=person).first()


def _live() -> Any:
    """The voices that are carried."""
    found = Proxy.objects.filter(withdrawn_at=None)
    return found.select_related("meeting__event", "meeting__space", "giver", "carrier")


def _must_be_to_come(meeting: Meeting) -> None:
    if meeting.state != State.CONVENED:
        raise Refused(_("Les réponses ne sont pas ouvertes pour cette réunion."))
    if meeting.has_begun or meeting.is_cancelled:
        raise Refused(_("La réunion a commencé, ou est annulée : c’est trop tard."))

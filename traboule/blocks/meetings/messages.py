"""What meetings tell people: short where it is a text message, whole where it is read on paper."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traboule.blocks.agenda.messages import CANCELLED, CHANGED, values_of
from traboule.blocks.agenda.models import Event
from traboule.blocks.agenda.wording import day, day_and_year, when
from traboule.kernel.notices.actions import tell
from traboule.kernel.notices.choosing import Way, routes_of
from traboule.kernel.people.models import Person

from .attendance import CONVOCATION, attendance_of, convened
from .content import actions_in, decisions_in, public_content
from .models import ActionPoint, Amendment, Convocation, Meeting, Proxy

YES, NO, GIVE = "meetings.yes", "meetings.no", "meetings.give-voice"
WITHDRAW, DECLINE, DONE = "meetings.withdraw-voice", "meetings.decline-voice", "meetings.done"
"""What an answer by a digit stands for; ``answers`` says what each does."""


def is_read_at_length(person: Person) -> bool:
    """Whether what they are told reaches them as a letter or an e-mail, which hold a whole text."""
    ways = {route.way for route in routes_of(person, urgent=True)}
    return bool(ways & {Way.POST, Way.EMAIL})


def is_posted(person: Person) -> bool:
    """Whether what they are told reaches them as a letter."""
    return any(route.way == Way.POST for route in routes_of(person, urgent=True))


# Coming


def convocation(said: Convocation, person: Person, *, by: Person) -> None:
    """Call someone to a meeting: they come, do not, or give their voice."""
    meeting, long = said.meeting, is_read_at_length(person)
    tell(
        person=person,
        kind=CONVOCATION,
        subject=lambda: _("Réunion du %(day)s") % {"day": day(meeting.day)},
        text=lambda: convocation_text(meeting, said.text, long=long),
        url=meeting.get_absolute_url(),
        urgent=True,
        purse=meeting.space.purse,
        owner=by,
        answers={"1": YES, "2": NO, "3": GIVE},
        answer_by=meeting.event.starts_at,
        data={"meeting": meeting.pk, "person": person.pk},
        key=f"{CONVOCATION}:{meeting.pk}:{person.pk}",
    )


def convocation_text(meeting: Meeting, words: str, *, long: bool) -> str:
    """The convocation: date and place in a text message; with the agenda and how to give one's
    voice in a letter or an e-mail."""
    values = {
        "space": meeting.space,
        "when": when(meeting.event),
        "place": meeting.event.place_name or meeting.space.initiative.place,
        "code": meeting.event.code,
    }
    if not long:
        return _("%(space)s : réunion %(when)s, %(place)s. Venez-vous ?") % values
    called = _("%(space)s vous convoque à sa réunion, %(when)s, %(place)s.") % values
    items = meeting.items.order_by("position", "pk")
    agenda = [_("Ordre du jour :"), *(f"{n}. {one.title}" for n, one in enumerate(items, 1))]
    voice = _("Vous ne pouvez pas venir ? Dites qui vient et porte votre voix, sur le site, par "
              "téléphone, ou par SMS : VOIX %(code)s et son nom.") % values  # fmt: skip
    return "\n".join([called, *filter(None, [words]), *agenda, voice])


def date_changed(meeting: Meeting) -> None:
    """The hour or the place changed, or nothing takes place: all who were called are told.

    Those who signed up are told by the agenda.
    """
    event = Event.objects.for_page().get(pk=meeting.event_id)
    is_off = event.state == Event.State.CANCELLED
    coming = set(event.signups.live().values_list("person", flat=True))
    for person in convened(meeting):
        if person.pk in coming:
            continue
        tell(
            person=person,
            kind="meetings.date-changed",
            subject=gettext_lazy("Annulation : %(title)s")
            if is_off
            else gettext_lazy("Changement : %(title)s"),
            text=CANCELLED if is_off else CHANGED,
            values=values_of(event),
            url=meeting.get_absolute_url(),
            urgent=True,
            purse=meeting.space.purse,
            answers=None if is_off else {"1": YES, "2": NO, "3": GIVE},
            answer_by=event.starts_at,
            data={"meeting": meeting.pk, "person": person.pk},
            key=f"meetings.date-changed:{meeting.pk}:{person.pk}:{event.revision}",
        )


def voice_given(proxy: Proxy) -> None:
    """The receipt of whoever gave their voice: they may take it back until the meeting begins."""
    _tell(
        proxy.meeting,
        proxy.giver,
        kind="meetings.voice-given",
        subject=gettext_lazy("Votre voix est donnée"),
        text=gettext_lazy("%(other)s porte votre voix à la réunion du %(day)s. Vous pouvez la "
                          "reprendre jusqu’au début de la réunion."),
        values={"other": proxy.carrier},
        answers={"0": WITHDRAW},
        data={"proxy": proxy.pk},
        key=f"meetings.voice-given:{proxy.pk}",
    )  # fmt: skip


def voice_to_carry(proxy: Proxy) -> None:
    """Tell the carrier, who may say no."""
    _tell(
        proxy.meeting,
        proxy.carrier,
        kind="meetings.voice-to-carry",
        subject=gettext_lazy("Une voix vous est confiée"),
        text=gettext_lazy("%(other)s ne peut pas venir à la réunion du %(day)s et vous confie sa "
                          "voix."),
        values={"other": proxy.giver},
        answers={"0": DECLINE},
        data={"proxy": proxy.pk},
        key=f"meetings.voice-to-carry:{proxy.pk}",
    )  # fmt: skip


def voice_withdrawn(proxy: Proxy, *, by: Person | None) -> None:
    """Tell whoever did not do it that the voice is carried no more."""
    if by is None or by.pk != proxy.carrier_id:
        _tell(
            proxy.meeting,
            proxy.carrier,
            kind="meetings.voice-withdrawn",
            subject=gettext_lazy("Une voix est reprise"),
            text=gettext_lazy("Vous ne portez plus la voix de %(other)s à la réunion du %(day)s."),
            values={"other": proxy.giver},
            key=f"meetings.voice-withdrawn:{proxy.pk}:carrier",
        )
    if by is None or by.pk == proxy.carrier_id:  # Done for them, they have a receipt.
        _tell(
            proxy.meeting,
            proxy.giver,
            kind="meetings.voice-withdrawn",
            subject=gettext_lazy("Votre voix n’est plus portée"),
            text=gettext_lazy("%(other)s ne porte plus votre voix à la réunion du %(day)s. Venez, "
                              "ou choisissez une autre personne."),
            values={"other": proxy.carrier},
            key=f"meetings.voice-withdrawn:{proxy.pk}:giver",
        )  # fmt: skip


def _tell(
    meeting: Meeting, person: Person, *, values: Mapping[str, object] | None = None, **words: Any
) -> None:
    """Something of a meeting, at once."""
    tell(
        person=person,
        url=meeting.get_absolute_url(),
        urgent=True,
        purse=meeting.space.purse,
        values={"day": _Day(meeting)} | dict(values or {}),
        **words,
    )


class _Day:
    """The day of a meeting, written when it is read, in the language of whoever reads."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting

    def __str__(self) -> str:
        return day(self.meeting.day)


# Minutes


def to_read_again(meeting: Meeting, *, by: Person) -> None:
    """Tell those who were there, or were represented, that the draft waits for their remarks."""
    there = attendance_of(meeting)
    people = {one.pk: one for one in there.present}
    people |= {one.giver_id: one.giver for one in there.carried}
    for person in people.values():
        if person.pk == by.pk:
            continue
        posted = is_posted(person)
        tell(
            person=person,
            kind="meetings.to-read-again",
            subject=gettext_lazy("Un compte-rendu à relire"),
            text=lambda posted=posted: _draft_text(meeting, whole=posted),  # type: ignore[misc]
            url=meeting.get_absolute_url(),
            urgent=posted,
            purse=meeting.space.purse,
            owner=by,
            data={"meeting": meeting.pk},
            key=f"meetings.to-read-again:{meeting.pk}:{person.pk}",
        )


def _draft_text(meeting: Meeting, *, whole: bool) -> str:
    assert meeting.amend_until  # noqa: S101 (it is open to amendments until a day)
    asked = _("Le compte-rendu de la réunion du %(day)s est à relire jusqu’au %(until)s. Une "
              "erreur, un oubli ? Dites-le sur le site ou par téléphone.") % {
        "day": day(meeting.day), "until": day(meeting.amend_until),
    }  # fmt: skip
    return "\n".join([asked, *_whole(public_content(meeting))]) if whole else asked


def minutes_to_read(meeting: Meeting, person: Person, *, by: Person) -> None:
    """Give someone the approved minutes: all that matters in a letter, the way to them else."""
    posted, long = is_posted(person), is_read_at_length(person)
    tell(
        person=person,
        kind="meetings.minutes",
        subject=lambda: _("Compte-rendu de la réunion du %(day)s") % {"day": day(meeting.day)},
        text=lambda: minutes_text(meeting, long=long),
        url=meeting.get_absolute_url(),
        urgent=posted,
        purse=meeting.space.purse,
        owner=by,
        data={"meeting": meeting.pk},
        key=f"meetings.minutes:{meeting.pk}:{person.pk}",
    )


def minutes_text(meeting: Meeting, *, long: bool) -> str:
    """The approved minutes as a message: the essential, decisions and what is to be done."""
    content = public_content(meeting)
    first = _("Le compte-rendu de la réunion du %(day)s est approuvé.") % {"day": day(meeting.day)}
    if long:
        return "\n".join([first, *_whole(content)])
    return f"{first} {content['summary'][0]}"


def _whole(content: dict[str, Any]) -> list[str]:
    """Summary, decisions and what is to be done, in paragraphs."""
    lines = [_("L’essentiel :"), *(f"– {line}" for line in content["summary"])]
    if decisions := decisions_in(content):
        lines += [ngettext("La décision :", "Les décisions :", len(decisions))]
        lines += [f"{one['ref']}. {one['text']} ({one['how']})" for one in decisions]
    if actions := actions_in(content):
        lines += [_("Ce qui est à faire :"), *(f"– {_action(one)}" for one in actions)]
    return [*lines, _("Présence : %(people)s.") % {"people": content["people"]}]


def _action(action: Mapping[str, str]) -> str:
    return ", ".join(filter(None, [action["text"], action["who"], action["due"]]))


def amendment_answered(amendment: Amendment, *, by: Person) -> None:
    """Tell whoever asked for a change what became of it."""
    if amendment.person is None or amendment.person.pk == by.pk:
        return
    meeting = Meeting.objects.for_page().get(pk=amendment.item.meeting_id)
    if amendment.state == Amendment.State.ACCEPTED:
        text = gettext_lazy("Votre correction au compte-rendu du %(day)s est acceptée. Merci.")
    else:
        text = gettext_lazy("Votre correction au compte-rendu du %(day)s n’est pas retenue : "
                            "%(reason)s")  # fmt: skip
    tell(
        person=amendment.person,
        kind="meetings.amendment-answered",
        subject=gettext_lazy("Votre correction"),
        text=text,
        values={"day": _Day(meeting), "reason": amendment.reason},
        url=meeting.get_absolute_url(),
        purse=meeting.space.purse,
        owner=by,
        key=f"meetings.amendment-answered:{amendment.pk}",
    )


# Things to do


def reminder(action: ActionPoint) -> None:
    """Remind whoever sees to something that its day comes near."""
    assert action.owner  # noqa: S101 (asked of those only)
    assert action.due_on  # noqa: S101 (the same)
    due = action.due_on
    tell(
        person=action.owner,
        kind="meetings.reminder",
        subject=gettext_lazy("Ce que vous avez dit faire"),
        text=lambda: (
            _("%(text)s, pour le %(day)s. Est-ce fait ?")
            % {"text": action.text, "day": day_and_year(due)}
        ),
        url=reverse("meetings:actions", args=[action.item.meeting.space.slug]),
        purse=action.item.meeting.space.purse,
        answers={"1": DONE},
        data={"action": action.pk},
        key=f"meetings.reminder:{action.pk}:{due.isoformat()}",
    )

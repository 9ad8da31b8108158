"""From a draft that people read again to approved minutes that everyone can have."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.blocks.agenda.models import Via
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.models import Space
from traboule.ui import markdown

from .. import messages
from ..content import content_of, hash_of
from ..models import Amendment, Item, Meeting, MinutesVersion, YearReport
from .locking import locked, locked_space, move
from .preparing import put_approval_on_agenda

State = Meeting.State


@transaction.atomic
def open_to_amendments(*, meeting: Meeting, until: datetime.date, by: Person) -> None:
    """Give the draft to those who were there, until a day; the next meeting will approve it.

    Raises Refused without a plain summary, or for a day that is past.
    """
    meeting = locked(meeting)
    _must_have_summary(meeting)
    if until < timezone.localdate():
        raise Refused(_("Ce jour est passé : laissez quelques jours pour relire."))
    move(meeting, State.AMENDING, amend_until=until)
    _keep_version(meeting)
    _announce_approval(meeting)
    record("meetings.opened-amendments", meeting, by=by)
    messages.to_read_again(meeting, by=by)


def _announce_approval(meeting: Meeting) -> None:
    """Put the approval on the agenda of the next meeting, if one is being prepared."""
    if meeting.approval_items.exists():
        return
    later = Meeting.objects.filter(
        space=meeting.space_id, event__starts_at__gt=meeting.event.starts_at,
        state__in=[State.PREPARING, State.CONVENED],
    ).select_related("event").order_by("event__starts_at", "pk").first()  # fmt: skip
    if later:
        put_approval_on_agenda(later, meeting)


@transaction.atomic
def propose(
    *, item: Item, person: Person, proposed: str, by: Person, passage: str = "", via: Via = Via.WEB
) -> Amendment:
    """Ask for a change to what the minutes say of a point. Raises Refused once it is too late."""
    meeting = locked(item.meeting)
    if not meeting.takes_amendments:
        raise Refused(
            _("On ne relit plus ce compte-rendu. Dites votre remarque à la prochaine réunion.")
        )
    amendment = Amendment.objects.create(
        item=item, person=person, passage=passage, proposed=proposed, via=via
    )
    for_ = None if by.pk == person.pk else person
    record("meetings.asked-amendment", meeting, by=by, for_=for_, amendment=amendment.pk)
    return amendment


@transaction.atomic
def accept(*, amendment: Amendment, notes: str, by: Person) -> None:
    """Change the minutes as asked: ``notes`` is the whole text of the point as it now reads."""
    amendment = _answered(amendment, Amendment.State.ACCEPTED)
    amendment.item.write(notes)
    record("meetings.accepted-amendment", amendment.item.meeting, by=by, amendment=amendment.pk)
    messages.amendment_answered(amendment, by=by)


@transaction.atomic
def refuse(*, amendment: Amendment, reason: str, by: Person) -> None:
    """Keep the minutes as they are, and say why."""
    amendment = _answered(amendment, Amendment.State.REFUSED, reason=reason)
    record("meetings.refused-amendment", amendment.item.meeting, by=by, amendment=amendment.pk)
    messages.amendment_answered(amendment, by=by)


def _answered(amendment: Amendment, state: Amendment.State, reason: str = "") -> Amendment:
    meeting = locked(amendment.item.meeting)
    amendment = Amendment.objects.select_related("person", "item").get(pk=amendment.pk)
    if meeting.is_approved or not amendment.may_become(state):
        raise Refused(_("Cette demande a déjà sa réponse."))
    if state == Amendment.State.REFUSED and not reason:
        raise Refused(_("Dites pourquoi : une phrase suffit."))
    amendment.state, amendment.reason = state, reason
    amendment.answered_at = timezone.now()
    amendment.save(update_fields=["state", "reason", "answered_at"])
    return amendment


@transaction.atomic
def adopt(
    *,
    meeting: Meeting,
    on: datetime.date,
    how: str,
    by: Person,
    in_meeting: Meeting | None = None,
) -> None:
    """Record that the group approved the minutes, where and how; they change no more.

    Raises Refused while someone waits for an answer, or before the meeting itself.
    """
    meeting = locked(meeting)
    _must_have_summary(meeting)
    waiting = Amendment.objects.filter(item__meeting=meeting, state=Amendment.State.PROPOSED)
    if waiting.exists():
        raise Refused(_("Répondez d’abord aux corrections demandées."))
    if on < meeting.day or on > timezone.localdate():
        raise Refused(_("Le compte-rendu s’approuve après la réunion, et pas dans l’avenir."))
    move(meeting, State.ADOPTED, approved_on=on, approval=how, approved_in=in_meeting)
    _keep_version(meeting)
    said = Item.objects.filter(meeting=in_meeting, approves=meeting, notes="")
    for item in said.exclude(meeting__state__in=[State.ADOPTED, State.PUBLISHED]):
        item.write(_("Le compte-rendu est approuvé %(how)s.") % {"how": how})
    record("meetings.adopted", meeting, by=by)


@transaction.atomic
def publish(*, meeting: Meeting, by: Person) -> None:
    """Let everyone read the approved minutes. Repeatable."""
    meeting = locked(meeting)
    if meeting.state == State.PUBLISHED:
        return
    move(meeting, State.PUBLISHED, published_at=timezone.now())
    record("meetings.published", meeting, by=by)


@transaction.atomic
def send(*, meeting: Meeting, audience: str, by: Person) -> int:
    """Send the published minutes to a group, each person once and on their channel; how many.

    Whoever is reached by post has the summary and the decisions in the letter itself.
    """
    meeting = locked(meeting)
    group = audiences.named(meeting.space, audience)
    if group is None:
        raise Refused(_("Ce groupe n’existe plus : choisissez-en un autre."))
    if meeting.state != State.PUBLISHED:
        raise Refused(_("Publiez d’abord le compte-rendu."))
    people = list(group.people().filter(erased_at__isnull=True).distinct().order_by("pk"))
    for person in people:
        messages.minutes_to_read(meeting, person, by=by)
    record("meetings.sent", meeting, by=by, number=len(people))
    return len(people)


@transaction.atomic
def write_foreword(*, space: Space, year: int, foreword: str, by: Person) -> YearReport:
    """Keep what the group says before the report of a year."""
    space = locked_space(space)
    report, _made = YearReport.objects.update_or_create(
        space=space,
        year=year,
        defaults={"foreword": foreword, "html": markdown.render(foreword)},
    )
    record("meetings.wrote-foreword", space, by=by, year=year)
    return report


def _must_have_summary(meeting: Meeting) -> None:
    if not meeting.summary_lines:
        raise Refused(_("Écrivez d’abord l’essentiel en cinq lignes : tout le monde ne lira pas "
                        "le reste."))  # fmt: skip


def _keep_version(meeting: Meeting) -> None:
    """Keep the minutes as people now read them."""
    content = content_of(meeting)
    MinutesVersion.objects.create(
        meeting=meeting,
        number=meeting.versions.count() + 1,
        state=meeting.state,
        content=content,
        sha256=hash_of(content),
    )

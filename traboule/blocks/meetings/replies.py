"""What everyone who was called to a meeting answered, and how each is reached."""

from dataclasses import dataclass

from traboule.blocks.agenda.attendance import Reach, reaches_of
from traboule.blocks.agenda.models import Signup
from traboule.engines.french import fold
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.models import Person

from .attendance import CONVOCATION
from .models import Meeting, Proxy


@dataclass(frozen=True)
class Reply:
    """One person: ``answer`` is yes, no, voice, or empty while nobody knows."""

    person: Person
    answer: str
    reach: Reach
    told: str
    """What became of the convocation, in words."""
    carrier: str = ""


def replies_to(meeting: Meeting) -> list[Reply]:
    """Whoever was convened or said something, by name; in a fixed number of queries."""
    notices = Notice.objects.filter(kind=CONVOCATION, data__meeting=meeting.pk, twin_of=None)
    told = {one.person_id: one for one in notices.select_related("person", "recipient")}
    coming = Signup.objects.going().filter(event=meeting.event_id).select_related("person")
    people = {key: one.person for key, one in told.items()}
    answers: dict[int, str] = {}
    for signup in coming:
        people[signup.person_id], answers[signup.person_id] = signup.person, "yes"
    for one in meeting.excuses.select_related("person"):
        people[one.person_id], answers[one.person_id] = one.person, "no"
    voices = {
        one.giver_id: one
        for one in Proxy.objects.filter(meeting=meeting, withdrawn_at=None).select_related(
            "giver", "carrier"
        )
    }
    for key, voice in voices.items():
        people[key], answers[key] = voice.giver, "voice"
    reaches = reaches_of(people.values())
    rows = [
        Reply(
            person=person,
            answer=answers.get(key, ""),
            reach=reaches[key],
            told=told[key].told_how if key in told else "",
            carrier=str(voices[key].carrier) if key in voices else "",
        )
        for key, person in people.items()
    ]
    return sorted(rows, key=lambda row: (fold(row.person.name), row.person.pk))

"""Who may carry somebody's voice at a meeting."""

from django.db.models import Count, Q

from traboule.blocks.agenda.models import Signup
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Role

from .models import Meeting


def carriers_for(meeting: Meeting, giver: Person) -> list[Person]:
    """Members who come, and carry fewer voices than the meeting allows; by name."""
    members = Participation.objects.current().at_least(Role.MEMBER).filter(space=meeting.space_id)
    coming = Signup.objects.going().filter(event=meeting.event_id)
    of_others = Q(voices_carried__meeting=meeting, voices_carried__withdrawn_at=None) & ~Q(
        voices_carried__giver=giver
    )
    able = Person.objects.filter(pk__in=coming.values("person"), erased_at__isnull=True).filter(
        pk__in=members.values("person")
    )
    counted = able.annotate(carried=Count("voices_carried", filter=of_others))
    free = counted.filter(carried__lt=meeting.voices_each)
    return list(free.exclude(pk=giver.pk).order_by("name", "pk"))

"""Something at every address of conversations."""

from typing import Any


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A conversation of the participant with another, and someone they hear no more."""
    from traboule.kernel.conversations.models import Blocking
    from traboule.kernel.people.models import Person

    from .factories import make_conversation, voice

    other = Person.objects.create_person(name="Nour")
    talk = make_conversation(space, participant, other)
    blocking = Blocking.objects.create(person=participant, other=other)
    one = ("conversation", "read", "close", "block")
    return {
        **{f"conversations:{name} key": talk.key for name in one},
        "conversations:block pk": voice(talk, other).pk,
        "conversations:unblock pk": blocking.pk,
    }

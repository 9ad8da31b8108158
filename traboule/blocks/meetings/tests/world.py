"""Something at every address of meetings."""

from typing import Any

COMING = (
    "agenda",
    "agenda-pdf",
    "convene",
    "hold",
    "item",
    "keep-model",
    "life",
    "meeting",
    "move-item",
    "remove-item",
    "replies",
    "reply",
    "reply-for",
    "voice",
    "withdraw-voice",
)
"""The addresses that speak of a meeting to come."""

READ_AGAIN = (
    "adopt",
    "amendments",
    "answer-amendment",
    "decide",
    "draft",
    "note-action",
    "open-amendments",
    "propose",
    "publish",
    "write",
)
"""The addresses that speak of a draft."""

PUBLISHED = ("minutes-pdf", "send", "summary-pdf")
"""The addresses that speak of published minutes."""


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A meeting to come, one whose draft is read again, one that is published."""
    from traboule.blocks.agenda.tests.factories import make_event
    from traboule.blocks.meetings.actions import approving, convening, preparing, writing
    from traboule.blocks.meetings.tests.factories import (
        comes,
        convened,
        only_item,
        published,
        to_amend,
    )  # fmt: skip
    from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

    team = make_facilitator(space, "Karim Haddad")
    giver = make_participant(space, name="Rose Morel")
    done = published(space, participant, by=team, days_ago=40)
    draft = to_amend(space, participant, by=team)
    coming = convened(space, by=team)
    comes(coming, participant)
    voice = convening.give_voice(meeting=coming, giver=giver, carrier=participant, by=giver)
    item = only_item(draft)
    action = writing.note_action(item=item, text="Écrire à la mairie", by=team, owner=giver)
    amendment = approving.propose(item=item, person=participant, proposed="Oui.", by=participant)
    model = preparing.keep_as_model(meeting=coming, title="Chaque mois", by=team)
    return {
        **{f"meetings:{name} ref": coming.ref for name in COMING},
        **{f"meetings:{name} ref": draft.ref for name in READ_AGAIN},
        **{f"meetings:{name} ref": done.ref for name in PUBLISHED},
        **{f"meetings:{name} pk": only_item(coming).pk for name in COMING if "item" in name},
        **{f"meetings:{name} pk": item.pk for name in ("decide", "note-action", "propose")},
        "meetings:answer-amendment pk": amendment.pk,
        "meetings:finish pk": action.pk,
        "meetings:foreword year": done.year,
        "meetings:from-event event": make_event(space, kind="meeting").pk,
        "meetings:remove-model pk": model.pk,
        "meetings:report year": done.year,
        "meetings:report-pdf year": done.year,
        "meetings:withdraw-voice pk": voice.pk,
    }

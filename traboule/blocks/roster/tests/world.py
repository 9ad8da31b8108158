"""Something at every address of the composition."""

from typing import Any

MEMBER_PAGES = ("end", "member", "promote")
DRAW_PAGES = (
    "answer",
    "candidate-new",
    "candidate-remove",
    "candidates",
    "candidates-paste",
    "draw",
    "draw-ask",
    "draw-cancel",
    "draw-freeze",
    "draw-list",
    "draw-lots",
)


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A public composition with a college, a quota, a member, and a draw that anyone may redo."""
    from traboule.blocks.roster.models import College, Draw, DrawCandidate, Member, Quota, Roster
    from traboule.engines.sortition import Candidate, fingerprint, publish

    Roster.objects.create(space=space, is_public=True, functions=["Présidence"])
    college = College.objects.create(space=space, name="Habitants", seats=3)
    quota = Quota.objects.create(space=space, gender="woman", least=1)
    member = Member.objects.create(space=space, person=participant, college=college)
    text = publish([Candidate(number=1)], seats=1).write()
    draw = Draw.objects.create(
        space=space,
        title="Tirage",
        places={str(college.pk): 1},
        state=Draw.State.FROZEN,
        published=text,
        fingerprint=fingerprint(text),
        frozen_at=space.created_at,
    )
    candidate = DrawCandidate.objects.create(
        draw=draw, person=participant, college=college, number=1
    )
    return {
        **{f"roster:{name} pk": member.pk for name in MEMBER_PAGES},
        **{f"roster:{name} pk": draw.pk for name in DRAW_PAGES},
        "roster:answer candidate": candidate.pk,
        "roster:candidate-remove candidate": candidate.pk,
        "roster:call-next pk": college.pk,
        "roster:college pk": college.pk,
        "roster:college-remove pk": college.pk,
        "roster:quota-remove pk": quota.pk,
    }

"""Something at every address of moderation."""

from typing import Any

ONE_DECISION = ("appeal", "decide", "hiding", "restore")


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A charter, news that somebody flagged, news that is hidden, a wish that anyone reads."""
    from traboule.kernel.moderation import actions, kinds
    from traboule.kernel.moderation.tests.factories import (
        ANYONE_READS,
        make_hiding,
        make_news,
        make_wish,
    )

    kinds.register(ANYONE_READS)
    hiding = make_hiding(space, author=participant)
    news = make_news(space, by=participant)
    flag = actions.flag(subject=news, why="false")
    return {
        **{f"moderation:{name} pk": hiding.pk for name in ONE_DECISION},
        "moderation:charter-version version": 1,
        "moderation:flag kind": ANYONE_READS.key,
        "moderation:flag key": make_wish(space).pk,
        "moderation:hide kind": "spaces.news",
        "moderation:hide key": news.pk,
        "moderation:set-aside pk": flag.pk,
    }

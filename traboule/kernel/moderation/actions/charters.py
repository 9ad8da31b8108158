"""Writing what a space agrees on."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..models import Charter, CharterArticle
from ..models.charter import TRUST_AFTER
from ..proposed import ARTICLES, INTRO


@transaction.atomic
def publish_charter(
    *,
    space: Space,
    articles: Sequence[tuple[str, str]],
    by: Person,
    intro: str = "",
    trust_after: int = TRUST_AFTER,
    after: int = 0,
) -> Charter:
    """Adopt a charter, or a new version of it; those before stay to be read.

    ``articles`` are titles and texts in order; ``after`` is the version that was changed, none
    at first. Raises Refused without an article, or when someone changed it meanwhile.
    """
    must_be_open(space)
    if not articles:
        raise Refused(_("Écrivez au moins un article."))
    Space.objects.select_for_update().get(pk=space.pk)
    current = Charter.objects.current(space)
    if (current.version if current else 0) != after:
        raise Refused(
            _("Une autre personne vient de changer la charte. Relisez sa version, puis refaites "
              "vos changements.")
        )  # fmt: skip
    charter = Charter.objects.create(
        space=space, version=after + 1, intro=intro, trust_after=trust_after, by=by
    )
    CharterArticle.objects.bulk_create(
        CharterArticle(charter=charter, number=number, title=title, text=text)
        for number, (title, text) in enumerate(articles, 1)
    )
    record("moderation.adopted-charter", space, by=by, version=charter.version)
    return charter


def adopt_proposed(*, space: Space, by: Person) -> Charter:
    """Adopt the charter that the house offers. Raises Refused when the space has one already."""
    return publish_charter(
        space=space,
        intro=str(INTRO),
        articles=[(str(title), str(text)) for title, text in ARTICLES],
        by=by,
    )

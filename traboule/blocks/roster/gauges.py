"""Parity and quotas as they stand, in numbers that tell of nobody in particular."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.people.models import Gender

from .models import College, Member
from .quotas import words_of_lack
from .standing import Standing


@dataclass(frozen=True)
class Split:
    """How many women, men and others among those who hold a seat."""

    women: int
    men: int
    others: int

    @property
    def words(self) -> str:
        """« 11 femmes et 10 hommes » ; the others are those who did not say."""
        women = ngettext("%(n)d femme", "%(n)d femmes", self.women) % {"n": self.women}
        men = ngettext("%(n)d homme", "%(n)d hommes", self.men) % {"n": self.men}
        said = _("%(women)s et %(men)s") % {"women": women, "men": men}
        if not self.others:
            return said
        rest = ngettext(
            "%(n)d personne qui ne l’a pas dit ou d’un autre genre",
            "%(n)d personnes qui ne l’ont pas dit ou d’un autre genre",
            self.others,
        )
        return f"{said}, {rest % {'n': self.others}}"


@dataclass(frozen=True)
class Gauge:
    """One bar: the seats of the whole or of a college, and by whom they are held.

    ``split`` is None where there are too few people for a total to tell of nobody.
    """

    label: str
    seats: int
    held: int
    split: Split | None = None

    @property
    def vacant(self) -> int:
        """Seats that nobody holds."""
        return max(0, self.seats - self.held)

    @property
    def words(self) -> str:
        """« 11 femmes et 10 hommes sur 21 places », or only how many."""
        if self.split:
            said = self.split.words
        else:
            said = ngettext("%(n)d personne", "%(n)d personnes", self.held) % {"n": self.held}
        seats = ngettext("%(n)d place", "%(n)d places", self.seats) % {"n": self.seats}
        return _("%(said)s sur %(seats)s") % {"said": said, "seats": seats}

    @property
    def parts(self) -> list[tuple[str, int, int]]:
        """The bar from left to right: what, from where, how long, in seats."""
        lengths = [("held", self.held)]
        if split := self.split:
            lengths = [("women", split.women), ("men", split.men), ("others", split.others)]
        start, found = 0, []
        for name, length in lengths:
            if length:
                found.append((name, start, length))
            start += length
        return found


@dataclass(frozen=True)
class State:
    """Whether a rule is kept; ``lack`` says what is not, where that tells of nobody."""

    label: str
    kept: bool
    lack: str = ""


def gauges(standing: Standing) -> list[Gauge]:
    """The whole, then each college when there are several.

    The split of a college shows only when no college is too small for its own: else the small
    one could be told from the whole and the others.
    """
    groups = {
        college: [one for one in standing.titulars if one.college_id == college.pk]
        for college in standing.colleges
    }
    whole = Gauge(
        label=_("Ensemble"),
        seats=sum(college.seats for college in groups),
        held=len(standing.titulars),
        split=_split(standing, standing.titulars),
    )
    if len(groups) < 2:
        return [whole]
    splits = _college_splits(standing, groups)
    return [whole] + [
        Gauge(
            label=college.name,
            seats=college.seats,
            held=len(members),
            split=splits.get(college.pk),
        )
        for college, members in groups.items()
    ]


def states(standing: Standing) -> list[State]:
    """Each rule besides the seats, and where it stands."""
    shown = []
    large = _college_splits(
        standing,
        {
            college: [one for one in standing.titulars if one.college_id == college.pk]
            for college in standing.colleges
        },
    )
    features = [standing.features(one) for one in standing.titulars]
    for rule in standing.rules:
        if rule.is_of_seats:
            continue
        lack = rule.lack(rule.held(features))
        tells = _is_small(standing.titulars) or bool(rule.college and rule.college not in large)
        said = words_of_lack(lack, rule.words()) if lack and not tells else ""
        shown.append(State(rule.label, lack is None, said))
    return shown


def _college_splits(
    standing: Standing, groups: dict[College, list[Member]]
) -> dict[int, Split | None]:
    """The split of each college, or none of them when one is too small to be told apart."""
    if any(members and _is_small(members) for members in groups.values()):
        return {}
    return {college.pk: _split(standing, members) for college, members in groups.items()}


def _split(standing: Standing, members: Iterable[Member]) -> Split | None:
    members = list(members)
    if _is_small(members):
        return None
    said = [standing.features(one).get("gender", "") for one in members]
    women, men = said.count(Gender.WOMAN), said.count(Gender.MAN)
    return Split(women, men, len(said) - women - men)


def _is_small(members: list[Member]) -> bool:
    return len(members) < settings.SMALL_GROUP

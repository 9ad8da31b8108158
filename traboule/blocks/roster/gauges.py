"""Parity and quotas as they stand, in numbers that tell of nobody in particular."""

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
    """Whether a rule is kept, and if not, who is missing; None where that would tell of someone."""

    label: str
    kept: bool | None
    lack: str = ""


def gauges(standing: Standing) -> list[Gauge]:
    """The whole, then each college when there are several."""
    splits, groups = _splits(standing), _groups(standing)
    whole = Gauge(
        label=_("Ensemble"),
        seats=sum(college.seats for college in groups),
        held=len(standing.titulars),
        split=splits.get(None),
    )
    if len(groups) < 2:
        return [whole]
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
    splits = _splits(standing)
    features = [standing.features(one) for one in standing.titulars]
    found = []
    for rule in standing.rules:
        if rule.is_of_seats:
            continue
        if rule.college not in splits:
            found.append(State(rule.label, None))
            continue
        lack = rule.lack(rule.held(features))
        said = words_of_lack(lack, rule.words()) if lack else ""
        found.append(State(rule.label, lack is None, said))
    return found


def _groups(standing: Standing) -> dict[College, list[Member]]:
    """Those who hold a seat, by college."""
    return {
        college: [one for one in standing.titulars if one.college_id == college.pk]
        for college in standing.colleges
    }


def _splits(standing: Standing) -> dict[int | None, Split]:
    """The split of each group that is large enough, by the key of its college; None is the whole.

    A college shows its own only when no other is too small for that: else the small one could be
    told from the whole and the others.
    """
    if _is_small(standing.titulars):
        return {}
    found: dict[int | None, Split] = {None: _split(standing, standing.titulars)}
    groups = {college: members for college, members in _groups(standing).items() if members}
    if not any(map(_is_small, groups.values())):
        found |= {college.pk: _split(standing, members) for college, members in groups.items()}
    return found


def _split(standing: Standing, members: list[Member]) -> Split:
    said = [standing.features(one).get("gender", "") for one in members]
    women, men = said.count(Gender.WOMAN), said.count(Gender.MAN)
    return Split(women, men, len(said) - women - men)


def _is_small(members: list[Member]) -> bool:
    return len(members) < settings.SMALL_GROUP

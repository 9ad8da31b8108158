"""The rules of a roster as people read them, and as the engine of draws counts them."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.engines import sortition
from traboule.kernel.people.consents import ConsentState, states_for
from traboule.kernel.people.models import Gender, Person, Purpose

from .models import AgeBand, College, Parity, Priority, Quota, Roster

WOMEN, MEN = {"gender": (Gender.WOMAN.value,)}, {"gender": (Gender.MAN.value,)}
SAID_NOT = {ConsentState.REFUSED, ConsentState.EXPIRED}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: its words, whom it counts, and in which college, if in one only.

    ``who`` is of whom some may be missing, ``others`` of whom there may be too many, or whom
    parity misses on the other side.
    """

    label: str
    who: str
    quota: sortition.Quota
    others: str = ""
    college: int | None = None

    @property
    def is_parity(self) -> bool:
        """Whether it weighs some against others."""
        return self.quota.less is not None

    @property
    def is_of_seats(self) -> bool:
        """Whether it only says how many sit in a college."""
        return set(self.quota.where) == {"college"}

    def held(self, features: Iterable[Mapping[str, str]]) -> int:
        """What those who have these features count for."""
        return sum(self.quota.weight(one) for one in features)

    def lack(self, held: int) -> sortition.Lack | None:
        """What is missing or too much when so many count; nothing when the rule is kept."""
        least, most = self.quota.least, self.quota.most
        missing = 0 if least is None else max(0, least - held)
        excess = 0 if most is None else max(0, held - most)
        if not (missing or excess):
            return None
        return sortition.Lack(quota=None, missing=missing, excess=excess)

    def words(self) -> dict[str, str]:
        """What a draw keeps of the rule, to be read beside its list."""
        return {"label": self.label, "who": self.who, "others": self.others}


def rules_of(roster: Roster, colleges: Iterable[College]) -> list[Rule]:
    """Every rule of the whole roster: seats of each college, parity, then the other quotas."""
    colleges = list(colleges)
    rules = [seats_rule(college, college.seats) for college in colleges]
    if roster.parity != Parity.NONE:
        rules.append(_parity())
    if roster.parity == Parity.COLLEGES:
        rules += [_parity(college) for college in colleges]
    return rules + [
        _from_quota(one) for one in roster.space.roster_quotas.select_related("college")
    ]


def seats_rule(college: College, seats: int) -> Rule:
    """So many seats in that college, neither more nor less."""
    return Rule(
        label=ngettext("Collège %(name)s : %(n)d place", "Collège %(name)s : %(n)d places", seats)
        % {"name": college, "n": seats},
        who=_("collège %(name)s") % {"name": college},
        quota=sortition.Quota(where={"college": (str(college.pk),)}, least=seats, most=seats),
        college=college.pk,
    )


def _parity(college: College | None = None) -> Rule:
    here = {"college": (str(college.pk),)} if college else {}
    women, men = _("femmes"), _("hommes")
    label = _("Autant de femmes que d’hommes, à une personne près")
    if college:
        label = _("%(rule)s, dans le collège %(name)s") % {"rule": label, "name": college}
        women = _("femmes, collège %(name)s") % {"name": college}
        men = _("hommes, collège %(name)s") % {"name": college}
    return Rule(
        label=label,
        who=women,
        others=men,
        quota=sortition.Quota(where={**WOMEN, **here}, less={**MEN, **here}, least=-1, most=1),
        college=college.pk if college else None,
    )


def _from_quota(quota: Quota) -> Rule:
    where = {
        name: (value,) for name in ("gender", "age", "priority") if (value := getattr(quota, name))
    }
    if quota.college_id:
        where["college"] = (str(quota.college_id),)
    return Rule(
        label=capfirst(str(quota)),
        who=quota.who,
        quota=sortition.Quota(where=where, least=quota.least, most=quota.most),
        college=quota.college_id,
    )


def adjusted(rule: Rule, held: int) -> sortition.Quota:
    """What a draw must still bring for a rule of which those who sit already fill a part."""
    least, most = rule.quota.least, rule.quota.most
    if rule.is_parity:  # What is owed may be to either side.
        return dataclasses.replace(rule.quota, least=-1 - held, most=1 - held)
    return dataclasses.replace(
        rule.quota,
        least=None if least is None else max(0, least - held),
        most=None if most is None else max(0, most - held),
    )


def features_of(people: Iterable[Person]) -> dict[int, dict[str, str]]:
    """What quotas look at in each person, by key; nothing of those who will not be counted."""
    people = list(people)
    states, year = states_for(people, [Purpose.DATA]), timezone.localdate().year
    return {
        one.pk: {} if states[one.pk][Purpose.DATA] in SAID_NOT else {
            "gender": one.gender,
            "age": AgeBand.of(one.birth_year, year),
            "priority": (Priority.YES if one.neighbourhood_id else Priority.NO).value,
        }
        for one in people
    }  # fmt: skip


def words_of_lacks(lacks: Iterable[sortition.Lack], rules: "list[dict[str, str]]") -> list[str]:
    """« Il manque 2 personnes : femmes, collège Habitants », for each thing that lacks."""
    return [words_of_lack(lack, {} if lack.quota is None else rules[lack.quota]) for lack in lacks]


def words_of_lack(lack: sortition.Lack, rule: Mapping[str, Any]) -> str:
    """The same for one; the seats themselves have no rule."""
    if not rule:
        said = ngettext(
            "Il manque %(n)d personne pour toutes les places",
            "Il manque %(n)d personnes pour toutes les places",
            lack.missing,
        )
        return said % {"n": lack.missing}
    if lack.excess and not rule["others"]:
        said = ngettext(
            "%(n)d personne de trop : %(who)s", "%(n)d personnes de trop : %(who)s", lack.excess
        )
        return said % {"n": lack.excess, "who": rule["who"]}
    count = lack.missing or lack.excess
    said = ngettext(
        "Il manque %(n)d personne : %(who)s", "Il manque %(n)d personnes : %(who)s", count
    )
    return said % {"n": count, "who": rule["who"] if lack.missing else rule["others"]}

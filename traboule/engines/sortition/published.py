"""The list of a draw as it is published before its seed is known: numbers, and no more than needed.

What quotas look at becomes a letter, the same for those who are alike: one can redo the draw
without reading who is a woman or how old number 12 is. The file holds the quotas too, so that its
fingerprint vouches for all that the seed will meet::

    places;21
    reserve;
    quota;10;11;A C;
    quota;-1;1;A C;B D
    numero;profil
    1;A
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from string import ascii_uppercase

from .drawing import Draw, draw
from .quotas import Candidate, Conditions, Quota

PROFILE = "profil"


class Unreadable(ValueError):  # noqa: N818 - it says what happened.
    """A line of a published list that is not as it should be; ``line`` is its number."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is not as it should be")
        self.line = line


@dataclass(frozen=True, kw_only=True)
class PublishedList:
    """All that a draw needs but its seed."""

    seats: int
    reserve: int | None
    quotas: tuple[Quota, ...]
    candidates: tuple[Candidate, ...]

    def draw(self, seed: str) -> Draw:
        """The draw that this seed makes. Raises Unfeasible."""
        return draw(
            self.candidates,
            seats=self.seats,
            quotas=self.quotas,
            seed=seed,
            reserve=self.reserve,
        )

    def write(self) -> str:
        """The file, whose fingerprint is published with it."""
        text = io.StringIO()
        table = csv.writer(text, delimiter=";", lineterminator="\n")
        table.writerow(["places", self.seats])
        table.writerow(["reserve", _written(self.reserve)])
        for quota in self.quotas:
            bounds = [_written(quota.least), _written(quota.most)]
            table.writerow(["quota", *bounds, _letters(quota.where), _letters(quota.less)])
        table.writerow(["numero", PROFILE])
        table.writerows([one.number, one.features[PROFILE]] for one in self.candidates)
        return text.getvalue()

    @classmethod
    def read(cls, text: str) -> "PublishedList":
        """The list that a file holds. Raises Unreadable."""
        seats, reserve, quotas, candidates = 0, None, list[Quota](), list[Candidate]()
        for number, row in enumerate(csv.reader(text.splitlines(), delimiter=";"), start=1):
            try:
                match row:
                    case ["places", count]:
                        seats = int(count)
                    case ["reserve", count]:
                        reserve = _read(count)
                    case ["quota", least, most, where, less]:
                        quotas.append(
                            Quota(
                                where={PROFILE: where.split()},
                                least=_read(least),
                                most=_read(most),
                                less={PROFILE: less.split()} if less else None,
                            )
                        )
                    case ["numero", _]:
                        pass
                    case [key, letters]:
                        candidates.append(Candidate(number=int(key), features={PROFILE: letters}))
                    case _:
                        raise Unreadable(number)
            except ValueError as error:
                raise Unreadable(number) from error
        return cls(seats=seats, reserve=reserve, quotas=tuple(quotas), candidates=tuple(candidates))


def publish(
    candidates: Iterable[Candidate],
    *,
    seats: int,
    quotas: Sequence[Quota] = (),
    reserve: int | None = None,
) -> PublishedList:
    """The list to publish: letters stand for what the quotas look at, and for nothing else.

    Quotas keep their order, so that a lack of the published list is one of the given quotas.
    """
    looked_at = sorted({name for quota in quotas for name in (*quota.where, *(quota.less or ()))})
    ordered = sorted(candidates, key=lambda one: one.number)
    seen: dict[tuple[str, ...], str] = {}
    lettered = []
    for one in ordered:
        kind = tuple(one.features.get(name, "") for name in looked_at)
        letters = seen.setdefault(kind, _name(len(seen)))
        lettered.append(Candidate(number=one.number, features={PROFILE: letters}))

    def those(conditions: Conditions) -> list[str]:
        return [
            letters
            for kind, letters in seen.items()
            if all(
                value in conditions.get(name, (value,))
                for name, value in zip(looked_at, kind, strict=True)
            )
        ]

    rewritten = [
        Quota(
            where={PROFILE: those(quota.where)},
            least=quota.least,
            most=quota.most,
            less={PROFILE: those(quota.less)} if quota.less is not None else None,
        )
        for quota in quotas
    ]
    return PublishedList(
        seats=seats, reserve=reserve, quotas=tuple(rewritten), candidates=tuple(lettered)
    )


def fingerprint(text: str) -> str:
    """The SHA-256 of a published list, as ``sha256sum`` gives it for the file."""
    return sha256(text.encode()).hexdigest()


def _name(rank: int) -> str:
    """A, B… Z, AA, AB…: as columns of a spreadsheet are called."""
    before, last = divmod(rank, len(ascii_uppercase))
    return (_name(before - 1) if before else "") + ascii_uppercase[last]


def _written(bound: int | None) -> str:
    return "" if bound is None else str(bound)


def _read(text: str) -> int | None:
    return int(text) if text else None


def _letters(conditions: Conditions | None) -> str:
    """The profiles that count; ``-`` stands for none where the list must not look absent."""
    if conditions is None:
        return ""
    return " ".join(conditions[PROFILE]) or "-"

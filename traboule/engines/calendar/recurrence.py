"""A rule of dates: once, every so many weeks, or every so many months."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, Self

from traboule.engines.calendar import words

MOST_DATES = 200
LONGEST = timedelta(days=3 * 365 + 1)
"""Three years, a leap day included."""
_ICAL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Rule:
    """On which days something takes place; at what time is another's concern.

    - ``frequency``: ``once``, ``weekly`` or ``monthly``.
    - ``start``: the day of a single date; otherwise no date comes before it, and it gives the
      weekday or the day of the month that nothing below states.
    - ``count`` (1 to 200 dates) or ``until`` (last day, included): one of the two, unless once.
    - ``interval``: every so many weeks or months, counted from the first date.
    - ``weekdays``: 0 Monday to 6 Sunday; any for ``weekly``, one for ``monthly`` with ``nth``.
    - ``nth``: which of these weekdays in the month, 1 to 5, or −1 for the last; 0 for the day of
      the month of ``start``. A month without such a day has no date.

    The words are those of RFC 5545, section 3.3.10. Raises ``ValueError``, with a message in
    French for the person who wrote the rule, when it contradicts itself.
    """

    frequency: Literal["once", "weekly", "monthly"]
    start: date
    count: int | None = None
    until: date | None = None
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0

    def __post_init__(self) -> None:
        if problem := next(self._problems(), None):
            raise ValueError(problem)
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))

    def _problems(self) -> Iterator[str]:
        yield from self._wrong_types()
        if self.frequency == "once":
            repeats = self.until or self.interval > 1 or self.weekdays or self.nth
            if repeats or self.count not in (None, 1):
                yield "Une date unique ne se répète pas."
            return
        if (self.count is None) == (self.until is None):
            yield "Indiquez soit le nombre de dates, soit la dernière date."
        if self.count is not None and not 1 <= self.count <= MOST_DATES:
            yield f"Le nombre de dates va de 1 à {MOST_DATES}."
        if self.until is not None and not self.start <= self.until <= self.start + LONGEST:
            yield "La dernière date vient après la première, trois ans plus tard au plus."
        if not 1 <= self.interval <= 12:
            yield "L’intervalle va de 1 à 12 semaines ou mois."
        if any(not 0 <= day <= 6 for day in self.weekdays):
            yield "Les jours de la semaine vont de 0 (lundi) à 6 (dimanche)."
        if self.frequency == "weekly" and self.nth:
            yield "Un rang dans le mois ne vaut que pour une règle mensuelle."
        if self.frequency == "monthly" and len(self.weekdays) > (1 if self.nth else 0):
            yield "Chaque mois : un seul jour de la semaine, avec son rang."
        if not -1 <= self.nth <= 5:
            yield "Le rang dans le mois va de 1 à 5, ou −1 pour le dernier."

    def _wrong_types(self) -> Iterator[str]:
        if self.frequency not in ("once", "weekly", "monthly"):
            yield "La fréquence est « once », « weekly » ou « monthly »."
        if type(self.start) is not date or type(self.until) not in (date, type(None)):
            yield "Une règle va d’une date à une autre, sans heures."
        if not isinstance(self.weekdays, tuple):
            yield "Les jours de la semaine sont une liste."
        if {type(n) for n in (self.count or 1, self.interval, self.nth, *self.weekdays)} != {int}:
            yield "Les nombres d’une règle sont entiers."

    def dates(self, *, skip: Callable[[date], bool] | None = None) -> list[date]:
        """Its days, in order, without those that ``skip`` says to leave out.

        With ``count``, that many all the same: the days left out are made up for at the end, in
        the same rhythm. With ``until``, fewer, perhaps none. A single date is never left out:
        whoever names a day wants it. Raises ``ValueError`` beyond 200 dates, or when so many do
        not fit within three years.
        """
        if self.frequency == "once":
            return [self.start]
        found = []
        for day in self._days():
            if skip is None or not skip(day):
                found.append(day)
            if len(found) == self.count:
                return found
            if len(found) > MOST_DATES:
                raise ValueError(
                    f"Cela fait plus de {MOST_DATES} dates : choisissez une fin plus proche."
                )
        if self.count is not None:
            raise ValueError(
                f"En trois ans, il n’y a place que pour {len(found)} dates sur {self.count} : "
                "demandez-en moins, ou plus rapprochées."
            )
        return found

    def _days(self) -> Iterator[date]:
        from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday  # Slow to import.

        pattern = {
            "freq": WEEKLY if self.frequency == "weekly" else MONTHLY,
            "byweekday": [weekday(day, self.nth or None) for day in self.days_of_week] or None,
            "until": datetime.combine(self.until or self.start + LONGEST, time()),
        }
        first = next(iter(rrule(dtstart=datetime.combine(self.start, time()), **pattern)), None)
        if first:
            for moment in rrule(dtstart=first, interval=self.interval, **pattern):
                yield moment.date()

    @property
    def days_of_week(self) -> tuple[int, ...]:
        """Its weekdays, stated or that of its start; none when it goes by the day of the month."""
        by_weekday = self.frequency == "weekly" or self.nth
        return self.weekdays or ((self.start.weekday(),) if by_weekday else ())

    def to_text(self, language: str = "fr") -> str:
        """The rule in words, to stand within a sentence: « tous les mardis, 9 fois ».

        ``language``: a code such as ``fr`` or ``en-gb``; French for those other than English.
        """
        return (words.in_english if language.startswith("en") else words.in_french)(self)

    def to_rrule(self) -> str:
        """The value of ``RRULE`` in iCalendar (RFC 5545) when ``DTSTART`` is ``dates()[0]``.

        The end is always a ``COUNT``, for ``UNTIL`` would need the hour. Days left out are not in
        it: where there are some, write the dates themselves (``RDATE``). Raises ``ValueError`` as
        ``dates`` does, and when there is none.
        """
        dates = self.dates()
        if not dates:
            raise ValueError("Cette règle ne donne aucune date.")
        parts = ["FREQ=" + {"once": "DAILY"}.get(self.frequency, self.frequency.upper())]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.days_of_week:
            days = (f"{self.nth or ''}{_ICAL_DAYS[day]}" for day in self.days_of_week)
            parts.append("BYDAY=" + ",".join(days))
        return ";".join([*parts, f"COUNT={len(dates)}"])

    def as_dict(self) -> dict[str, Any]:
        """Every field, as JSON holds it: days as ``2026-10-06``, weekdays as a list."""
        return asdict(self) | {
            "start": self.start.isoformat(),
            "until": self.until and self.until.isoformat(),
            "weekdays": list(self.weekdays),
        }

    @classmethod
    def from_dict(cls, written: Mapping[str, Any]) -> Self:
        """The rule that ``as_dict`` wrote, or a person did; what is left out has its default.

        Raises ``ValueError`` at a key that no rule has, so that a misspelt one is not passed over.
        """
        unknown = sorted(written.keys() - {field.name for field in fields(cls)})
        if unknown:
            raise ValueError(f"Une règle de dates ne connaît pas « {unknown[0]} ».")
        missing = {"frequency": "", "start": None}  # Refused with the others, in plain words.
        read: dict[str, Any] = {
            key: _day(written[key]) for key in ("start", "until") if key in written
        }
        if isinstance(written.get("weekdays"), list):
            read["weekdays"] = tuple(written["weekdays"])
        return cls(**{**missing, **written, **read})


def _day(written: str | None) -> date | None:
    try:
        return None if written is None else date.fromisoformat(written)
    except (TypeError, ValueError):
        raise ValueError(f"« {written} » n’est pas une date comme 2026-10-06.") from None

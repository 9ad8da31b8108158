"""The roll as it is told: by a device in JSON, by a plain form, or typed from a signed sheet."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions.presence import LONGEST_DAY, MOST_LINES
from ..actions.roll import Told
from ..models import Presence
from ..roll import Roll, Row

State = Presence.State
THERE = (State.PRESENT, State.LATE)
MOST_UNNAMED = 500


class ToldForm(forms.Form):
    """One thing told, checked field by field."""

    key = forms.UUIDField()
    at = forms.DateTimeField()
    state = forms.ChoiceField(choices=State)
    part = forms.ChoiceField(choices=Presence.Part, required=False)
    slot = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    person = forms.UUIDField(required=False)
    card = forms.CharField(required=False, max_length=300)
    name = forms.CharField(required=False, max_length=120)
    minutes = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_DAY)
    count = forms.IntegerField(required=False, min_value=0, max_value=MOST_UNNAMED)

    def told(self) -> Told:
        """The thing, once it is valid."""
        given = {k: v for k, v in self.cleaned_data.items() if v not in (None, "")}
        return Told(**given)


def read_json(body: bytes) -> tuple[list[Told], dict[str, str]]:
    """What a device tells, and what is wrong with the rest, by its key.

    Raises ValidationError for what is not a list of things told.
    """
    try:
        lines = json.loads(body)["lines"]
        given = [{str(k): v for k, v in line.items()} for line in lines[:MOST_LINES]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValidationError(_("Ce message n’est pas une liste de présences.")) from error
    told, wrong = [], {}
    for line in given:
        form = ToldForm(line)
        if form.is_valid():
            told.append(form.told())
        else:
            wrong[str(line.get("key", ""))[:40]] = str(next(iter(form.errors.values()))[0])
    return told, wrong


class RollForm:
    """The whole roll sent at once, without JavaScript: what differs from what was noted is told.

    ``sent`` names this very form: sent twice, each of its lines counts once.
    """

    def __init__(self, data: Mapping[str, Any], roll: Roll) -> None:
        self.data, self.roll = data, roll
        self.sent = _uuid(data.get("sent")) or uuid.uuid4()
        self.now = timezone.now()

    def told(self) -> Iterator[Told]:
        """Everything that the form says anew."""
        for row in self.roll.rows:
            state = self.data.get(f"state:{row.key}", "")
            if state in State.values and state != row.state:
                yield self._thing(row.key, row, state=State(state))
        for kind in ("card", "name"):
            if text := " ".join(str(self.data.get(kind, "")).replace("\0", "").split())[:120]:
                yield self._thing(f"{kind}:{text}", None, state=State.PRESENT, **{kind: text})
        count = _number(self.data.get("unnamed"))
        if count is not None and count != self.roll.unnamed:
            yield self._thing("unnamed", None, state=State.PRESENT, count=count)

    def _thing(self, what: str, row: Row | None, **said: Any) -> Told:
        return Told(
            key=uuid.uuid5(self.sent, f"{self.roll.part}:{what}"),
            at=self.now,
            part=self.roll.part,
            slot=row.event.pk if row else None,
            person=row.person.public_id if row else None,
            **said,
        )


@dataclass(frozen=True)
class Box:
    """Whether a person signed for one part of the session."""

    roll: Roll
    row: Row
    ticked: bool

    @property
    def name(self) -> str:
        """The name of the box in the form."""
        return f"signed:{self.roll.part}:{self.row.key}"

    @property
    def label(self) -> str:
        """« Jeanne a signé, matin »."""
        return _("%(name)s a signé, %(part)s") % {
            "name": self.row.person,
            "part": self.roll.part.label,
        }


class SheetForm(forms.Form):
    """A signed sheet typed in: who signed for which part, and names added by hand."""

    added = forms.CharField(
        label=gettext_lazy("Les noms ajoutés à la main, un par ligne"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )
    unnamed = forms.IntegerField(
        label=gettext_lazy("Combien de personnes sans nom ?"),
        required=False,
        min_value=0,
        max_value=MOST_UNNAMED,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    sent = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rolls: list[Roll], **kwargs: Any) -> None:
        unnamed = max(roll.unnamed for roll in rolls)
        kwargs.setdefault("initial", {"sent": uuid.uuid4(), "unnamed": unnamed or None})
        super().__init__(*args, **kwargs)
        self.rolls = rolls

    @cached_property
    def lines(self) -> list[list[Box]]:
        """A line for each person: the box of each part of the session."""
        by_key: dict[str, dict[str, Row]] = {}
        for roll in self.rolls:
            for row in roll.rows:
                by_key.setdefault(row.key, {})[roll.part] = row
        return [
            [self._box(roll, rows.get(roll.part) or _blank(rows)) for roll in self.rolls]
            for rows in by_key.values()
        ]

    def _box(self, roll: Roll, row: Row) -> Box:
        box = Box(roll, row, ticked=row.state in THERE)
        return replace(box, ticked=box.name in self.data) if self.is_bound else box

    def told(self) -> Iterator[Told]:
        """A line for each signature, for whoever was expected and did not sign, and for names."""
        # Whoever was noted since the page was shown is not absent for having no box.
        shown = self.data.getlist("row")  # type: ignore[attr-defined]
        for box in (box for line in self.lines for box in line if box.row.key in shown):
            row, was_there = box.row, box.row.state in THERE
            if box.ticked or row.state not in (State.ABSENT, State.EXCUSED):
                state = State(row.state) if box.ticked and was_there else _state(box)
                minutes = row.said.minutes if row.said and was_there and box.ticked else None
                yield self._thing(
                    box.roll, row.key, state=state, minutes=minutes,
                    slot=row.event.pk, person=row.person.public_id,
                )  # fmt: skip
        for roll in self.rolls:
            for name in self.cleaned_data["added"].splitlines():
                if name := " ".join(name.split())[:120]:
                    yield self._thing(roll, f"name:{name}", state=State.PRESENT, name=name)
            count = self.cleaned_data["unnamed"] or 0
            if count != roll.unnamed:
                yield self._thing(roll, "unnamed", state=State.PRESENT, count=count)

    def _thing(self, roll: Roll, what: str, **said: Any) -> Told:
        key = uuid.uuid5(self.cleaned_data["sent"], f"{roll.part}:{what}")
        return Told(key=key, at=timezone.now(), part=roll.part, **said)


def _blank(rows: dict[str, Row]) -> Row:
    """The same person in a part of which nothing was noted yet."""
    return replace(next(iter(rows.values())), said=None)


def _state(box: Box) -> Presence.State:
    return State.PRESENT if box.ticked else State.ABSENT


def _uuid(text: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def _number(text: object, most: int = MOST_UNNAMED) -> int | None:
    digits = str(text or "").strip()
    return int(digits) if digits.isdecimal() and int(digits) <= most else None

"""The kinds of things that can be hidden; each app announces its own, and this one knows none.

From ``apps.ready()`` of a block::

    kinds.register(Kind(model=Answer, label=_("réponse"), block="surveys", author=…, …))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise

from traboule.kernel.people.models import Person
from traboule.kernel.spaces import access, rules
from traboule.kernel.spaces.models import Space


def _reads(request: HttpRequest, thing: Any) -> bool:
    """Whoever reads the space, by their role or by its code."""
    return rules.can_read(request.user, thing.space) or access.opened(request.session, thing.space)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How things of one model are named, found, hidden and shown again.

    ``label`` is what one of them is (« nouvelle »); ``title``, ``url`` and ``author`` tell of one;
    ``author`` gives nobody for what a stranger wrote. ``hide`` and ``show`` change nothing but
    whether it is seen, and are called in the transaction of the act. ``sees(request, thing)`` is
    whether a visitor may read it while it shows, hence flag it; by default, who reads the space.
    """

    model: type[models.Model]
    label: str | Promise
    author: Callable[[Any], Person | None]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    hide: Callable[[Any], object]
    show: Callable[[Any], object]
    space: Callable[[Any], Space] = lambda thing: thing.space
    sees: Callable[[HttpRequest, Any], bool] = _reads
    block: str = ""
    """The key of the block whose people write such things; none for what only the team writes."""
    related: tuple[str, ...] = ()
    """What ``title``, ``url``, ``author`` and ``space`` read of other rows, for lists."""

    @property
    def key(self) -> str:
        """How addresses name it: ``spaces.news``."""
        return self.model._meta.label_lower

    def find(self, key: str) -> Any:
        """The thing of that key, or None."""
        try:
            return self._rows().filter(pk=key).first()
        except (ValueError, ValidationError, OverflowError):  # No key of that kind.
            return None

    def found(self, keys: Iterable[str]) -> dict[str, Any]:
        """The things of these keys that still exist, in one query."""
        return {str(thing.pk): thing for thing in self._rows().filter(pk__in=list(keys))}

    def _rows(self) -> models.QuerySet[Any]:
        # Without a name, select_related would follow every relation.
        rows = self.model._base_manager.all()
        return rows.select_related(*self.related) if self.related else rows


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Announce kinds of things; called from ``apps.ready()``, as ``admin.register`` is."""
    _kinds.update((kind.key, kind) for kind in kinds)


def named(key: str) -> Kind | None:
    """The kind of that key, if an app announced it."""
    return _kinds.get(key)


def kind_of(thing: models.Model) -> Kind:
    """The kind of a thing. Raises KeyError when no app announced it."""
    return _kinds[thing._meta.label_lower]


def people_write_in(space: Space) -> bool:
    """Whether the space uses a block in which people, and not only the team, write."""
    written = {kind.block for kind in _kinds.values()} - {""}
    return bool(written & {block.key for block in space.open_blocks})

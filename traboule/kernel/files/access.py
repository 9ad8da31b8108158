"""Who may open the files of a space: apps above say it, since they know what a space is."""

from collections.abc import Callable

from django.http import HttpRequest

from .models import File

May = Callable[[HttpRequest, str], bool]

_rules: dict[str, May] = {}


def register(prefix: str, may: May) -> None:
    """Have ``may(request, space_key)`` say who opens what belongs to ``prefix:…``."""
    _rules[prefix] = may


def may_open(request: HttpRequest, file: File) -> bool:
    """Whether this visitor may open the file today; who sent it may see it withheld."""
    if request.user.is_authenticated and file.by_id == request.user.pk:
        return True
    if not file.is_shown:
        return False
    may = _rules.get(file.space_key.partition(":")[0])
    return file.is_public or bool(may and may(request, file.space_key))

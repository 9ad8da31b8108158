from typing import TypeGuard

from django.http import HttpRequest

from .models import Person


class PersonRequest(HttpRequest):
    """A request to a view that only those who signed in reach (LoginRequiredMiddleware)."""

    user: Person


def is_signed_in(request: HttpRequest) -> TypeGuard[PersonRequest]:
    """Whether a person has signed in, for a view that visitors reach too."""
    return isinstance(request.user, Person)

from django.http import HttpRequest

from .models import Person


class PersonRequest(HttpRequest):
    """A request to a view that only those who signed in reach (LoginRequiredMiddleware)."""

    user: Person

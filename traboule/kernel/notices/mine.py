"""What a person's own page says of their messages."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.people.models import Person

from .models import Notice


def draw(request: HttpRequest, person: Person) -> str:
    """How many messages wait to be read, for the person's own page."""
    told = Notice.objects.to_read(person)
    count = told.unread().count()
    return render_to_string("notices/_me.html", {"unread": count}, request)

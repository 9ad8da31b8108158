"""What conversations show on the pages of others."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.people.models import Person

from .models import Conversation

SHOWN = 50


def draw_mine(request: HttpRequest, person: Person) -> str:
    """The way to one's conversations, and how many hold something new."""
    latest = list(Conversation.objects.of(person).with_news_for(person)[:SHOWN])
    if not latest:
        return ""
    news = sum(conversation.has_news for conversation in latest)
    return render_to_string("conversations/_mine.html", {"news": news})

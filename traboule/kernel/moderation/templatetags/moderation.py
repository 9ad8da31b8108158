"""What blocks put beside what people write: ``{% load moderation %}``."""

from django import template
from django.db.models import Model
from django.template.context import Context

from .. import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def flag_link(context: Context, *, subject: Model) -> str:
    """Under a thing that shows: « Signaler », and for those who moderate, « Masquer »."""
    return slots.draw_flag(context["request"], subject)


@register.simple_tag(takes_context=True)
def hidden_note(context: Context, *, subject: Model) -> str:
    """In place of a thing that is hidden: that it is, why, and how to contest it."""
    return slots.draw_hidden(context["request"], subject)

"""What files show on the pages of others."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from .models import File


def draw_mine(request: HttpRequest, person: Any) -> str:
    """On one's own page: the way to one's pictures, once there is one."""
    number = File.objects.filter(seen__person=person).count()
    sent = File.objects.filter(by=person).exists()
    if not (number or sent):
        return ""
    return render_to_string("files/_mine.html", {"number": number}, request)

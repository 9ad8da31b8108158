from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from .models import Card


def cards(request: HttpRequest) -> HttpResponse:
    """The twenty newest."""
    return render(request, "floor/cards.html", {"cards": Card.objects.order_by("-position")[:20]})


urlpatterns = [path("", cards)]

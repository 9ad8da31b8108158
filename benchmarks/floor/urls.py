from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from .models import Card


def cards(request: HttpRequest) -> HttpResponse:
    """The floor: the twenty newest."""
    return render(request, "floor/cards.html", {"cards": Card.objects.order_by("-position")[:20]})


def plain(request: HttpRequest) -> HttpResponse:
    """The same page with nothing but ``{{ field }}`` in it."""
    return render(request, "floor/plain.html", {"cards": Card.objects.order_by("-position")[:20]})


def constant(request: HttpRequest) -> HttpResponse:
    """The same weight of text without query or template: what serving a page costs."""
    return HttpResponse("x" * 16_000)


urlpatterns = [
    path("", cards),
    path("plain/", plain),
    path("constant/", constant),
    path("cartes/<slug:slug>/", constant, name="card"),
]

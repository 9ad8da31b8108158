from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from .models import Card, Line


def cards(request: HttpRequest) -> HttpResponse:
    """The floor: the twenty newest."""
    return render(request, "floor/cards.html", {"cards": Card.objects.order_by("-position")[:20]})


def plain(request: HttpRequest) -> HttpResponse:
    """The same page with nothing but ``{{ field }}`` in it."""
    return render(request, "floor/plain.html", {"cards": Card.objects.order_by("-position")[:20]})


def constant(request: HttpRequest) -> HttpResponse:
    """The same weight of text without query or template: what serving a page costs."""
    return HttpResponse("x" * 16_000)


def write(request: HttpRequest) -> HttpResponse:
    """The floor of what writes: one row, and back to the cards."""
    Line.objects.create(text=request.POST["note"])
    return redirect("/")


urlpatterns = [
    path("", cards),
    path("plain/", plain),
    path("constant/", constant),
    path("ecrire/", write),
    path("cartes/<slug:slug>/", constant, name="card"),
]

"""People of the journeys: who they are, how they come in, and a space that already runs."""

import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces import shelf, starting
from traboule.kernel.spaces.models import Space

PROVED = {"mobile", "email"}
"""Ways that answered with their code."""


def someone(
    name: str, *, mobile: str = "", email: str = "", landline: str = "", post: str = ""
) -> Person:
    """A person with the ways to be reached that they proved, or gave."""
    given = {"mobile": mobile, "email": email, "landline": landline, "post": post}
    channels = [
        Channel(kind=kind, value=value, verified_at=timezone.now() if kind in PROVED else None)
        for kind, value in given.items()
        if value
    ]
    # At whatever hour tests run, they may be written to.
    return Person.objects.create_person(name=name, channels=channels, quiet_nights=False)


def come_in(page: Any, person: Person, path: str = "/") -> None:
    """Open a page as someone who signed in a moment ago."""
    page.goto("/sante/")
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": page.evaluate("origin")}]
    )
    page.goto(path)


def started(sheet: str, *, title: str, commune: str, by: Person, **said: Any) -> Space:
    """A space that someone started from a sheet a moment ago."""
    return starting.start(
        recipe=shelf.recipe_of_sheet(sheet),
        sheet=Initiative.objects.get(slug=sheet),
        title=title,
        commune=Commune.objects.get(name=commune),
        holder=starting.NewHolder(name="Les Voisins du Biollay", kind="group"),
        starts_on=timezone.localdate(),
        by=by,
        **said,
    )


def make_it_now(event: Any) -> None:
    """Have a session take place at this moment."""
    length = event.ends_at - event.starts_at
    event.starts_at = timezone.now() - datetime.timedelta(minutes=5)
    event.ends_at = event.starts_at + length
    event.save(update_fields=["starts_at", "ends_at"])


def make_it_over(event: Any) -> None:
    """Have a session be over, as it was held."""
    length = event.ends_at - event.starts_at
    event.ends_at = timezone.now() - datetime.timedelta(minutes=1)
    event.starts_at = event.ends_at - length
    event.save(update_fields=["starts_at", "ends_at"])


def figures(page: Any, path: str) -> list[str]:
    """The results measured that a page shows: « 2 séances Séances tenues (depuis le début) ».

    They are counted again every few minutes only: these have gone by.
    """
    cache.clear()
    page.goto(path)
    return [" ".join(one.split()) for one in page.locator(".measured .figure").all_inner_texts()]

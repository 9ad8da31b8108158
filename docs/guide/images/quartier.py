"""The neighbours whom the pictures show: made inside the installation, by ``traboule shell``.

Every function answers what the pictures need to find its way: addresses, and nothing secret.
"""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from traboule.blocks.agenda.actions import events, for_others, polls, signups
from traboule.blocks.agenda.models import Series, Via
from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.notices.following import note_call
from traboule.kernel.notices.models import Notice, Outcome
from traboule.kernel.notices.models.notice import RECEIPT
from traboule.kernel.notices.receiving import receive
from traboule.kernel.people import consents, guardians
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces import actions, shelf, starting
from traboule.kernel.spaces.models import Space

KARIM = "06 12 34 00 02"
PROVEN = ("mobile", "email")
NEIGHBOURS = {
    "Karim": {"mobile": KARIM},
    "Yasmine": {"mobile": "06 12 34 00 04"},
    "Bruno": {"mobile": "06 12 34 00 05"},
    "Inès": {"email": "ines@exemple.fr"},
    "Djamila Rahmani": {"landline": "04 65 71 00 21"},
    "Marcel Perrin": {"post": "4 rue des Tilleuls\n38200 Vienne"},
}
CHILDREN = {
    # Their parent and its number; whether they may be photographed, and go home alone.
    "Idris": ("Moussa", "06 12 34 00 11", False, True),
    "Fanta": ("Moussa", "06 12 34 00 11", True, True),
    "Lina": ("Nora", "06 12 34 00 12", True, False),
    "Malo": ("Gwen", "06 12 34 00 13", True, False),
    "Zoé": ("Claire", "06 12 34 00 14", None, None),
}


def someone(name: str, **ways: str) -> Person:
    """A person with the ways to be reached that they proved, or gave; the one already known."""
    channels = [
        Channel(kind=kind, value=value, verified_at=timezone.now() if kind in PROVEN else None)
        for kind, value in ways.items()
    ]
    for channel in channels:
        channel.clean()
    known = Person.objects.filter(channels__value=channels[0].value, name=name).first()
    return known or Person.objects.create_person(name=name, channels=channels, quiet_nights=False)


def workshops() -> dict[str, Any]:
    """Vienne: what Samira just started, with its dates confirmed and people who come."""
    space = Space.objects.get(recipe_key="ateliers-entrepreneurs")
    samira = space.referent.person
    for event in space.events.gatherings().order_by("starts_at", "pk"):
        events.open_event(event=event, by=samira)
    space.events.update(place_name="Espace Saint-Germain", address="30 avenue du Général-Leclerc")
    welcome, site = (
        space.events.get(title=title, parent=None)
        for title in ("Réunion d’accueil", "Créer ou refaire son site")
    )
    people = {name: someone(name, **ways) for name, ways in NEIGHBOURS.items()}
    for person in people.values():
        actions.add_person(space=space, person=person, by=samira)
        for_others.sign_up_for(event=welcome, person=person, by=samira, via=Via.PHONE)
    signups.sign_up(event=site, person=people["Bruno"], by=people["Bruno"], extra=2)
    signups.sign_up(event=site, person=people["Yasmine"], by=people["Yasmine"])
    asked = [people["Karim"], people["Djamila Rahmani"], people["Marcel Perrin"]]
    for_others.invite(event=site, people=asked, by=samira)
    return {
        "space": space.get_absolute_url(),
        "welcome": welcome.get_absolute_url(),
        "site": site.get_absolute_url(),
        "djamila": reverse("spaces:person", args=[space.slug, people["Djamila Rahmani"].public_id]),
    }


def after_the_calls() -> None:
    """Djamila knows what was done for her: it was on the telephone. Karim writes something else."""
    samira = Person.objects.get(name="Samira")
    for notice in Notice.objects.to_call().filter(kind=RECEIPT).order_by("pk"):
        note_call(notice=notice, outcome=Outcome.REACHED, by=samira)
    receive(
        gateway_id="1",
        from_value=KARIM,
        text="je viens mais à 19h avec ma sœur, on peut ?",
        received_at=timezone.now(),
    )


def robots() -> dict[str, Any]:
    """Chambéry: nine sessions for children, the first of which takes place now."""
    samira = Person.objects.get(name="Samira")
    space = _start("code-a-l-ecole", "Robots au Biollay", "Chambéry", "Les Voisins du Biollay")
    series = Series.objects.get(space=space, is_whole=True)
    events.open_series(series=series, by=samira)
    series.events.update(place_name="École du Biollay", address="12 rue des Combes")
    for name, (parent, number, photo, alone) in CHILDREN.items():
        _child(series, name, someone(parent, mobile=number), photo, alone, by=samira)
    session = series.events.order_by("rank").first()
    length = session.ends_at - session.starts_at
    session.starts_at = timezone.now().replace(minute=0, second=0, microsecond=0)
    session.ends_at = session.starts_at + length
    session.save()
    return {"space": space.get_absolute_url(), "session": session.get_absolute_url()}


def meeting() -> dict[str, str]:
    """Aix-les-Bains: for which day does everyone meet?"""
    samira = Person.objects.get(name="Samira")
    title, sheet = "Rencontres autour du lac", "recueil-innovation-sociale-et-numerique"
    space = _start(sheet, title, "Aix-les-Bains", "Les Voisins de Marlioz")
    today = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0)
    starts = [today + datetime.timedelta(days=days) for days in (12, 14, 19)]
    poll = polls.create_poll(
        space=space,
        by=samira,
        title="Préparer la rencontre d’Aix-les-Bains",
        description="On choisit les récits et l’on se répartit l’accueil.",
        place_name="Salle de Marlioz",
        closes_on=(today + datetime.timedelta(days=7)).date(),
        dates=[(start, start + datetime.timedelta(hours=2)) for start in starts],
    )
    first, second, third = poll.dates.order_by("starts_at").values_list("pk", flat=True)
    for name, votes in {
        "Lina": {first: "yes", second: "maybe"},
        "Rose": {first: "yes", third: "yes"},
        "Ali": {first: "maybe", second: "yes"},
    }.items():
        polls.answer(poll=poll, name=name, votes=votes)
    return {"poll": poll.get_absolute_url()}


def _start(sheet: str, title: str, commune: str, holder: str) -> Space:
    """A space that Samira starts from a sheet, today."""
    return starting.start(
        recipe=shelf.recipe_of_sheet(sheet),
        sheet=Initiative.objects.get(slug=sheet),
        title=title,
        commune=Commune.objects.get(name=commune, department="73"),
        holder=starting.NewHolder(name=holder, kind="group"),
        starts_on=timezone.localdate(),
        by=Person.objects.get(name="Samira"),
    )


def _child(
    series: Series, name: str, parent: Person, photo: bool | None, alone: bool | None, *, by: Person
) -> None:
    """A child in all the sessions, with what its parent ticked on the paper."""
    year = timezone.localdate().year - 9
    child = guardians.add_child(name=name, birth_year=year, by=parent, relation="other")
    actions.add_person(space=series.space, person=child, by=by)
    signups.enrol(series=series, person=child, by=parent)
    for purpose, said in {"image": photo, "leave-alone": alone}.items():
        if said is not None:
            consents.record_answer(
                person=child, purpose=purpose, given=said, how="paper", said_by=parent, by=by
            )

"""Those whom the later blocks show: a council, its garden, an adviser’s contacts; all invented.

Made inside the installation, as ``quartier.py`` does; every function answers addresses.
"""

import datetime
import io
from collections.abc import Iterator
from typing import Any

import quartier
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageDraw

from traboule.blocks.agenda.actions import events, watching
from traboule.blocks.mailings.actions import listing
from traboule.blocks.mailings.actions import writing as letters
from traboule.blocks.meetings.actions import approving, convening, preparing, writing
from traboule.blocks.meetings.models import Meeting
from traboule.blocks.outreach.actions import contacts
from traboule.blocks.publishing.actions import parts
from traboule.blocks.publishing.actions import writing as publishing
from traboule.blocks.reports.actions import handling, reporting
from traboule.blocks.roster.actions import answers, draws
from traboule.blocks.surveys.actions import answering, holding
from traboule.blocks.surveys.asked import Asked
from traboule.blocks.surveys.models import Door
from traboule.blocks.surveys.reading import read
from traboule.kernel.files import checking, receiving
from traboule.kernel.people.channels import read_address
from traboule.kernel.people.models import Membership, Person
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces import actions, shelf, starting
from traboule.kernel.spaces.models import Space

NAIMA = "06 12 34 00 03"
WOMEN = "Rose Morel,Nadia Haddad,Lina Perret,Gwen Le Goff,Hawa Kanté,Claire Vial,Inès Roy".split(
    ","
)
MEN = "Karim Saïdi,Paul Vernay,Moussa Kanté,Bruno Ferri,Ali Demir,Marcel Perrin,Yann Roux".split(
    ","
)
READERS = {
    "Inès": {"email": "ines@exemple.fr"},
    "Hugo": {"email": "hugo@exemple.fr"},
    "Djamila Rahmani": {"landline": "04 65 71 00 21"},
    "Simone Vial": {"post": "4 rue des Tilleuls\n73100 Aix-les-Bains"},
}
"""Who reads the letter of the council otherwise than by SMS."""
SUMMARY = """La salle Marlioz est ouverte à tout le monde le jeudi soir.
La mairie posera deux bancs devant l’école.
Une fête des voisins aura lieu le 12 juin.
Prochaine réunion : le mardi 12 janvier."""
CONTACTS = {
    "Omar Belaïd": ("06 12 34 00 41", "3", "rue des Tilleuls", "Réparer des vélos"),
    "Sonia Marchand": ("06 12 34 00 42", "8", "rue des Tilleuls", "Traiteur à domicile"),
    "Tiago Lopes": ("04 65 71 00 43", "14", "avenue de Marlioz", "Peintre en bâtiment"),
    "Fatou Sy": ("06 12 34 00 44", "21", "avenue de Marlioz", "Coiffure"),
}
SAID = (  # To each question of the garden’s survey; by which door.
    (Door.PAPER, "1", "1 3", "1 3", "oui"),
    (Door.PAPER, "2", "2", "1", "non"),
    (Door.PAPER, "3", "", "1 5", "oui"),
    (Door.SMS, "1", "1", "3", "oui"),
    (Door.WEB, "2", "2 4", "4", "non"),
    (Door.WEB, "1", "1 3 4", "2 3", "oui"),
    (Door.WEB, "2", "4", "1 4", "oui"),
    (Door.INTERVIEW, "3", "", "6", "non"),
    (Door.INTERVIEW, "2", "2 3", "1 5", "oui"),
)


def council() -> dict[str, Any]:
    """Marlioz: a draw, minutes that everyone reads, a meeting to come, a letter to all."""
    sheet, title = "conseil-citoyen-thiers", "Conseil citoyen de Marlioz"
    space = _start(sheet, title, "Aix-les-Bains", "Conseil citoyen de Marlioz")
    naima = space.referent.person
    draw = _draw(space, naima)
    people = [one.person for one in draw.candidates.select_related("person").order_by("number")]
    others = [quartier.someone(name, **ways) for name, ways in READERS.items()]
    for person in people[:9] + others:
        actions.add_person(space=space, person=person, by=naima)
    done = _minutes(space, naima)
    coming = _meeting(space, naima, people)
    mailing = space.mailings.get()
    letters.change(
        mailing=mailing, by=naima, audience_keys=["roll"], subject=mailing.subject,
        text=mailing.text,
    )  # fmt: skip
    listing.prepare(mailing=mailing, by=naima)
    return {
        "draw": reverse("roster:draw", args=[space.slug, draw.pk]),
        "minutes": reverse("meetings:meeting", args=[space.slug, done.ref]),
        "life": reverse("meetings:life", args=[space.slug, coming.ref]),
        "letter": reverse("mailings:mailing", args=[space.slug, mailing.pk]),
    }


def _draw(space: Space, naima: Person) -> Any:
    """Eleven seats drawn among fourteen; three have said yes, one cannot."""
    college = space.colleges.get(seats=11)
    draw = draws.prepare(
        space=space, title="Tirage 2027 des habitantes et habitants",
        places={str(college.pk): 11}, by=naima,
    )  # fmt: skip
    draws.add_candidates(draw=draw, people=[(one, college) for one in _residents()], by=naima)
    draws.freeze(draw=draw, seed_source="Le Loto de samedi, à la télévision", by=naima)
    draws.draw_lots(draw=draw, seed="4 12 23 31 40", by=naima)
    draws.ask_chosen(draw=draw, by=naima)
    asked = list(draw.candidates.filter(rank__isnull=False).order_by("rank"))
    for candidate in asked[:3]:
        answers.accept(candidate=candidate, by=naima)
    return draw


def _residents() -> Iterator[Person]:
    """Seven women and seven men of every age, two of them under twenty-five."""
    year = timezone.localdate().year
    for rank, (woman, man) in enumerate(zip(WOMEN, MEN, strict=True)):
        for name, gender in ((woman, "woman"), (man, "man")):
            number = f"06 12 34 01 {2 * rank + (gender == 'man'):02}"
            person = quartier.someone(name, mobile=number)
            person.gender, person.birth_year = gender, year - 20 - 8 * rank
            person.save()
            yield person


def _minutes(space: Space, naima: Person) -> Meeting:
    """The meeting of last month, approved and published."""
    start = _at(18, days=-30)
    meeting = preparing.type_past(
        space=space, by=naima, title="Réunion du conseil citoyen", place_name="Salle Marlioz",
        starts_at=start, ends_at=start + datetime.timedelta(hours=2), present=16,
        subjects=["Des bancs devant l’école", "La fête des voisins"],
        decisions=["Demander deux bancs à la mairie, devant l’école."], summary=SUMMARY,
    )  # fmt: skip
    item = meeting.items.get(title="La fête des voisins")
    writing.note_action(
        item=item, text="Réserver les tables", by=naima, owner=naima,
        due_on=timezone.localdate() + datetime.timedelta(days=60),
    )  # fmt: skip
    approving.adopt(
        meeting=meeting, on=timezone.localdate(), how="par consensus, à la réunion suivante",
        by=naima,
    )  # fmt: skip
    approving.publish(meeting=Meeting.objects.get(pk=meeting.pk), by=naima)
    return Meeting.objects.get(pk=meeting.pk)


def _meeting(space: Space, naima: Person, people: list[Person]) -> Meeting:
    """The meeting to come: everyone is called, some have answered."""
    start = _at(18, days=12)
    meeting = preparing.plan(
        space=space, by=naima, model=space.meeting_models.get(title="Réunion du mois"),
        title="Réunion du conseil citoyen", place_name="Salle Marlioz",
        starts_at=start, ends_at=start + datetime.timedelta(hours=2),
    )  # fmt: skip
    convening.convene(meeting=meeting, audience="roll", text="", is_statutory=True, by=naima)
    for person in people[:5]:
        convening.come(meeting=meeting, person=person, by=person)
    convening.excuse(meeting=meeting, person=people[5], by=people[5])
    convening.give_voice(meeting=meeting, giver=people[6], carrier=people[0], by=people[6])
    return meeting


def gardens() -> dict[str, Any]:
    """Chambéry: a garden that lives, another one beside it, both on one page."""
    space = _start("pistyles", "Jardin des Mésanges", "Chambéry", "Les jardins de la Leysse")
    naima, holder = space.referent.person, space.initiative.holder
    other = _start("pistyles", "Jardin du Biollay", "Chambéry", holder)
    Membership.objects.get_or_create(person=naima, organisation=holder)
    for garden in (space, other):
        for event in garden.events.gatherings().order_by("starts_at", "pk"):
            events.open_event(event=event, by=naima)
    neighbours = [
        quartier.someone(name, mobile=f"06 12 34 02 {rank:02}")
        for rank, name in enumerate(("Rose", "Idriss", "Claire"))
    ]
    for person in neighbours:
        actions.add_person(space=space, person=person, by=naima)
        watching.watch(space=space, person=person, by=person)
    pairs, piece = _before_and_after(space, naima)
    _problems(space, neighbours, naima)
    return {
        "weather": reverse("agenda:weather", args=[space.slug, _next_visit(space).pk]),
        "pairs": reverse("publishing:page", args=[space.slug, pairs.slug]),
        "who": reverse("publishing:who", args=[space.slug, pairs.slug, piece.pk]),
        "queue": reverse("reports:queue", args=[space.slug]),
        "all": reverse("spaces:panorama", args=[holder.pk]),
        **_survey(space, naima),
    }


def _next_visit(space: Space) -> Any:
    """The first visit of the gardener, for which nobody signs up."""
    return space.events.filter(kind="visit").order_by("starts_at", "pk").first()


def _before_and_after(space: Space, naima: Person) -> tuple[Any, Any]:
    """Two places, one of which shows what it became; and the photo on which someone is seen."""
    publication = space.publications.get(kind="before-after")
    for place, grown in (("Les bacs du portail", True), ("Le coin du composteur", False)):
        parts.add_pair(
            publication=publication, place=place, by=naima, nobody_seen=True,
            before=_photo(grown=False), after=_photo(grown=True) if grown else None,
            caption="Terre et paillage en mars, fleurs en mai." if grown else "",
        )  # fmt: skip
    publishing.change(
        publication=publication, prepared=[_photo(grown=True, someone=True)], by=naima
    )
    return publication, publication.files.order_by("-pk").first()


def _photo(*, grown: bool, someone: bool = False) -> checking.Prepared:
    """A raised bed, drawn: bare, or in flower, maybe with a neighbour behind it."""
    image = Image.new("RGB", (1200, 800), "#cfe3ef")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 430, 1200, 800), fill="#b9c98f" if grown else "#c9bd9a")
    pen.rectangle((820, 120, 1080, 470), fill="#e6d3b8")
    for x in (860, 970):
        for y in (170, 280):
            pen.rectangle((x, y, x + 60, y + 70), fill="#8fa9b8")
    if someone:
        pen.ellipse((520, 230, 620, 340), fill="#a9714b")
        pen.pieslice((505, 205, 635, 335), 180, 360, fill="#d8a83a")
        pen.rounded_rectangle((470, 335, 670, 620), 60, fill="#2f6c8f")
    pen.polygon([(180, 560), (1010, 560), (1080, 720), (110, 720)], fill="#8a5a33")
    pen.polygon([(215, 572), (975, 572), (1000, 630), (190, 630)], fill="#5b4330")
    if grown:
        for rank, x in enumerate(range(235, 970, 62)):
            top = 470 + 34 * (rank % 3)
            pen.line((x, 610, x, top), fill="#3f7a3a", width=10)
            pen.ellipse((x - 34, 560, x + 4, 600), fill="#4f9147")
            colour = ("#d94f4f", "#f2c230", "#f7f3ea")[rank % 3]
            pen.ellipse((x - 24, top - 24, x + 24, top + 24), fill=colour)
    return _sent(image)


def _bench() -> checking.Prepared:
    """A bench, one slat of which hangs."""
    image = Image.new("RGB", (1200, 800), "#dfe9df")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 560, 1200, 800), fill="#b9c98f")
    for x in (260, 900):
        pen.rectangle((x, 300, x + 40, 650), fill="#4a4f55")
    for y in (300, 370, 470):
        pen.rectangle((210, y, 990, y + 42), fill="#a8703f")
    pen.polygon([(210, 520), (700, 560), (690, 604), (205, 562)], fill="#8a5a33")
    return _sent(image)


def _sent(image: Image.Image) -> checking.Prepared:
    content = io.BytesIO()
    image.save(content, "JPEG", quality=85)
    upload = receiving.take(SimpleUploadedFile("photo.jpg", content.getvalue()), most=10**8)
    return checking.prepare(upload, kinds={"picture"})


def _problems(space: Space, neighbours: list[Person], naima: Person) -> None:
    """Three problems: one to take in hand, one taken, one repaired."""
    rose, idriss, claire = neighbours
    zones = {zone.name: zone for zone in space.report_zones.all()}
    kinds = {kind.name: kind for kind in space.report_categories.all()}
    bench = reporting.report(
        space=space, by=rose, words="Une latte du banc est cassée", photos=[_bench()],
        zone=zones["Les bancs"], category=kinds["Cassé ou dangereux"],
    )  # fmt: skip
    reporting.say_it_is_the_same(report=bench, by=claire)
    tap = reporting.report(
        space=space, by=idriss, words="Le robinet goutte", zone=zones["Le point d’eau"],
        category=kinds["Cassé ou dangereux"],
    )  # fmt: skip
    handling.take(report=tap, by=naima)
    gate = reporting.report(
        space=space, by=claire, words="Le portail ne ferme plus", zone=zones["Le portail"]
    )
    handling.close(report=gate, by=naima, words="La serrure est changée.")


def _survey(space: Space, naima: Person) -> dict[str, str]:
    """The garden’s survey, answered by all its doors."""
    survey = space.surveys.get()
    survey.shown, survey.reach = "always", "120 logements, environ 300 habitants"
    survey.save()
    holding.move(survey=survey, to="open", by=naima)
    survey.refresh_from_db()
    asked = Asked(survey)
    for rank, (door, *said) in enumerate(SAID, 1):
        paper = {"batch": "1", "sheet": rank} if door == Door.PAPER else {}
        response, _receipt = answering.begin(survey=survey, door=door, by=naima, **paper)
        for question, text in zip(asked.questions, said, strict=False):
            if value := read(question, asked.choices(question), text):
                answering.put(response=response, question=question, value=value)
        answering.finish(response=response)
    return {
        "results": reverse("surveys:results", args=[survey.code]),
        "form": reverse("surveys:paper-form", args=[space.slug, survey.code]),
    }


def advice() -> dict[str, str]:
    """Aix-les-Bains: an adviser’s contacts, whom to call today."""
    sheet, title = "citeslab-grand-lac", "Ateliers du commerce, Marlioz"
    space = _start(sheet, title, "Aix-les-Bains", "Les Ateliers de Marlioz")
    naima, today = space.referent.person, timezone.localdate()
    for rank, (name, (phone, number, street, idea)) in enumerate(CONTACTS.items()):
        contact = contacts.add_contact(
            space=space, name=name, by=naima, addresses=[read_address(phone)[1]],
            activity=idea, number=number, street=street, source="stand",
            source_note="le marché de Marlioz", owner=naima,
            stage=space.outreach_stages.order_by("pk")[rank],
        )  # fmt: skip
        contacts.plan_next(contact=contact, kind="call", due_on=today, by=naima, owner=naima)
    return {
        "calls": reverse("outreach:calls", args=[space.slug]),
        "sheet": reverse("outreach:calls-pdf", args=[space.slug]),
    }


def _at(hour: int, *, days: int) -> datetime.datetime:
    """That hour, so many days from today."""
    day = timezone.localtime() + datetime.timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def _start(sheet: str, title: str, commune: str, holder: Any) -> Space:
    """A space that Naïma starts from a sheet, today."""
    carrier = starting.NewHolder(name=holder, kind="group") if isinstance(holder, str) else holder
    return starting.start(
        recipe=shelf.recipe_of_sheet(sheet),
        sheet=quartier.Initiative.objects.get(slug=sheet),
        title=title,
        commune=Commune.objects.get(name=commune, department="73"),
        holder=carrier,
        starts_on=timezone.localdate(),
        by=quartier.someone("Naïma", mobile=NAIMA),
    )

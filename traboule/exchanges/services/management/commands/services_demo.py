"""Makes services between neighbours to look at: people made up, in the Villeneuve of Grenoble."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from traboule.exchanges.services.demo import fill
from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.initiatives.vocabulary import HolderKind
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.starting import NewHolder, recipe_for, start

SHEET, GRENOBLE = "sereale", "38185"
ADDRESS = "karim@example.org"
"""Of a domain kept for examples: nobody reads it."""


class Command(BaseCommand):
    """Starts the exchange from its sheet, then fills it."""

    help = "Prépare des services entre voisins à essayer, avec des personnes inventées."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom to sign in as."""
        parser.add_argument(
            "--address", default=ADDRESS, help="le mobile ou l’e-mail de qui coordonne"
        )

    def handle(self, **options: Any) -> None:
        """Start, fill, and say where to look."""
        commune = Commune.objects.filter(code=GRENOBLE).first()
        if commune is None:
            raise CommandError("Aucune commune : lancez d’abord « traboule load_places ».")
        sheet = Initiative.objects.filter(slug=SHEET).first()
        recipe = recipe_for(sheet) if sheet else None
        if sheet is None or recipe is None:
            raise CommandError("La fiche manque : lancez d’abord « traboule load_compendium ».")
        by = _coordinator(options["address"])
        space = start(
            recipe=recipe,
            sheet=sheet,
            title="Services entre voisins, Villeneuve",
            commune=commune,
            holder=NewHolder(name="Association de démonstration", kind=HolderKind.ASSOCIATION),
            starts_on=timezone.localdate(),
            by=by,
        )
        fill(space, by=by, say=self.stdout.write)
        self.stdout.write(f"Prête : {space.get_absolute_url()}")
        self.stdout.write(f"Pour la coordonner, connectez-vous avec {options['address']}.")


def _coordinator(address: str) -> Person:
    """The person who proved that number or address, or someone made up who has it."""
    channel = Channel.read(address)
    channel.verified_at = timezone.now()
    known = Person.objects.reached_at(channel.kind, channel.value)
    return known or Person.objects.create_person(name="Karim", channels=[channel])

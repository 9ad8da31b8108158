"""Makes an exchange of homes to look at: people made up, in the communes of a department."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from traboule.exchanges.housing.demo import fill
from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.initiatives.vocabulary import HolderKind
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.starting import NewHolder, recipe_for, start

SHEET = "echangeons-nos-logements"
ADDRESS = "awa@example.org"
"""Of a domain kept for examples: nobody reads it."""


class Command(BaseCommand):
    """Starts the exchange from its sheet, then fills it."""

    help = "Prépare une bourse d’échange de logements à essayer, avec des personnes inventées."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, where, and whom to sign in as."""
        parser.add_argument("--listings", type=int, default=3600, help="combien de ménages")
        parser.add_argument("--department", default="74", help="par exemple 74")
        parser.add_argument(
            "--seed", type=int, default=1, help="le même tirage pour le même nombre"
        )
        parser.add_argument(
            "--address", default=ADDRESS, help="le mobile ou l’e-mail de qui coordonne"
        )

    def handle(self, **options: Any) -> None:
        """Start, fill, and say where to look."""
        begun = time.monotonic()
        communes = list(
            Commune.objects.filter(department=options["department"])
            .prefetch_related("postal_codes")
            .order_by("code")
        )
        if not communes:
            raise CommandError("Aucune commune : lancez d’abord « traboule load_places ».")
        space = self._start(max(communes, key=lambda one: one.population), options["address"])
        fill(
            space, communes, listings=options["listings"], seed=options["seed"],
            say=self.stdout.write,
        )  # fmt: skip
        took = time.monotonic() - begun
        self.stdout.write(f"Prête en {took:.0f} s : {space.get_absolute_url()}")
        self.stdout.write(f"Pour la coordonner, connectez-vous avec {options['address']}.")

    def _start(self, commune: Commune, address: str) -> Space:
        sheet = Initiative.objects.filter(slug=SHEET).first()
        recipe = recipe_for(sheet) if sheet else None
        if sheet is None or recipe is None:
            raise CommandError("La fiche manque : lancez d’abord « traboule load_compendium ».")
        return start(
            recipe=recipe,
            sheet=sheet,
            title=f"Échangeons nos logements, {commune.department.name}",
            commune=commune,
            holder=NewHolder(name="Association de démonstration", kind=HolderKind.ASSOCIATION),
            starts_on=timezone.localdate().replace(month=1, day=1),
            by=_coordinator(address),
        )


def _coordinator(address: str) -> Person:
    """The person who proved that number or address, or someone made up who has it."""
    channel = Channel.read(address)
    channel.verified_at = timezone.now()
    known = Person.objects.reached_at(channel.kind, channel.value)
    return known or Person.objects.create_person(name="Awa", channels=[channel])

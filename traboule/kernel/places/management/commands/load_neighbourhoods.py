"""Loads the priority neighbourhoods (QPV) of an official GeoJSON file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from traboule.kernel.places.actions import load_neighbourhoods
from traboule.kernel.places.official import BadFileError, read_neighbourhoods


class Command(BaseCommand):
    """Loads outlines in WGS 84, all or nothing."""

    help = "Load priority neighbourhoods (QPV) from their official GeoJSON file in WGS 84."

    def add_arguments(self, parser: CommandParser) -> None:
        """``FILE [--vintage YEAR]``."""
        parser.add_argument("file", type=Path, metavar="FILE.geojson")
        parser.add_argument("--vintage", type=int, default=2024)

    def handle(self, *args: Any, file: Path, vintage: int, **options: Any) -> None:
        """Load the file and say how many."""
        try:
            done = load_neighbourhoods(official=read_neighbourhoods(file), vintage=vintage)
        except BadFileError as error:
            raise CommandError(f"{error}\n{_('Rien n’a été chargé.')}") from error
        text = _("%(written)s quartiers chargés, %(removed)s anciens retirés, %(kept)s gardés.")
        self.stdout.write(text % vars(done))

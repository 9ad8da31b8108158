"""Loads the communes of France."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from traboule.kernel.places.actions import load_communes, refresh_communes
from traboule.kernel.places.official import BadFileError, read_communes


class Command(BaseCommand):
    """Loads the shipped list, or refreshes it from an official file."""

    help = (
        "Load every commune from the shipped list; with --official, refresh points, population "
        "and postal codes from a file of geo.api.gouv.fr/communes?fields=code,nom,centre,…"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """``--official FILE``."""
        parser.add_argument("--official", type=Path, metavar="FILE.json")

    def handle(self, *args: Any, official: Path | None, **options: Any) -> None:
        """Load all or nothing, and say how many."""
        try:
            done = (
                refresh_communes(official=read_communes(official)) if official else load_communes()
            )
        except BadFileError as error:
            raise CommandError(f"{error}\n{_('Rien n’a été chargé.')}") from error
        text = _("%(written)s communes chargées, %(removed)s retirées, %(kept)s gardées.")
        if options["verbosity"]:
            self.stdout.write(text % vars(done))

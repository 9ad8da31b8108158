from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from traboule.kernel.initiatives.actions import load_compendium
from traboule.kernel.initiatives.loader import CompendiumError


class Command(BaseCommand):
    help = "Publie les fiches d’un dossier (par défaut, celles du recueil livré)."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.COMPENDIUM)
        parser.add_argument(
            "--update", action="store_true", help="remplace aussi les fiches déjà publiées"
        )

    def handle(self, *, folder, update, verbosity, **options):
        if not folder.is_dir():
            raise CommandError(f"Ce dossier n’existe pas : {folder}")
        try:
            loaded = load_compendium(folder, update=update)
        except CompendiumError as error:
            raise CommandError(f"Rien n’a été chargé.\n{error}") from error
        if verbosity:
            self.stdout.write(f"{len(loaded)} fiches publiées.")

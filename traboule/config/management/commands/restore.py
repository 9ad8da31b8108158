"""``traboule restore FILE``: an installation as it was when the file was made."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from traboule.config import archive, prepare


class Command(BaseCommand):
    """Create the tables where needed, then put back rows and pictures, all or nothing."""

    help = "Restaure une sauvegarde faite par « traboule backup » (arrêtez Traboule avant)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask what to read, and whether what is there may go."""
        parser.add_argument("file", type=Path, metavar="FICHIER.tar.gz")
        parser.add_argument(
            "--replace", action="store_true", help="remplace tout ce que la base contient"
        )

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        """Restore the archive and say what it held."""
        if not file.is_file():
            raise CommandError(f"{file} n’existe pas. / {file} does not exist.")
        try:
            new = "django_migrations" not in connection.introspection.table_names()
            prepare.prepare_database(say=self.stdout.write)
            counts = archive.restore(file, replace=replace or new)
            prepare.forget_places()
        except (archive.ArchiveError, prepare.OldDatabase, OSError, DatabaseError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{sum(counts.values())} lignes restaurées. / rows restored.")

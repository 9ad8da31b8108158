"""``traboule backup FILE``: everything this installation knows, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from traboule.config import archive


class Command(BaseCommand):
    """Write rows and pictures to a tar.gz that any database can restore."""

    help = "Sauvegarde toutes les données et les images dans un fichier .tar.gz."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask where to write."""
        parser.add_argument("file", type=Path, metavar="FICHIER.tar.gz")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Write the archive and say what it holds."""
        try:
            counts = archive.write(file)
        except (archive.ArchiveError, OSError, DatabaseError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{file} : {sum(counts.values())} lignes, {file.stat().st_size // 1024} ko. "
            "Gardez-le à l’abri : il contient des données personnelles."
        )

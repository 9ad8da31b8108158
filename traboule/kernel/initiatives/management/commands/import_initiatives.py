from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traboule.kernel.initiatives.exchange.readers import UnreadableError
from traboule.kernel.initiatives.importing import publish_in_batches, read_checked
from traboule.kernel.initiatives.vocabulary import Origin


class Command(BaseCommand):
    help = "Importe un fichier CSV, JSON ou GeoJSON de fiches ; rien si une ligne est à corriger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")
        parser.add_argument("--dry-run", action="store_true", help="Essaie, et n’importe rien.")
        parser.add_argument(
            "--only-right",
            action="store_true",
            help="Importe les lignes justes et écrit les autres à côté du fichier.",
        )
        parser.add_argument(
            "--origin",
            choices=Origin.values,
            default=Origin.REPORTED.value,
            help="D’où elles viennent.",
        )

    def handle(
        self, *, file: Path, dry_run: bool, only_right: bool, origin: str, **options: Any
    ) -> None:
        try:
            reading = read_checked(file.name, file.read_bytes())
        except (OSError, UnreadableError) as error:
            raise CommandError(str(error)) from error
        for remark in reading.remarks:
            self.stdout.write(remark)
        for row in reading.wrong:
            for mistake in row.mistakes:
                self.stderr.write(str(mistake))
        self.stdout.write(f"{len(reading.sheets)} prêtes, {len(reading.wrong)} à corriger.")
        if dry_run:
            return
        if reading.wrong and not only_right:
            raise CommandError("Rien n’a été importé. Corrigez, ou ajoutez --only-right.")
        publish_in_batches(
            reading,
            origin=Origin(origin),
            by=None,
            told=lambda done: self.stdout.write(f"{done} importées"),
        )
        if reading.wrong:
            ending, text = reading.wrong_part()
            rest = file.with_name(f"{file.stem}-a-corriger{ending}")
            rest.write_text(text, encoding="utf-8")
            self.stdout.write(f"Les autres sont dans {rest.name}.")

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traboule.kernel.spaces import shelf


class Command(BaseCommand):
    """Reads recipes, and says what is wrong with them."""

    help = "Vérifie les modèles, ou en donne la liste."
    # A broken recipe is for this command to tell, not a reason not to start.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="check|list")
        check = acts.add_parser("check", help="vérifie tous les modèles, ou ceux d’un dossier")
        check.add_argument("folder", nargs="?", type=Path, metavar="DOSSIER")
        acts.add_parser("list", help="donne la liste des modèles")

    def handle(self, *, act: str, folder: Path | None = None, **options: Any) -> None:
        if act == "list":
            for recipe in shelf.recipes().values():
                sheets = ", ".join(recipe.sheets) or "aucune fiche"
                self.stdout.write(f"{recipe.key} : {recipe.title} ({sheets})")
            return
        found, mistakes = _read(folder)
        for mistake in mistakes:
            self.stderr.write(str(mistake))
        if mistakes:
            raise CommandError(f"{len(mistakes)} à corriger.")
        self.stdout.write(f"{len(found)} modèles, rien à corriger.")


def _read(folder: Path | None) -> tuple[dict[str, Any], list[Any]]:
    if folder:
        return shelf.read_folder(folder)
    everything = shelf.shelf()
    return everything.recipes, [*everything.broken, *everything.left_out]

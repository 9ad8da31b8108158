from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traboule.engines.sortition import PublishedList, Unfeasible, Unreadable, fingerprint


class Command(BaseCommand):
    """Redoes a published draw from its list and its seed; needs no space and no account."""

    help = "Refait un tirage au sort publié : mêmes numéros, pour tout le monde."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("liste", type=Path, help="la liste publiée (fichier CSV)")
        parser.add_argument("--seed", required=True, metavar="GRAINE", help="la graine publiée")

    def handle(self, *, liste: Path, seed: str, **options: Any) -> None:
        try:
            # Bytes, not lines: the fingerprint is that of the file as it was published.
            text = liste.read_bytes().decode()
            drawn = PublishedList.read(text).draw(" ".join(seed.split()))
        except OSError as error:
            raise CommandError(f"Impossible de lire {liste} : {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{liste} n’est pas du texte UTF-8.") from error
        except Unreadable as error:
            raise CommandError(f"{liste}, ligne {error.line} : illisible.") from error
        except Unfeasible as error:
            raise CommandError("Ces règles ne peuvent pas être tenues avec cette liste.") from error
        self.stdout.write(f"Empreinte de la liste : {fingerprint(text)}")
        self.stdout.write(f"Tirés, dans l’ordre : {_numbers(drawn.chosen)}")
        self.stdout.write(f"Réserve, dans l’ordre : {_numbers(drawn.reserve)}")


def _numbers(numbers: list[int]) -> str:
    return " ".join(map(str, numbers)) or "personne"

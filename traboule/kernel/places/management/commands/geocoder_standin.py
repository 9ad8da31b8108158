"""Runs the stand-in for the geocoder."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from traboule.kernel.places.models import Commune
from traboule.kernel.places.standin import MODES, StandIn, towns


class Command(BaseCommand):
    """Serves the geocoder's protocol on this machine until it is interrupted."""

    help = "Serve the geocoder's protocol from the communes table; for development and tests."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--port`` and ``--mode``."""
        parser.add_argument("--port", type=int, default=7878)
        parser.add_argument("--mode", choices=MODES, default="normal")

    def handle(self, *args: Any, port: int, mode: str, **options: Any) -> None:
        """Serve."""
        known = towns(Commune.objects.prefetch_related("postal_codes"))
        with StandIn(known, port=port, mode=mode) as server:
            self.stdout.write(f"TRABOULE_GEOCODER_URL={server.url}")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("")

"""``python -m benchmarks.floor`` makes the floor's database: a thousand cards."""

import os

import django
from django.core.management import call_command

CARDS = 1000

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.floor.settings"
django.setup()

from benchmarks.floor.models import Card  # noqa: E402 (Django must be set up)

call_command("migrate", run_syncdb=True, verbosity=0)
Card.objects.bulk_create(
    Card(
        title=f"Réparer un ordinateur avec ses voisins {i}",
        slug=f"reparer-un-ordinateur-{i}",
        summary="Des jeunes montent en dix heures un ordinateur avec des pièces de récupération.",
        theme="create",
        state="En cours",
        place="Quartier de la Gare, Vienne",
        holder="Régie de quartier de Vienne",
        position=i,
    )
    for i in range(CARDS)
)

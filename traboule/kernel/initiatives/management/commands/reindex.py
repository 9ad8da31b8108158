from django.core.management.base import BaseCommand

from traboule.kernel.initiatives import search


class Command(BaseCommand):
    help = "Refait l’index de recherche à partir des fiches publiées."

    def handle(self, **options):
        self.stdout.write(f"{search.rebuild()} fiches dans l’index.")

from django.core.management.base import BaseCommand

from traboule.kernel.initiatives import actions, search


class Command(BaseCommand):
    help = "Refait l’index de recherche, et retrouve le quartier prioritaire de chaque fiche."

    def handle(self, **options):
        moved = actions.find_neighbourhoods()
        self.stdout.write(f"{search.rebuild()} fiches dans l’index.")
        self.stdout.write(f"{moved} fiches ont changé de quartier prioritaire.")

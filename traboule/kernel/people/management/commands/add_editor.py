from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from traboule.kernel.people.actions import name_editor
from traboule.kernel.people.channels import BY_MACHINE
from traboule.kernel.people.models import Channel, Person


class Command(BaseCommand):
    """Names an editor, on the word of whoever holds the machine."""

    help = "Donne à une personne la charge des fiches d’un département ou de tout le territoire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="le nom de la personne")
        reached = parser.add_mutually_exclusive_group(required=True)
        reached.add_argument("--phone", help="son mobile, par exemple 06 12 34 56 78")
        reached.add_argument("--email", help="son adresse e-mail")
        parser.add_argument("--department", default="", help="par exemple 38 ; vide : partout")
        parser.add_argument("--admin", action="store_true", help="ouvre aussi l’administration")

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        channel = self._read(options["phone"] or options["email"])
        person = Person.objects.reached_at(channel.kind, channel.value)
        if person is None:
            person = Person.objects.create_person(name=options["name"], channels=[channel])
            self.stdout.write(f"{person} peut se connecter avec {channel}.")
        editorship = name_editor(person=person, department_code=options["department"].upper())
        self.stdout.write(f"Rédaction : {editorship}.")
        if options["admin"]:
            person.is_staff = person.is_superuser = True
            person.save(update_fields=["is_staff", "is_superuser"])
            self.stdout.write(f"{person} a accès à l’administration.")

    def _read(self, text: str) -> Channel:
        """The channel, held for verified: the operator vouches for it."""
        try:
            channel = Channel.read(text)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        if channel.kind not in BY_MACHINE:
            raise CommandError("Un téléphone fixe ne reçoit pas de code : donnez un mobile.")
        channel.verified_at = timezone.now()
        return channel

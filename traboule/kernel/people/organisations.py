"""Making an organisation, and who is in it."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record

from .actions import Refused
from .contacts import find_or_note_person
from .models import Membership, Organisation, Person, Role


@transaction.atomic
def create_organisation(*, organisation: Organisation, by: Person) -> Organisation:
    """Keep a new organisation; whoever makes it coordinates it."""
    organisation.save()
    Membership.objects.create(person=by, organisation=organisation, role=Role.COORDINATOR)
    record("create-organisation", organisation, by=by)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, by: Person) -> None:
    """Keep what was corrected of it."""
    organisation.save()
    record("change-organisation", organisation, by=by)


@transaction.atomic
def add_member(
    *, organisation: Organisation, name: str, address: str, role: str, by: Person
) -> Membership:
    """Add someone known by this name at this number or address, or someone new.

    Raises Refused when the number is somebody else's, or they belong already.
    """
    person = find_or_note_person(name=name, address=address)
    membership, created = Membership.objects.get_or_create(
        person=person, organisation=organisation, defaults={"role": role}
    )
    if not created:
        raise Refused(_("Cette personne en fait déjà partie."))
    record("add-member", organisation, by=by, person=person.pk, role=role)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: Person) -> None:
    """Give a member another role. Raises Refused when nobody would coordinate any more."""
    if role != Role.COORDINATOR:
        _refuse_to_lose(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    record("change-role", membership.organisation, by=by, person=membership.person_id, role=role)


@transaction.atomic
def remove_member(*, membership: Membership, by: Person) -> None:
    """Let a member go. Raises Refused when nobody would coordinate any more."""
    _refuse_to_lose(membership)
    membership.delete()
    record("remove-member", membership.organisation, by=by, person=membership.person_id)


@transaction.atomic
def remove_organisation(*, organisation: Organisation, by: Person) -> None:
    """Remove an organisation that carries nothing. Raises Refused when a sheet names it."""
    record("remove-organisation", organisation, by=by)
    try:
        organisation.delete()
    except ProtectedError as error:
        raise Refused(
            _("Des initiatives portent son nom : elle reste. Confiez-la à quelqu’un d’autre.")
        ) from error


def _refuse_to_lose(membership: Membership) -> None:
    """Raise Refused for the only one who coordinates."""
    # Whoever leaves at the same moment waits here.
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    if membership.is_last_coordinator:
        raise Refused(
            _("Il faut au moins une personne à la coordination : nommez-en une autre d’abord.")
        )

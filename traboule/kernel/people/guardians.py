"""Children and those who answer for them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry

from .actions import Refused
from .channels import BY_MACHINE
from .models import Channel, Consent, Guardianship, Person, Relation
from .models.guardianship import ADULT, GuardianshipQuerySet, is_surely_a_child


@transaction.atomic
def add_child(
    *,
    name: str,
    birth_year: int | None,
    by: Person,
    guardian: Person | None = None,
    relation: str = Relation.OTHER,
) -> Person:
    """Make a child whom ``guardian`` answers for (``by`` when none is named). Raises Refused."""
    guardian = guardian or by
    today = timezone.localdate()
    if birth_year is not None and not today.year - ADULT <= birth_year <= today.year:
        raise Refused(_("Vérifiez l’année de naissance : un enfant a moins de dix-huit ans."))
    if is_surely_a_child(guardian, today):
        raise Refused(_("Il faut être majeur ou majeure pour répondre d’un enfant."))
    child = Person.objects.create_person(
        name=name, birth_year=birth_year, language=guardian.language
    )
    Guardianship.objects.create(child=child, guardian=guardian, relation=relation, created_by=by)
    record("add-child", child, by=by, for_=guardian)
    return child


@transaction.atomic
def add_guardian(*, child: Person, guardian: Person, relation: str, by: Person) -> Guardianship:
    """Let another adult answer for a child too. Raises Refused when they do already."""
    guardianship = Guardianship(child=child, guardian=guardian, relation=relation, created_by=by)
    try:
        guardianship.full_clean()
        with transaction.atomic():
            guardianship.save()
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    except IntegrityError as error:
        raise Refused(_("Cette personne répond déjà de cet enfant.")) from error
    record("add-guardian", guardianship, by=by, for_=guardian, child=child.pk)
    return guardianship


@transaction.atomic
def invite_guardian(
    *, child: Person, name: str, address: str, relation: str, by: Person
) -> Guardianship:
    """Name the other parent by a phone number or e-mail, known here or not. Raises Refused.

    Always by a new row of Person with the address unverified: nobody learns from this whether, and
    under what name, a number is known here. Whoever proves that it is theirs takes it up.
    """
    try:
        channel = Channel.read(address)
    except ValidationError as error:
        raise Refused(error.message) from error
    theirs = Q(guardian__channels__kind=channel.kind, guardian__channels__value=channel.value)
    if Guardianship.objects.current().filter(theirs, child=child).exists():
        raise Refused(_("Ce numéro ou cette adresse est déjà d’un parent de cet enfant."))
    guardian = Person.objects.create_person(name=name, channels=[channel], language=by.language)
    return add_guardian(child=child, guardian=guardian, relation=relation, by=by)


def invitations_to(person: Person) -> GuardianshipQuerySet:
    """The children for whom someone gave a number or address that this person has proven theirs."""
    proven = person.channels.verified().filter(kind__in=BY_MACHINE)
    theirs = Q(pk__in=[])
    for kind, value in proven.values_list("kind", "value"):
        theirs |= Q(guardian__channels__kind=kind, guardian__channels__value=value)
    waiting = Guardianship.objects.current().filter(theirs, guardian__last_login__isnull=True)
    return waiting.exclude(guardian=person).exclude(child=person)


@transaction.atomic
def accept(*, guardianship: Guardianship, by: Person) -> None:
    """Take up the place that was kept for ``by``, with what was said there on paper meanwhile."""
    if guardianship.child.guardianships.current().filter(guardian=by).exists():
        _stop(guardianship)
        return
    Consent.objects.filter(person=guardianship.child, by=guardianship.guardian).update(by=by)
    guardianship.guardian = by
    guardianship.save(update_fields=["guardian"])
    record("accept-guardianship", guardianship, by=by, child=guardianship.child_id)


@transaction.atomic
def decline(*, guardianship: Guardianship, by: Person) -> None:
    """Say that the number or address that someone gave for a parent is not that parent's."""
    if _stop(guardianship):
        record("decline-guardianship", guardianship, by=by, child=guardianship.child_id)


@transaction.atomic
def end(*, guardianship: Guardianship, by: Person) -> None:
    """Stop answering for a child. Raises Refused for the last one who does."""
    # Whoever ends another one for the same child at the same time waits here.
    child = Person.objects.select_for_update().get(pk=guardianship.child_id)
    if not child.guardianships.current().exclude(pk=guardianship.pk).exists():
        raise Refused(_("Un enfant garde au moins un parent. Ajoutez d’abord l’autre personne."))
    if _stop(guardianship):
        for_ = guardianship.guardian if guardianship.guardian_id != by.pk else None
        record("end-guardianship", guardianship, by=by, for_=for_, child=child.pk)


def _stop(guardianship: Guardianship) -> int:
    running = Guardianship.objects.filter(pk=guardianship.pk, ended_at__isnull=True)
    return running.update(ended_at=timezone.now())


def undo_add(entry: Entry, by: Person) -> None:
    """Stop what was done by naming someone a guardian."""
    end(guardianship=Guardianship.objects.get(pk=entry.subject_key), by=by)


def children_of(person: Person) -> Iterable[Guardianship]:
    """The person's children today, each once, by name."""
    return Guardianship.objects.current().filter(guardian=person).for_listing()

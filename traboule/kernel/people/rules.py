"""Who may do what with people."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from .channels import BY_MACHINE
from .models.guardianship import is_surely_a_child

if TYPE_CHECKING:
    from .models import (
        Channel,
        ExternalIdentity,
        Guardianship,
        Mandate,
        Organisation,
        Passkey,
        Person,
    )


def is_editor(person: "Person | AnonymousUser", department_code: str | None = None) -> bool:
    """Whether they edit that department's sheets, or any when none is given.

    Costs one query a person at most, none for someone who has not signed in.
    """
    if not (person.is_authenticated and person.is_active):
        return False
    charges = person.editor_of
    if department_code is None:
        return bool(charges)
    return "" in charges or department_code in charges


def can_remove_channel(person: "Person", channel: "Channel") -> bool:
    """Whether the channel is theirs and they can still sign in without it."""
    if channel.person_id != person.pk:
        return False
    doors = person.channels.verified().filter(kind__in=BY_MACHINE)
    return not doors.filter(pk=channel.pk).exists() or doors.exclude(pk=channel.pk).exists()


def can_remove_key(person: "Person", key: "Passkey | ExternalIdentity") -> bool:
    """Whether the passkey or linked account is theirs and another door stays open to them."""
    channels = person.channels.verified().filter(kind__in=BY_MACHINE)
    doors = channels.count() + person.passkeys.count() + person.identities.count()
    return key.person_id == person.pk and doors > 1


def can_act_for(person: "Person | AnonymousUser", other: "Person", scope: str) -> bool:
    """Whether they may do this kind of act (a MandateScope) in the other's name.

    That is oneself, one's child, or whoever gave a mandate that covers it. Running the
    installation gives no such power.
    """
    if not (person.is_authenticated and person.is_active) or other.erased_at:
        return False
    if person.pk == other.pk or is_guardian(person, other):
        return True
    mandates = other.mandates_given.active().filter(holder=person)
    return any(mandate.covers(scope) for mandate in mandates)


def is_guardian(person: "Person", child: "Person") -> bool:
    """Whether they answer for this child today."""
    return child.guardianships.current().filter(guardian=person).exists()


def can_name_guardian(person: "Person", child: "Person") -> bool:
    """Whether they may name a parent of this child: a parent, or who runs the installation.

    Whoever accompanies a child whom nobody answers for yet may name the first.
    """
    if is_guardian(person, child) or person.is_staff:
        return True
    is_child = is_surely_a_child(child, timezone.localdate())
    alone = is_child and not child.guardianships.current().exists()
    return alone and can_record_consent(person, child)


def can_end_guardianship(person: "Person", guardianship: "Guardianship") -> bool:
    """Whether it is their own, or one they declared that nobody has taken up yet.

    A parent cannot put the other one out; whoever runs the installation can, papers in hand.
    """
    waiting = guardianship.guardian.last_login is None
    declared = guardianship.created_by_id == person.pk and waiting
    return guardianship.guardian_id == person.pk or declared or person.is_staff


Helps = Callable[["Person", "Person"], bool]
_helpers: dict[str, Helps] = {}


def register_recorder(key: str, helps: Helps) -> None:
    """Let ``helps(by, person)`` say who else accompanies whom; called from ``apps.ready()``."""
    _helpers[key] = helps


def can_record_consent(by: "Person", person: "Person") -> bool:
    """Whether they may write down what the person, or a parent, said on paper or by voice."""
    return by.is_active and (by.is_staff or any(helps(by, person) for helps in _helpers.values()))


def can_prepare_mandate(by: "Person", giver: "Person") -> bool:
    """Whether they may prepare the paper by which the giver lets someone act for them."""
    return by.pk == giver.pk or can_record_consent(by, giver)


def can_read_mandate(person: "Person", mandate: "Mandate") -> bool:
    """Whether the mandate is theirs, either way, or of someone whom they accompany."""
    return person.pk == mandate.holder_id or can_prepare_mandate(person, mandate.giver)


def can_sign_mandate(person: "Person", mandate: "Mandate") -> bool:
    """Whether they may note that both signed the paper: the holder, or who accompanies."""
    return person.pk == mandate.holder_id or can_record_consent(person, mandate.giver)


def is_member(person: "Person", organisation: "Organisation") -> bool:
    """Whether they belong to the organisation, hence see who else does."""
    return person.memberships.filter(organisation=organisation).exists()


def can_manage_organisation(person: "Person", organisation: "Organisation") -> bool:
    """Whether they coordinate it, or run the installation."""
    coordinates = person.memberships.filter(organisation=organisation, role="coordinator")
    return person.is_superuser or coordinates.exists()


_mergers: "dict[str, tuple[Callable[[Person, Person, Person], bool], Callable[[Person], Q]]]" = {}


def register_merger(
    key: str,
    may: "Callable[[Person, Person, Person], bool]",
    among: "Callable[[Person], Q]",
) -> None:
    """Let ``may(by, a, b)`` allow a merge too, of people who meet the condition ``among(by)``.

    Called from ``apps.ready()``.
    """
    _mergers[key] = (may, among)


def can_look_for_duplicates(person: "Person") -> bool:
    """Whether they edit the whole territory, or run the installation."""
    return person.is_superuser or "" in person.editor_of


def looked_after_by(person: "Person") -> Q:
    """The condition that people meet among whom this person may look for duplicates."""
    if can_look_for_duplicates(person):
        return Q()
    condition = Q(pk__in=[])
    for _may, among in _mergers.values():
        condition |= among(person)
    return condition


def can_merge(by: "Person", a: "Person", b: "Person") -> bool:
    """Whether they may make the two one; whoever runs the installation is not for others to."""
    if by.is_superuser:
        return True
    if a.is_superuser or b.is_superuser:
        return False
    return can_look_for_duplicates(by) or any(may(by, a, b) for may, _among in _mergers.values())


Issues = Callable[["Person", "Person"], bool]
_issuers: dict[str, Issues] = {}


def register_issuer(key: str, issues: Issues) -> None:
    """Let ``issues(by, person)`` allow handing out a card; called from ``apps.ready()``."""
    _issuers[key] = issues


def can_issue_card(by: "Person", person: "Person") -> bool:
    """Whether they may hand out, replace or revoke that person's card.

    A card opens its holder's door: the cards of those who run the installation, or edit part
    of the territory, come from whoever runs it.
    """
    if not by.is_active or person.erased_at:
        return False
    if by.is_superuser:
        return True
    if person.is_staff or person.is_superuser or person.is_editor:
        return False
    return any(issues(by, person) for issues in _issuers.values())

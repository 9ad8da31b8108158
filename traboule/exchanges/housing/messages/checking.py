"""What landlords are asked about listings, and what households are told of their answers."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Role

from ..models import Check, Landlord

APPEAL = "housing.appeal"
"""The answer by which a household asks, with one digit, that a refusal be seen again."""


class _Day:
    """A date, written when it is read, in the language of whoever reads."""

    def __init__(self, day: Any) -> None:
        self.day = day

    def __str__(self) -> str:
        return date_format(self.day, "j F")


class _Grounds:
    """Why the landlord says no, written when it is read."""

    def __init__(self, check: Check) -> None:
        self.check = check

    def __str__(self) -> str:
        said = [*self.check.ground_labels, self.check.note]
        return " ".join(f"{words.rstrip('.')}." for words in said if words)


def asked(check: Check, *, by: Person) -> None:
    """Those who check for the landlord learn that a listing waits; its household, until when."""
    for officer in _officers(check):
        _tell(
            check,
            officer,
            kind="housing.check-asked",
            subject=_("Une annonce à vérifier : %(code)s"),
            text=_("%(landlord)s : l’annonce %(code)s (%(home)s) attend votre vérification, au "
                   "plus tard le %(day)s."),
            url=_of_desk(check),
            urgent=False,
        )  # fmt: skip
    _tell_household(
        check,
        kind="housing.check-begun",
        subject=_("Votre annonce est chez votre bailleur"),
        text=_("%(landlord)s vérifie votre annonce %(code)s, au plus tard le %(day)s. Nous vous "
               "préviendrons. Vous n’avez rien à faire."),
    )  # fmt: skip


def confirmed(check: Check) -> None:
    """The household learns that its listing, or its corrections, are online."""
    if check.changes and check.listing.checks.filter(pk__lt=check.pk).exists():
        text = _("%(landlord)s a confirmé vos corrections : votre annonce %(code)s est à jour.")
    else:
        text = _("%(landlord)s a confirmé votre annonce %(code)s : elle est en ligne. Nous vous "
                 "préviendrons quand un logement vous va.")  # fmt: skip
    _tell_household(
        check, kind="housing.check-confirmed", subject=_("Votre annonce est en ligne"), text=text
    )


def refused(check: Check) -> None:
    """The household learns why, what to do, and that it may ask someone else to look again."""
    _tell_household(
        check,
        kind="housing.check-refused",
        subject=_("Votre bailleur n’a pas confirmé votre annonce"),
        text=_("%(landlord)s n’a pas confirmé votre annonce %(code)s. Motif : %(grounds)s Vous "
               "pouvez corriger, ou demander qu’une autre personne la revoie."),
        answers={"1": APPEAL},
        data={"check": check.pk},
    )  # fmt: skip


def appealed(check: Check) -> None:
    """Those who may answer learn of it: the landlord's other officers, and the association."""
    for person in _those_who_may_answer(check):
        _tell(
            check,
            person,
            kind="housing.appealed",
            subject=_("Une annonce à revoir : %(code)s"),
            text=_("%(landlord)s a refusé l’annonce %(code)s ; le ménage demande qu’une autre "
                   "personne la revoie."),
            url=_of_desk(check),
        )  # fmt: skip


def appeal_answered(check: Check) -> None:
    """The household learns what someone else made of it."""
    if check.outcome == "confirmed":
        text = _("Votre annonce %(code)s a été revue : elle est en ligne. %(answer)s")
    else:
        text = _("Votre annonce %(code)s a été revue : le refus est maintenu. %(answer)s Vous "
                 "pouvez saisir le médiateur de votre bailleur, ou nous appeler.")  # fmt: skip
    _tell_household(
        check, kind="housing.appeal-answered", subject=_("Votre annonce a été revue"), text=text
    )


def late(landlord: Landlord, number: int, *, week: str) -> None:
    """Those who check for a landlord, and the association, learn what is late; once a week."""
    officers = Person.objects.filter(landlords_served__landlord=landlord)
    for person in {*officers.order_by("pk"), *_coordinators(landlord)}:
        tell(
            person=person,
            kind="housing.checks-late",
            subject=_("Des annonces attendent : %(landlord)s"),
            text=_("%(landlord)s : annonces en attente depuis plus longtemps que promis, "
                   "%(number)s."),
            values={"landlord": landlord.name, "number": number},
            url=reverse("housing:checks", args=[landlord.space.slug]),
            urgent=True,
            purse=landlord.space.purse,
            key=f"housing.checks-late:{landlord.pk}:{person.pk}:{week}",
        )  # fmt: skip


def late_for(check: Check) -> None:
    """The household learns, once, that its landlord is late and that the association knows."""
    _tell_household(
        check,
        kind="housing.check-late",
        subject=_("Votre bailleur n’a pas encore répondu"),
        text=_("%(landlord)s devait vérifier votre annonce %(code)s avant le %(day)s. Nous le lui "
               "avons rappelé. Vous n’avez rien à faire."),
    )  # fmt: skip


def _officers(check: Check) -> Iterable[Person]:
    landlord = check.listing.dwelling.landlord_id
    return Person.objects.filter(landlords_served__landlord=landlord).order_by("pk")


def _coordinators(landlord: Landlord) -> Iterable[Person]:
    roll = landlord.space.participations.current().filter(role=Role.COORDINATOR)
    return [one.person for one in roll.select_related("person").order_by("pk")]


def _those_who_may_answer(check: Check) -> list[Person]:
    landlord = check.listing.dwelling.landlord
    people = {*_officers(check), *_coordinators(landlord)}
    return sorted((one for one in people if one.pk != check.decided_by_id), key=lambda one: one.pk)


def _of_desk(check: Check) -> str:
    return reverse("housing:check", args=[check.listing.space.slug, check.pk])


def _values(check: Check) -> dict[str, object]:
    return {
        "code": check.listing.code,
        "home": str(check.listing.dwelling),
        "landlord": check.listing.dwelling.landlord.name,
        "day": _Day(check.due_on),
        "grounds": _Grounds(check),
        "answer": check.appeal_answer,
    }


def _tell_household(check: Check, **words: Any) -> None:
    if check.listing.tenant:
        url = reverse("housing:own-check", args=[check.listing.space.slug, check.pk])
        _tell(check, check.listing.tenant, url=url, **words)


def _tell(check: Check, person: Person, *, kind: str, urgent: bool = True, **words: Any) -> None:
    tell(
        person=person,
        kind=kind,
        values=_values(check),
        urgent=urgent,
        purse=check.listing.space.purse,
        key=f"{kind}:{check.pk}:{person.pk}",
        **words,
    )

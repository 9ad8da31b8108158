"""Whom a survey may still be sent to, what that costs, the sending; and slips for the others."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.notices.costs import Forecast, forecast
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces import audiences
from traboule.ui.printing import shown_address

from . import messages
from .models import Invitation, Survey

MOST_SLIPS = 200
ROOM_FOR_LINK = "/enquetes/XXXXX/i/XXXXXXXX/"


def not_invited(survey: Survey, audience: audiences.Audience, *, by: Person) -> list[Person]:
    """Those of the group who were not sent this survey yet."""
    invited = survey.invitations.filter(person__isnull=False).values("person")
    people = audience.people().filter(erased_at__isnull=True).exclude(pk__in=invited)
    return list(people.exclude(pk=by.pk).distinct().order_by("name", "pk"))


def cost_of_inviting(survey: Survey, people: Iterable[Person]) -> Forecast:
    """By which ways these people would be asked, and for how much."""
    link = shown_address(settings.SITE_URL + ROOM_FOR_LINK)
    digits = _("Répondez par SMS avant le 28 septembre à 18 h : 1 = Oui, je réponds ; 2 = Non")
    text = f"{messages.INVITATION % messages.values_of(survey)}\n{digits}\n{link}"
    return forecast(people, text, survey.space.purse)


@transaction.atomic
def invite(*, survey: Survey, people: Iterable[Person], by: Person) -> int:
    """Ask people to answer, each once and on their channel. How many were asked."""
    _must_take_answers(survey)
    invited = [
        Invitation.objects.get_or_create(survey=survey, person=person)[0] for person in people
    ]
    for one in invited:
        messages.invitation(one, by=by)
    record("surveys.invited", survey, by=by, number=len(invited))
    return len(invited)


@transaction.atomic
def make_slips(*, survey: Survey, number: int, by: Person) -> list[Invitation]:
    """So many codes for nobody in particular, to print and hand out."""
    _must_take_answers(survey)
    if not 1 <= number <= MOST_SLIPS:
        raise Refused(_("Imprimez de 1 à 200 codes à la fois."))
    made = [Invitation(survey=survey) for _rank in range(number)]
    slips = Invitation.objects.bulk_create(made)
    record("surveys.made-slips", survey, by=by, number=number)
    return slips


def _must_take_answers(survey: Survey) -> None:
    if not survey.takes_answers:
        raise Refused(_("Ouvrez l’enquête d’abord : personne ne peut encore y répondre."))

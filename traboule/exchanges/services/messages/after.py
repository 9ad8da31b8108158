"""What is told of reviews and of what went wrong."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import Contract, Incident, Review, Side
from .telling import first_name, say, say_to_team


def how_was_it(contract: Contract, side: Side) -> None:
    """One of the two is asked how it went."""
    _tell(
        contract,
        side,
        kind="services.how-was-it",
        key=f"services.how-was-it:{contract.pk}:{side}",
        subject=_("Comment cela s’est-il passé ?"),
        text=_("%(job)s avec %(name)s : trois questions, une minute. %(name)s lira votre réponse "
               "après avoir donné la sienne."),
        urgent=False,
    )  # fmt: skip


def reviewed(review: Review, *, both: bool) -> None:
    """The other one may read it, or write theirs first."""
    other = Side.WORKER if review.side == Side.HOUSEHOLD else Side.HOUSEHOLD
    read = _("%(name)s a dit comment cela s’est passé. Vous pouvez lire, et répondre.")
    write = _("%(name)s a dit comment cela s’est passé. Dites-le aussi : vous lirez ensuite.")
    _tell(
        review.contract,
        other,
        kind="services.reviewed",
        key=f"services.reviewed:{review.pk}",
        subject=_("Un avis sur : %(job)s"),
        text=read if both else write,
        urgent=False,
    )


def incident(incident: Incident) -> None:
    """The team is told at once."""
    contract = incident.contract
    space = contract.household.space
    say_to_team(
        space,
        kind="services.incident",
        key=f"services.incident:{incident.pk}",
        subject=_("Un incident : %(job)s"),
        text=_("Contrat %(code)s : %(harm)s. Appelez aujourd’hui ; un accident se déclare sous "
               "48 heures."),
        url=reverse("services:incidents", args=[space.slug]),
        values={"job": contract.job, "code": contract.code, "harm": incident.get_harm_display()},
    )  # fmt: skip


def _tell(contract: Contract, side: Side, **words: Any) -> None:
    other = Side.WORKER if side == Side.HOUSEHOLD else Side.HOUSEHOLD
    space = contract.household.space
    say(
        contract.person_of(side),
        space,
        url=reverse("services:reviews", args=[space.slug, contract.code]),
        values={"job": contract.job, "name": first_name(contract.person_of(other))},
        **words,
    )

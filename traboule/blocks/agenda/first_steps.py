"""What a facilitator does first with the agenda, around the steps that every space has."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step
from traboule.kernel.spaces.models import Space

from .models import Event, Presence, Signup


def _confirmed(space: Space) -> bool:
    return space.events.announced().exists()


def _somebody_comes(space: Space) -> bool:
    return Signup.objects.filter(event__space=space).exists()


def _roll_was_called(space: Space) -> bool:
    return Presence.objects.filter(event__space=space).exists()


def _agenda(space: Space) -> str:
    return reverse("agenda:agenda", args=[space.slug])


def _next_date(space: Space) -> str:
    """The page of the next date, from which one shares, prints, invites and calls the roll."""
    event: Event | None = space.events.open().gatherings().upcoming().first()
    return reverse("agenda:event", args=[space.slug, event.pk]) if event else _agenda(space)


STEPS = (
    Step(
        key="agenda.date",
        label=_("Confirmer la première date"),
        url=_agenda,
        is_done=_confirmed,
        order=10,
    ),
    Step(
        key="agenda.share",
        label=_("Partager la date, imprimer l’affiche, inviter"),
        url=_next_date,
        is_done=_somebody_comes,
        order=60,
    ),
    Step(
        key="agenda.roll",
        label=_("Faire l’appel à la première séance"),
        url=_next_date,
        is_done=_roll_was_called,
        order=70,
    ),
)

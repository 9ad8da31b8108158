import secrets
from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.models import Space

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Those that are told apart on paper and on the telephone."""


def new_code() -> str:
    """A code that nobody guesses and anybody types."""
    return "".join(secrets.choice(SIGNS) for _sign in range(5))


class Letter(models.Model):
    """What a space calls its letter, the code it is asked for by SMS with, who gets the answers."""

    space = models.OneToOneField(
        Space, models.CASCADE, related_name="letter", verbose_name=_("espace")
    )
    name = models.CharField(_("nom de la lettre"), max_length=120)
    code = models.CharField(_("code"), max_length=5, unique=True, default=new_code)
    reply_to = models.EmailField(
        _("adresse qui reçoit les réponses"),
        blank=True,
        help_text=_("Lue par l’équipe seulement. Vide : celle de la fiche."),
    )

    personal_data = None

    class Meta:
        verbose_name = _("lettre d’un espace")
        verbose_name_plural = _("lettres des espaces")
        ordering = ("space",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, space: Space) -> Self:
        """The letter of a space; not kept yet, and without a code, until somebody uses it."""
        kept = cls.objects.filter(space=space).first()
        return kept or cls(space=space, name=cls.usual_name(space), code="")

    @classmethod
    def kept(cls, space: Space) -> Self:
        """The same, kept by then."""
        name = cls.usual_name(space)
        return cls.objects.get_or_create(space=space, defaults={"name": name})[0]

    @staticmethod
    def usual_name(space: Space) -> str:
        """What the letter is called where nobody said."""
        return (gettext("La lettre : %(space)s") % {"space": space})[:120]

    @property
    def answers_go_to(self) -> str:
        """The address that the answers reach: the team's; none if it has none."""
        return self.reply_to or self.space.initiative.contact_email

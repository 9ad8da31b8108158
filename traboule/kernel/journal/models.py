"""One table that lies below people and outlives them.

``by_key`` and ``for_key`` are plain numbers, not foreign keys: the journal knows no other app,
and an entry keeps its sense after the person it names has been erased. The number then leads
nowhere, which is the point.
"""

from typing import Any, NoReturn, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData


class AppendOnly(Exception):  # noqa: N818 - it names the rule that was broken.
    """Raised by whatever would change or remove an entry of the journal."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, newest first; nothing here can alter one."""

    def about(self, thing: models.Model) -> Self:
        """What happened to this thing."""
        return self.filter(subject_type=thing._meta.label_lower, subject_key=str(thing.pk))

    def by(self, person: models.Model) -> Self:
        """What this person did, for themselves or for someone else."""
        return self.filter(by_key=person.pk)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: the journal is append-only."""
        raise AppendOnly("journal entries cannot be changed")

    def delete(self) -> NoReturn:
        """Refused: the journal is append-only."""
        raise AppendOnly("journal entries cannot be deleted")

    # Django marks these two so that templates and managers do not expose them by accident.
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Entry(models.Model):
    """An act that took place: ``by`` someone, maybe ``for`` someone else, on a subject."""

    at = models.DateTimeField(_("le"), auto_now_add=True, db_index=True)
    by_key = models.BigIntegerField(_("par"), null=True, blank=True, db_index=True)
    for_key = models.BigIntegerField(_("pour"), null=True, blank=True)
    act = models.CharField(_("acte"), max_length=60)
    subject_type = models.CharField(_("nature de l’objet"), max_length=100)
    subject_key = models.CharField(_("clé de l’objet"), max_length=64)
    subject_label = models.CharField(_("objet"), max_length=200, blank=True)
    details = models.JSONField(_("détails"), default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = EntryQuerySet.as_manager()

    personal_data = PersonalData(
        fields=("at", "by_key", "for_key", "act", "subject_label"),
        purpose=_(
            "Savoir qui a fait quoi, et au nom de qui, pour en répondre devant les personnes."
        ),
        lifetime=_("Sans limite ; la clé ne mène plus à personne une fois la personne effacée."),
        person="by_key for_key",
        erasure="keep",
        kept_because=_(
            "Il faut pouvoir répondre de ce qui a été fait ici. Rien n’y porte de nom : "
            "le numéro qui vous désignait ne mène plus à personne."
        ),
    )

    class Meta:
        verbose_name = _("entrée du journal")
        verbose_name_plural = _("entrées du journal")
        ordering = ("-at", "-pk")
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["subject_type", "subject_key", "at"], name="journal_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.act} · {self.subject_label or self.subject_type}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry; an existing one is refused."""
        if not self._state.adding:
            raise AppendOnly("journal entries cannot be changed")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: the journal is append-only."""
        raise AppendOnly("journal entries cannot be deleted")

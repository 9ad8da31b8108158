import datetime
import json
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .person import Person

UNDO_WITHIN = datetime.timedelta(days=30)


class ExactEncoder(json.JSONEncoder):
    """JSON that loses nothing of a row: Django's own drops the microseconds."""

    def default(self, value: Any) -> str:
        """Dates in ISO form; identifiers, amounts and words to be translated as text."""
        return str(value.isoformat() if hasattr(value, "isoformat") else value)


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges, and which of them still hold."""

    def standing(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)

    def undoable(self) -> Self:
        """Those that may still be undone."""
        return self.standing().filter(at__gt=timezone.now() - UNDO_WITHIN)

    def about(self, *people: Person) -> Self:
        """Those in which one of these people has a part."""
        return self.filter(Q(kept__in=people) | Q(absorbed__in=people))

    def successors(self, keys: Iterable[int]) -> dict[int, Person]:
        """Who each absorbed person among these keys is now, however often they were merged.

        For ledgers, whose lines keep the key under which a person was known.
        """
        standing = self.standing().filter(absorbed__in=set(keys)).select_related("kept")
        found = {merge.absorbed_id: merge.kept for merge in standing.order_by("pk")}
        if found:
            further = self.successors(kept.pk for kept in found.values())
            found = {key: further.get(kept.pk, kept) for key, kept in found.items()}
        return found

    def settle(self) -> None:
        """Forget how to undo what nobody may undo any more."""
        settled = self.exclude(pk__in=self.undoable().values("pk"))
        settled.exclude(changes=[], conflicts=[]).update(changes=[], conflicts=[])


class Merge(models.Model):
    """That one person was known under two rows, and all that it takes to part them again.

    ``changes`` lists ``[model, key, column, value before]``; ``conflicts`` holds whole rows,
    serialised, that could not stand beside the same one of the person who was kept.
    """

    kept = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="merges", verbose_name=_("personne gardée")
    )
    absorbed = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        related_name="merged_into",
        verbose_name=_("personne réunie à elle"),
    )
    by = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        related_name="merges_made",
        verbose_name=_("par"),
    )
    at = models.DateTimeField(_("le"), default=timezone.now)
    undone_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    changes = models.JSONField(_("ce qui a changé"), default=list, encoder=ExactEncoder)
    conflicts = models.JSONField(_("ce qui était en double"), default=list, encoder=ExactEncoder)

    objects = MergeQuerySet.as_manager()

    personal_data = PersonalData(
        fields=("kept", "absorbed", "by", "at", "undone_at", "changes", "conflicts"),
        purpose=_("Réunir deux inscriptions d’une même personne, et pouvoir revenir en arrière."),
        lifetime=_("Trente jours pour le détail ; ensuite, seulement le fait d’avoir réuni."),
        person="kept",
        erasure="delete",
    )

    class Meta:
        verbose_name = _("réunion de doublons")
        verbose_name_plural = _("réunions de doublons")
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="people_merge_absorbed_once",
                violation_error_message=_("Cette personne est déjà réunie à une autre."),
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("absorbed")),
                name="people_merge_of_two",
                violation_error_message=_("Il faut deux personnes différentes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.kept}"

    @property
    def is_undoable(self) -> bool:
        """Whether there is still time to part the two again."""
        return self.undone_at is None and self.at > timezone.now() - UNDO_WITHIN

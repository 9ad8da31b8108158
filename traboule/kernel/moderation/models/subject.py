"""How a row of ours names the thing that it is about, whatever app that belongs to."""

from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import kinds


class AboutThing(models.Model):
    """That a row is about one thing; its title is kept, the thing itself may be gone."""

    subject_type = models.ForeignKey(
        ContentType, models.CASCADE, related_name="+", verbose_name=_("nature")
    )
    subject_key = models.CharField(_("clé"), max_length=64)
    title = models.CharField(_("titre"), max_length=200)

    class Meta:
        abstract = True

    def name(self, thing: models.Model) -> None:
        """Be about this thing."""
        self.subject_type = ContentType.objects.get_for_model(thing)
        self.subject_key = str(thing.pk)
        self.title = kinds.kind_of(thing).title(thing)[:200]

    @property
    def kind(self) -> kinds.Kind | None:
        """What kind of thing it is about; none when the app that knew is gone."""
        # The cache of types costs no query.
        model = ContentType.objects.get_for_id(self.subject_type_id).model_class()
        return kinds.named(model._meta.label_lower) if model else None

    @cached_property
    def subject(self) -> Any:
        """The thing itself, or None when it is gone."""
        return self.kind.find(self.subject_key) if self.kind else None


def names(thing: models.Model) -> dict[str, Any]:
    """What rows about this thing are filtered by."""
    return {
        "subject_type": ContentType.objects.get_for_model(thing),
        "subject_key": str(thing.pk),
    }

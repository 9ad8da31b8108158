"""What search remembers about words. The index of the texts is in ``search.backends``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A stem or a filter's mark, with about how many published sheets hold it."""

    term = models.CharField(max_length=80, primary_key=True)
    frequency = models.PositiveIntegerField(default=0)

    personal_data = None
    derived = True  # Made again from the sheets: no backup holds it.

    class Meta:
        verbose_name = _("mot de recherche")
        verbose_name_plural = _("mots de recherche")

    def __str__(self) -> str:
        return self.term


class Spelling(models.Model):
    """A written word under one of the variants by which a mistyped one finds it."""

    variant = models.CharField(max_length=80)
    word = models.CharField(max_length=80, db_index=True)

    personal_data = None
    derived = True  # Made again from the sheets: no backup holds it.

    class Meta:
        verbose_name = _("orthographe")
        verbose_name_plural = _("orthographes")
        constraints = [models.UniqueConstraint(fields=["variant", "word"], name="spelling_once")]

    def __str__(self) -> str:
        return f"{self.variant} → {self.word}"

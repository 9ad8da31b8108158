from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.models import Space


class Run(models.Model):
    """A computation of the best exchanges, its plan and how far from the best it can be.

    ``weight`` is the plan's, ``upper_bound`` what no plan can pass.
    """

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="housing_runs", verbose_name=_("espace")
    )
    started_at = models.DateTimeField(_("commencé le"), auto_now_add=True)
    finished_at = models.DateTimeField(_("fini le"), null=True, blank=True)
    max_length = models.PositiveSmallIntegerField(_("ménages au plus"), default=3)
    listings = models.PositiveIntegerField(_("annonces"), default=0)
    weight = models.PositiveIntegerField(_("poids"), null=True, blank=True)
    upper_bound = models.PositiveIntegerField(_("borne"), null=True, blank=True)
    tenants = models.PositiveIntegerField(_("ménages qui déménagent"), default=0)
    cycles = models.JSONField(_("échanges trouvés"), default=list)
    error = models.CharField(_("ce qui n’a pas marché"), max_length=300, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("calcul d’échanges")
        verbose_name_plural = _("calculs d’échanges")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space"],
                condition=Q(finished_at__isnull=True),
                name="housing_one_run_at_a_time",
                violation_error_message=_("Un calcul est déjà en cours."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.space} · {self.started_at:%Y-%m-%d}"

    @property
    def percent_missed(self) -> float:
        """By how much of a hundred the plan can fall short of the best, at most."""
        most = self.upper_bound or 0
        return 100 * (most - (self.weight or 0)) / max(1, most)


class Part(models.Model):
    """A territory of a run, solved by whichever worker takes it; its result waits to be joined."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="parts", verbose_name=_("calcul"))
    number = models.PositiveIntegerField(_("numéro"))
    listings = models.JSONField(_("annonces"), default=list)
    result = models.JSONField(_("résultat"), null=True, blank=True)
    solved_at = models.DateTimeField(_("résolue le"), null=True, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("part d’un calcul")
        verbose_name_plural = _("parts d’un calcul")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"],
                name="housing_part_once",
                violation_error_message=_("Cette part existe déjà."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.run} · {self.number}"

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    """Services between neighbours announce themselves to spaces and to the journal."""

    name = "traboule.exchanges.services"
    label = "services"
    verbose_name = _("services entre voisins")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.journal.acts import register as give_words
        from traboule.kernel.notices import upkeep as of_all
        from traboule.kernel.spaces.blocks import Block, register

        from . import recipe
        from .actions.requests import close_late
        from .acts import ACTS

        register(
            Block(
                key="services",
                label=_("Services entre voisins"),
                summary=_("Demander un coup de main payé, et y répondre, au juste prix."),
                icon="heart-handshake",
                url_name="services:home",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
            )
        )
        give_words(*ACTS)
        of_all.register(close_late)
        self._announce_declaring()

    def _announce_declaring(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.notices import upkeep as of_all

        from . import upkeep_declaring

        of_all.register(upkeep_declaring.send_due)
        of_all.register(upkeep_declaring.look)
        of_all.register(upkeep_declaring.look_at_enrolments)

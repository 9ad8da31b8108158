from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HousingConfig(AppConfig):
    """The exchange of homes announces itself to spaces, to the journal and to messages."""

    name = "traboule.exchanges.housing"
    label = "housing"
    verbose_name = _("échange de logements")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.journal.acts import register as give_words
        from traboule.kernel.spaces.blocks import Block, register

        from . import recipe
        from .acts import ACTS
        from .indicators import INDICATORS

        register(
            Block(
                key="housing",
                label=_("Échange de logements"),
                summary=_("Des locataires échangent leurs logements, à deux ou à plusieurs."),
                icon="house",
                url_name="housing:home",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
                announce=recipe.announce,
                indicators=INDICATORS,
            )
        )
        give_words(*ACTS)

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
        from traboule.kernel.notices import answers as of_notices
        from traboule.kernel.notices import upkeep as of_all
        from traboule.kernel.spaces.blocks import Block, register

        from . import recipe, renewing
        from .acts import ACTS
        from .answers import stock as answers_of_stock
        from .indicators import INDICATORS
        from .upkeep import stock as upkeep_of_stock

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
        of_notices.register(**answers_of_stock.APPEAL)
        of_all.register(upkeep_of_stock.tell_late)
        of_all.register(upkeep_of_stock.let_go)
        of_all.register(upkeep_of_stock.forget_files)
        renewing.announce()
        _announce_pages()


def _announce_pages() -> None:
    """What the exchange of homes shows on the pages of others."""
    # Apps must be loaded first.
    from traboule.kernel.spaces import first_steps as steps_of_spaces
    from traboule.kernel.spaces import panorama
    from traboule.ui import slots as places

    from . import first_steps, signs, slots

    steps_of_spaces.register(*first_steps.STEPS)
    panorama.register(
        panorama.Sign(
            key="housing.checks", label=_("Annonces"), of=signs.checks, for_carriers_only=True
        ),
        panorama.Sign(key="housing.done", label=_("Échanges réalisés"), of=signs.done),
    )
    places.register("space-published", "housing", slots.draw_about, order=5)
    places.register("space-asked", "housing", slots.draw_asked, order=45)
    places.register("me", "housing", slots.draw_mine, order=35)

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
        from .messages.checking import APPEAL
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
        of_notices.register(
            APPEAL,
            answers_of_stock.appeal,
            label=_("Demander que ce soit revu"),
            words=("revoir", "recours"),
        )
        of_all.register(upkeep_of_stock.tell_late)
        of_all.register(upkeep_of_stock.let_go)
        of_all.register(upkeep_of_stock.forget_files)
        renewing.announce()
        _announce_finding()
        _announce_swaps()
        _announce_pages()


def _announce_finding() -> None:
    """Answers about contacts and visits, what closes by itself, and listings that may be hidden."""
    # Apps must be loaded first.
    from traboule.kernel.moderation.kinds import Kind
    from traboule.kernel.moderation.kinds import register as may_be_hidden
    from traboule.kernel.notices import upkeep as of_all

    from .answers import contacts
    from .models import Listing
    from .rules import can_see
    from .upkeep import finding

    contacts.announce()
    of_all.register(finding.close_silent)
    of_all.register(finding.recall_visits)
    of_all.register(finding.tell_searches)
    of_all.register(finding.tell_fits)
    may_be_hidden(
        Kind(
            model=Listing,
            label=_("annonce d’un logement"),
            block="housing",
            author=lambda listing: listing.tenant,
            title=lambda listing: listing.journal_label,
            url=lambda listing: listing.get_absolute_url(),
            hide=lambda listing: listing.hide(),
            show=lambda listing: listing.show(),
            sees=can_see,
            related=("tenant", "space__initiative"),
        )
    )


def _announce_swaps() -> None:
    """What exchanges are answered, and what they do by themselves."""
    # Apps must be loaded first.
    from traboule.kernel.files import access
    from traboule.kernel.notices import answers as of_notices
    from traboule.kernel.notices import upkeep as of_all

    from . import rules, swap_answers, swap_upkeep
    from .messages import swaps as messages

    access.register("housing-landlord", rules.can_open_papers)

    of_notices.register(
        messages.YES, swap_answers.yes, label=_("Oui, cela m’intéresse"), words=("oui", "ok")
    )
    of_notices.register(messages.NO, swap_answers.no, label=_("Non merci"), words=("non",))
    of_all.register(swap_upkeep.remind)
    of_all.register(swap_upkeep.close_late)
    of_all.register(swap_upkeep.chase_pieces)
    of_all.register(swap_upkeep.tell_late_decisions)
    of_all.register(swap_upkeep.forget_papers)
    of_all.register(swap_upkeep.begin_by_night)


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
    places.register("space-person", "housing", slots.draw_of_person, order=35)
    places.register("me", "housing", slots.draw_mine, order=35)

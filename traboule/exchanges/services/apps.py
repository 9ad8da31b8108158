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
        _announce_agreeing()
        _announce_paying()


def _announce_agreeing() -> None:
    """Photos of contracts, answers about hours, what happens by itself."""
    # Apps must be loaded first.
    from traboule.kernel.files import access
    from traboule.kernel.notices import upkeep as of_all

    from . import hours_answers, rules
    from .actions import contracts, payslips, works

    access.register("services-contract", rules.may_open_paper)
    hours_answers.announce()
    of_all.register(contracts.end_those_over)
    of_all.register(works.remind)
    of_all.register(payslips.make_all_due)


def _announce_paying() -> None:
    """Answers about wages, and payments that stopped on their way."""
    # Apps must be loaded first.
    from traboule.kernel.notices import upkeep as of_all

    from . import answers_paying
    from .upkeep_paying import heal

    answers_paying.announce()
    of_all.register(heal)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    """Services between neighbours announce themselves to spaces and to the journal."""

    name = "traboule.exchanges.services"
    label = "services"
    verbose_name = _("services entre voisins")

    def ready(self) -> None:
        # Apps must be loaded first.
        from django.core import checks

        from traboule.kernel.journal.acts import register as give_words
        from traboule.kernel.spaces.blocks import Block, register

        from . import recipe
        from .acts import ACTS
        from .indicators import INDICATORS
        from .urssaf import fields

        checks.register(fields.known_names)
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
                indicators=INDICATORS,
            )
        )
        give_words(*ACTS)
        _announce_asking()
        _announce_agreeing()
        _announce_paying()
        _announce_after()
        _announce_declaring()


def _announce_asking() -> None:
    """Digits and words by SMS, what silence does, who waits for a call, what may be hidden."""
    # Apps must be loaded first.
    from traboule.kernel.moderation.kinds import Kind
    from traboule.kernel.moderation.kinds import register as may_be_hidden
    from traboule.kernel.notices import followup
    from traboule.kernel.notices import upkeep as of_all

    from . import queue
    from .actions.requests import close_late
    from .answers import asking as answers
    from .models import Request, Worker
    from .rules import reads_request, reads_worker
    from .upkeep import asking as upkeep

    answers.announce()
    followup.register("services-call-back", queue.to_call_back)
    for chore in (
        close_late, upkeep.remind_silent, upkeep.close_silent, upkeep.ask_if_still_looking,
        upkeep.forget,
    ):  # fmt: skip
        of_all.register(chore)
    may_be_hidden(
        Kind(
            model=Request,
            label=_("demande d’un service"),
            block="services",
            author=lambda asked: asked.household.person,
            title=lambda asked: asked.journal_label,
            url=lambda asked: asked.get_absolute_url(),
            hide=lambda asked: asked.hide(),
            show=lambda asked: asked.show(),
            sees=reads_request,
            related=("household__person", "space__initiative"),
        ),
        Kind(
            model=Worker,
            label=_("mots d’une personne qui propose"),
            block="services",
            author=lambda worker: worker.person,
            title=lambda worker: worker.journal_label,
            url=lambda worker: worker.get_absolute_url(),
            hide=lambda worker: worker.hide(),
            show=lambda worker: worker.show(),
            sees=reads_worker,
            related=("person", "space__initiative"),
        ),
    )


def _announce_agreeing() -> None:
    """Photos of contracts, answers about hours, what happens by itself."""
    # Apps must be loaded first.
    from traboule.kernel.files import access
    from traboule.kernel.notices import upkeep as of_all

    from . import rules
    from .actions import contracts, payslips, signing, works
    from .answers import agreeing as answers

    access.register("services-contract", rules.may_open_paper)
    answers.announce()
    of_all.register(contracts.end_those_over)
    of_all.register(signing.forget_codes)
    of_all.register(works.remind)
    of_all.register(payslips.make_all_due)


def _announce_paying() -> None:
    """Answers about wages, and payments that stopped on their way."""
    # Apps must be loaded first.
    from traboule.kernel.notices import upkeep as of_all

    from .answers import paying as answers
    from .upkeep.paying import heal

    answers.announce()
    of_all.register(heal)


def _announce_after() -> None:
    """Reviews that may be hidden, and what is shown on the pages of others."""
    # Apps must be loaded first.
    from traboule.kernel.moderation.kinds import Kind
    from traboule.kernel.moderation.kinds import register as may_be_hidden
    from traboule.kernel.notices import upkeep as of_all
    from traboule.kernel.spaces import first_steps as steps_of_spaces
    from traboule.ui import slots as places

    from . import first_steps, slots
    from .actions.after import ask_how_it_went
    from .models import Review
    from .rules import can_read_review

    of_all.register(ask_how_it_went)
    may_be_hidden(
        Kind(
            model=Review,
            label=_("avis sur un service"),
            block="services",
            author=lambda review: review.contract.person_of(review.side),
            title=lambda review: review.journal_label,
            url=lambda review: review.get_absolute_url(),
            space=lambda review: review.contract.household.space,
            hide=lambda review: review.hide(),
            show=lambda review: review.show(),
            sees=can_read_review,
            related=(
                "contract__household__person", "contract__worker__person",
                "contract__household__space__initiative",
            ),
        )
    )  # fmt: skip
    steps_of_spaces.register(*first_steps.STEPS)
    places.register("space-published", "services", slots.draw_about, order=5)
    places.register("space-asked", "services", slots.draw_asked, order=45)
    places.register("me", "services", slots.draw_mine, order=35)


def _announce_declaring() -> None:
    """What leaves for Urssaf by itself."""
    # Apps must be loaded first.
    from traboule.kernel.notices import upkeep as of_all

    from .upkeep import declaring as upkeep

    of_all.register(upkeep.send_due)
    of_all.register(upkeep.look)
    of_all.register(upkeep.look_at_enrolments)

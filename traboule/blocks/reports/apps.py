from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Reports announce themselves to spaces, to the journal, to messages and to moderation."""

    name = "traboule.blocks.reports"
    label = "reports"
    verbose_name = _("signalements")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.notices import answers as of_notices
        from traboule.kernel.notices import upkeep as of_all
        from traboule.kernel.spaces.blocks import Block, register

        from . import answers, recipe, upkeep
        from .indicators import INDICATORS

        register(
            Block(
                key="reports",
                label=_("Signalements"),
                summary=_("Ce qui est cassé, par photo ; ce qui est réparé, par photo aussi."),
                icon="wrench",
                url_name="reports:reports",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
                announce=recipe.announce,
                indicators=INDICATORS,
            )
        )
        of_notices.register_keyword(answers.KEYWORD, answers.by_sms)
        of_all.register(upkeep.remind)
        of_all.register(upkeep.forget_numbers)
        _announce_pages()
        _announce_to_moderation()
        _give_words_to_acts()


def _announce_pages() -> None:
    """What reports show on the pages of others."""
    # Apps must be loaded first.
    from traboule.kernel.spaces import first_steps as steps_of_spaces
    from traboule.kernel.spaces import panorama
    from traboule.ui import slots as places

    from . import first_steps, signs, slots

    steps_of_spaces.register(*first_steps.STEPS)
    panorama.register(
        panorama.Sign(
            key="reports.waiting",
            label=_("Signalements"),
            of=signs.waiting,
            for_carriers_only=True,
        )
    )
    places.register("space-published", "reports", slots.draw_about, order=10)
    places.register("space-asked", "reports", slots.draw_asked, order=40)
    places.register("me", "reports", slots.draw_mine, order=85)


def _announce_to_moderation() -> None:
    """A photo or words that may not stay can be hidden, with a reason."""
    # Apps must be loaded first.
    from traboule.kernel.moderation.kinds import Kind, register

    from .models import Report
    from .rules import can_see

    register(
        Kind(
            model=Report,
            label=_("signalement d’un problème"),
            block="reports",
            author=lambda report: report.reporter,
            title=lambda report: report.journal_label,
            url=lambda report: report.get_absolute_url(),
            hide=lambda report: report.hide(),
            show=lambda report: report.show(),
            sees=can_see,
        )
    )


def _give_words_to_acts() -> None:
    """What is done with problems, as people read it in what is held on them."""
    from traboule.kernel.journal.acts import Act, register  # Apps must be loaded first.

    register(
        Act(key="reports.reported", words=_("problème signalé : %(subject)s")),
        Act(key="reports.followed", words=_("nouvelles demandées : %(subject)s")),
        Act(key="reports.stopped-following", words=_("plus de nouvelles : %(subject)s")),
        Act(key="reports.reopened", words=_("problème encore là : %(subject)s")),
        Act(key="reports.looked-at", words=_("problème regardé et montré : %(subject)s")),
        Act(key="reports.took", words=_("problème pris en charge : %(subject)s")),
        Act(key="reports.gave-back", words=_("problème laissé à d’autres : %(subject)s")),
        Act(key="reports.closed", words=_("problème réparé : %(subject)s")),
        Act(key="reports.passed-on", words=_("problème transmis : %(subject)s")),
        Act(key="reports.called-back", words=_("appel pour donner des nouvelles : %(subject)s")),
        Act(key="reports.set-up", words=_("réception des signalements préparée : %(subject)s")),
        Act(key="reports.named-zone", words=_("endroit nommé : %(subject)s")),
        Act(key="reports.removed-zone", words=_("endroit retiré : %(subject)s")),
        Act(key="reports.named-category", words=_("sorte de problème ajoutée : %(subject)s")),
        Act(key="reports.removed-category", words=_("sorte de problème retirée : %(subject)s")),
    )

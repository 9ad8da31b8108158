from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Moderation announces itself to spaces, to the journal and to messages."""

    name = "traboule.kernel.moderation"
    label = "moderation"
    verbose_name = _("modération")

    def ready(self) -> None:
        _announce_kinds()
        _announce_life()
        _give_words_to_acts()


def _announce_kinds() -> None:
    """What the layers below hold that can be hidden: news, and the right to post."""
    from django.urls import reverse  # Apps must be loaded first.

    from traboule.kernel.spaces.models import News

    from .kinds import Kind, register
    from .models import Standing

    register(
        Kind(
            model=News,
            label=_("nouvelle"),
            author=lambda news: news.by,
            title=lambda news: news.title,
            url=lambda news: reverse("spaces:news", args=[news.space.slug]),
            hide=lambda news: news.hide(),
            show=lambda news: news.show(),
            related=("by", "space__initiative"),
        ),
        Kind(
            model=Standing,
            label=_("droit de publier"),
            author=lambda standing: standing.person,
            title=str,
            url=lambda standing: reverse("moderation:charter", args=[standing.space.slug]),
            hide=lambda standing: None,  # Whoever holds somebody back writes until when.
            show=lambda standing: standing.release(),
            sees=lambda request, standing: False,
        ),
    )


def _announce_life() -> None:
    """What people answer to our messages, what we do by ourselves, where we stand in pages."""
    # Apps must be loaded first.
    from traboule.kernel.notices import answers as of_notices
    from traboule.kernel.notices import upkeep as of_all
    from traboule.kernel.spaces import first_steps as of_spaces
    from traboule.ui import slots as places

    from . import answers, first_steps, messages, slots, upkeep

    of_notices.register(
        messages.APPEAL, answers.contest, label=_("Je conteste"), words=("je conteste", "conteste")
    )
    of_all.register(upkeep.show_what_is_due)
    of_spaces.register(*first_steps.STEPS)
    places.register("space-asked", "moderation", slots.draw_asked, order=60)
    places.register("space-about", "moderation", slots.draw_about)
    places.register("space-person", "moderation", slots.draw_of_person, order=120)
    places.register("news-piece", "moderation", slots.draw_under_news)


def _give_words_to_acts() -> None:
    """What moderation does, as people read it in what is held on them."""
    from traboule.kernel.journal.acts import Act, register  # Apps must be loaded first.

    register(
        Act(key="moderation.adopted-charter", words=_("charte adoptée pour « %(subject)s »")),
        Act(key="moderation.hid", words=_("contenu masqué : %(subject)s")),
        Act(key="moderation.restored", words=_("contenu montré de nouveau : %(subject)s")),
        Act(key="moderation.appealed", words=_("contestation d’une décision : %(subject)s")),
        Act(key="moderation.upheld", words=_("décision confirmée : %(subject)s")),
        Act(key="moderation.reversed", words=_("contestation acceptée : %(subject)s")),
        Act(key="moderation.expired", words=_("fin d’une décision : %(subject)s")),
        Act(key="moderation.flagged", words=_("signalement : %(subject)s")),
        Act(key="moderation.set-flags-aside", words=_("signalements classés : %(subject)s")),
        Act(key="moderation.set-standing", words=_("confiance changée : %(subject)s")),
        Act(key="moderation.became-trusted", words=_("confiance gagnée : %(subject)s")),
    )

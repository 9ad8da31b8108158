from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What people are told, and what they answer."""

    name = "traboule.kernel.notices"
    label = "notices"
    verbose_name = _("messages")

    def ready(self) -> None:
        from traboule.kernel.journal.actions import recorded
        from traboule.ui import navigation, slots

        from . import answers, bouncing, mine, receipts, upkeep

        answers.register(receipts.UNDO, receipts.undo, label=_("Non, annuler"), words=("non",))
        recorded.connect(receipts.write_receipt, dispatch_uid="notices.receipts")
        recorded.connect(bouncing.trust_again, dispatch_uid="notices.trust-again")
        upkeep.register(bouncing.read_mailbox)
        _give_words_to_acts()
        slots.register("me", "notices", mine.draw, order=20)
        navigation.register(
            navigation.Entry(
                label=_("Messages"),
                url_name="notices:mine",
                place="account",
                icon="mail",
                order=5,
                visible=_is_signed_in,
            )
        )


def _give_words_to_acts() -> None:
    from traboule.kernel.journal.acts import Act, register

    register(
        Act(key="notices.undone", words=_("annulation de « %(subject)s »")),
        Act(key="notices.called", words=_("appel à une personne pour lui dire un message")),
        Act(key="notices.took-charge", words=_("prise en charge d’un message")),
        Act(key="notices.settled", words=_("classement d’un message")),
        Act(key="notices.handled-sms", words=_("lecture d’un SMS reçu")),
        Act(key="notices.prepared-letters", words=_("préparation de courriers à poster")),
        Act(key="notices.posted-letters", words=_("courriers postés")),
        Act(key="notices.mail-returned", words=_("retour d’un e-mail qui n’est pas arrivé")),
        Act(key="notices.mail-unwanted", words=_("e-mail jugé indésirable par qui l’a reçu")),
        Act(key="stop-sms", words=_("arrêt des SMS")),
        Act(key="resume-sms", words=_("reprise des SMS")),
    )


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated

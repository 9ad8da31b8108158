from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What people are told, and what they answer."""

    name = "traboule.kernel.notices"
    label = "notices"
    verbose_name = _("messages")

    def ready(self) -> None:
        from traboule.kernel.journal import acts
        from traboule.kernel.journal.actions import recorded
        from traboule.ui import navigation, slots

        from . import answers, mine, receipts

        answers.register(receipts.UNDO, receipts.undo, label=_("Non, annuler"), words=("non",))
        recorded.connect(receipts.write_receipt, dispatch_uid="notices.receipts")
        acts.register(acts.Act(key="notices.undone", words=_("annulation de « %(subject)s »")))
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


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "traboule.kernel.files"
    label = "files"
    verbose_name = _("fichiers")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.journal.actions import recorded
        from traboule.kernel.journal.acts import Act, register
        from traboule.kernel.notices import upkeep
        from traboule.ui import slots

        from . import actions
        from .slots import draw_mine

        recorded.connect(actions.hear_consents, dispatch_uid="files.hear-consents")
        upkeep.register(actions.see_what_expired)
        upkeep.register(actions.forget_uploads)
        slots.register("me", "files", draw_mine, order=70)
        register(
            Act(key="files.named-people", words=_("personnes nommées sur « %(subject)s »")),
            Act(key="files.withdrew", words=_("retrait partout de « %(subject)s »")),
            Act(key="files.put-back", words=_("« %(subject)s » montré de nouveau")),
            Act(key="files.deleted", words=_("suppression de « %(subject)s »")),
        )

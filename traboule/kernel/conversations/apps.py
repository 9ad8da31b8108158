from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    """Conversations announce themselves to the journal, to messages and to moderation."""

    name = "traboule.kernel.conversations"
    label = "conversations"
    verbose_name = _("conversations")

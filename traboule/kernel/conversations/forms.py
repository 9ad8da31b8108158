"""What one writes in a conversation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Message
from .private_words import refuse_private


class MessageForm(forms.Form):
    """A message, without a number nor an address."""

    text = forms.CharField(
        label=_("Votre message"),
        max_length=Message._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_private],
        error_messages={"required": _("Écrivez votre message.")},
    )

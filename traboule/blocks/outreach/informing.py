"""What somebody is told at first contact: where their data come from, and how to be removed."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Contact

_SALT = "traboule.outreach.stop"


def stop_url(contact: Contact) -> str:
    """The address at which they ask, without an account, not to be contacted any more."""
    token = signing.dumps(contact.pk, salt=_SALT, compress=True)
    return settings.SITE_URL + reverse("outreach:stop", args=[token])


def contact_of_token(token: str) -> Contact | None:
    """Whose address that is; None when it was mistyped or the file is gone."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return (
        Contact.objects.live().filter(pk=pk).select_related("space__initiative", "person").first()
    )


def information(contact: Contact) -> str:
    """The paragraph of a first message (GDPR, article 14)."""
    space = contact.space
    return _(
        "Pourquoi ce message ? Vos coordonnées nous viennent de : %(source)s. %(holder)s les garde "
        "pour vous proposer les rendez-vous de « %(space)s », et les efface trois ans après notre "
        "dernier échange. Vous pouvez les voir, les corriger, ou demander à ne plus être "
        "contacté : répondez à ce message%(phone)s, ou allez sur %(url)s"
    ) % {
        "source": contact.source_note or contact.get_source_display(),
        "holder": space.initiative.holder.name,
        "space": space,
        "phone": _(", appelez le %(number)s") % {"number": space.help_phone}
        if space.help_phone
        else "",
        "url": stop_url(contact),
    }


def said_aloud(contact: Contact) -> str:
    """The same, short enough for the first minute of a call."""
    return _(
        "Vos coordonnées nous viennent de : %(source)s. Si vous préférez que l’on ne vous appelle "
        "plus, dites-le-moi, et c’est fait."
    ) % {"source": contact.source_note or contact.get_source_display()}

"""What leaves by e-mail and SMS: words, HTML, and how to receive no more."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from traboule.kernel.notices.dressing import Dress
from traboule.kernel.notices.models import Notice

from .actions.subscribing import token_of
from .models import Letter, Mailing
from .texts import with_stop

KINDS = ("mailings.news", "mailings.statutory")


def dress(notice: Notice) -> Dress:
    """One e-mail to one person: nobody sees who else is written to, answers reach the team."""
    mailings = Mailing.objects.select_related("space__initiative__holder")
    mailing = mailings.filter(pk=notice.data.get("mailing")).first()
    if mailing is None:
        return Dress()
    letter = Letter.of(mailing.space)
    answers = letter.answers_go_to
    headers = {"From": _sender(letter), "Precedence": "bulk", "List-Id": list_id(mailing)}
    stop = ""
    if mailing.is_news:
        stop = stop_address(mailing, notice)
        headers |= {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    context = {
        "mailing": mailing, "letter": letter, "stop": stop, "name": notice.recipient,
        "about": notice.person if notice.is_for_another else None,
        "language": notice.language, "why": why(mailing, letter), "phone": settings.HELP_PHONE,
        "address": settings.SITE_URL + mailing.archive_url if mailing.is_in_archive else "",
    }  # fmt: skip
    return Dress(
        sms=with_stop(mailing.short_text, is_news=mailing.is_news),
        html=render_to_string("mailings/email.html", context),
        foot="\n".join(filter(None, ["-- ", why(mailing, letter), _stop_line(stop)])),
        headers=headers,
        reply_to=(answers,) if answers else (),
    )


def stop_address(mailing: Mailing, notice: Notice) -> str:
    """Where one press ends it, for the person that the notice is about."""
    token = token_of(mailing.space_id, notice.person_id)
    return settings.SITE_URL + reverse("mailings:unsubscribe", args=[token])


def why(mailing: Mailing, letter: Letter) -> str:
    """Why it comes: a law, or a wish."""
    if mailing.is_news:
        return _("« %(letter)s » : vous l’avez demandée, ou vous prenez part à « %(space)s ».") % {
            "letter": letter,
            "space": mailing.space,
        }
    return _(
        "Ce message va à toutes les personnes concernées par « %(space)s » : "
        "on ne peut pas s’en désinscrire."
    ) % {"space": mailing.space}


def list_id(mailing: Mailing) -> str:
    """The name under which mail programs sort it (RFC 2919)."""
    return f"<{mailing.space.slug}.{settings.ALLOWED_HOSTS[0]}>"


def _sender(letter: Letter) -> str:
    """Our own address, under the name of the letter."""
    name = " ".join(letter.name.split())
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _stop_line(stop: str) -> str:
    return _("Ne plus la recevoir : %(address)s") % {"address": stop} if stop else ""

"""The words of a notice on each way: the same thing said in an SMS, an e-mail, a letter, a call."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.ui.printing import shown_address

from .answers import offered
from .dressing import dress_of
from .models import DIGEST, Notice
from .numbering import choices


def sms(notice: Notice) -> str:
    """A few words, the digits to answer with, and where to read more."""
    with translation.override(notice.language):
        if notice.kind == DIGEST:
            return _digest_sms(notice)
        text = dress_of(notice).sms or notice.text
        return _lines(text, _digits(notice), _short_link(notice))


def email(notice: Notice, *, foot: str = "") -> str:
    """The whole text, with the page where one answers and the number one can call."""
    with translation.override(notice.language):
        return "\n\n".join(
            part
            for part in (
                _("Bonjour %(name)s,") % {"name": notice.recipient},
                notice.text,
                _answering(notice) or _link(notice),
                _calling(),
                foot,
            )
            if part
        )


def letter(notice: Notice) -> list[str]:
    """The paragraphs of a letter."""
    with translation.override(notice.language):
        greeting = _("Bonjour %(name)s,") % {"name": notice.recipient}
        return [greeting, *filter(None, notice.text.split("\n"))]


def answer_by_phone(notice: Notice) -> str:
    """What a letter says to those who want to answer."""
    if not notice.is_asking:
        return ""
    with translation.override(notice.language):
        labels = " – ".join(str(answer.label) for _digit, answer in offered(notice))
        if not settings.HELP_PHONE:
            return _("Votre réponse : %(labels)s") % {"labels": labels}
        return _("Pour répondre, appelez le %(phone)s et dites : %(labels)s") % {
            "phone": settings.HELP_PHONE,
            "labels": labels,
        }


def address(notice: Notice) -> str:
    """Where to read on: the notice's own page, or the person's messages."""
    path = notice.url or reverse("notices:mine")
    return settings.SITE_URL + path if path.startswith("/") else path


def until(moment: datetime.datetime) -> str:
    """A day and an hour as people say them: « 26 novembre à 14 h 30 »."""
    local = timezone.localtime(moment)
    return _("%(day)s à %(time)s") % {
        "day": date_format(local, _("j F")),
        "time": date_format(local, _("G \\h i")).removesuffix(" 00"),
    }


def _digest_sms(notice: Notice) -> str:
    gathered = list(notice.gathered.order_by("created_at", "pk"))
    asking = [one for one in gathered if one.digits]
    count = len(gathered)
    head = ngettext(
        "Bonjour %(name)s. %(count)s nouvelle cette semaine",
        "Bonjour %(name)s. %(count)s nouvelles cette semaine",
        count,
    ) % {"name": notice.recipient, "count": count}
    where = shown_address(address(notice))
    if settings.HELP_PHONE:
        where = _("%(address)s ou %(phone)s") % {"address": where, "phone": settings.HELP_PHONE}
    questions = [_lines(one.text, _digits(one)) for one in asking]
    return _lines(f"{head} : {where}", *questions)


def _digits(notice: Notice) -> str:
    if not (notice.digits and notice.is_asking):
        return ""
    said = " ; ".join(f"{digit} = {label}" for digit, label in choices(notice))
    assert notice.answer_by is not None  # noqa: S101 (a question always has a last day)
    return _("Répondez par SMS avant le %(day)s : %(choices)s") % {
        "day": until(notice.answer_by),
        "choices": said,
    }


def _answering(notice: Notice) -> str:
    if not notice.is_asking:
        return ""
    labels = ", ".join(str(answer.label) for _digit, answer in offered(notice))
    return _("Pour répondre (%(labels)s) :\n%(address)s") % {
        "labels": labels,
        "address": settings.SITE_URL + notice.get_absolute_url(),
    }


def _link(notice: Notice) -> str:
    return address(notice) if notice.url else ""


def _short_link(notice: Notice) -> str:
    return shown_address(address(notice)) if notice.url else ""


def _calling() -> str:
    if not settings.HELP_PHONE:
        return ""
    return _("Une question ? Appelez le %(phone)s.") % {"phone": settings.HELP_PHONE}


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)

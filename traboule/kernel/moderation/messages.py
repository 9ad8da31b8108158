"""What moderation tells people, each in their language and on their channel."""

import datetime
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.notices.actions import tell
from traboule.kernel.people.models import Editorship, Person
from traboule.kernel.spaces.models import Role, Space

from .models import Flag, Hiding, Standing
from .rules import other_moderators

APPEAL = "moderation.appeal"
"""What the digit of a notice stands for: « 1 : je conteste »."""


def hidden(hiding: Hiding) -> None:
    """Say to the author what is hidden, why, under which article, and how to contest it."""
    if hiding.author is None:
        return
    if hiding.is_hold:
        subject = gettext_lazy("Vous ne pouvez plus publier pour l’instant")
    else:
        subject = gettext_lazy("Ce que vous avez écrit est masqué")
    tell(
        person=hiding.author,
        kind="moderation.hidden",
        subject=subject,
        text=lambda: _hidden_words(hiding),
        url=hiding.get_absolute_url(),
        urgent=True,
        purse=hiding.space.purse,
        owner=hiding.by,
        answers={"1": APPEAL},
        data={"hiding": hiding.pk},
        key=f"moderation.hidden:{hiding.pk}",
    )


def _hidden_words(hiding: Hiding) -> str:
    words = {
        "space": hiding.space,
        "title": hiding.title,
        "until": _day(hiding.expires_at),
        "reason": hiding.reason,
        "number": hiding.article.number,
        "article": hiding.article.title,
    }
    if hiding.is_hold:
        what = _("Dans « %(space)s », vous ne pouvez rien publier jusqu’au %(until)s.")
    elif hiding.expires_at:
        what = _("Dans « %(space)s », « %(title)s » est masqué jusqu’au %(until)s.")
    else:
        what = _("Dans « %(space)s », « %(title)s » est masqué.")
    why = _("Raison : %(reason)s (charte, article %(number)s : %(article)s).")
    how = _("Pas d’accord ? Contestez : une autre personne de l’équipe regardera.")
    return f"{what % words} {why % words} {how}"


def shown_again(hiding: Hiding) -> None:
    """Say to the author that it shows again, with the words of whoever decided."""
    if hiding.author is None:
        return

    def text() -> str:
        words = {"space": hiding.space, "title": hiding.title, "words": hiding.decision}
        if hiding.is_hold:
            what = _("Dans « %(space)s », vous pouvez de nouveau publier.")
        else:
            what = _("Dans « %(space)s », « %(title)s » est de nouveau visible.")
        return f"{what % words} {hiding.decision}".strip()

    tell(
        person=hiding.author,
        kind="moderation.shown-again",
        subject=gettext_lazy("C’est de nouveau visible")
        if not hiding.is_hold
        else gettext_lazy("Vous pouvez de nouveau publier"),
        text=text,
        url=hiding.get_absolute_url(),
        urgent=True,
        purse=hiding.space.purse,
        key=f"moderation.shown-again:{hiding.pk}",
    )


def upheld(hiding: Hiding) -> None:
    """Say to the author that another person looked, and that it stays so."""
    if hiding.author is None:
        return

    def text() -> str:
        words = {"space": hiding.space, "words": hiding.decision}
        return (
            _("Une autre personne a regardé votre contestation dans « %(space)s ». La décision "
              "reste la même. Sa réponse : %(words)s") % words
        )  # fmt: skip

    tell(
        person=hiding.author,
        kind="moderation.upheld",
        subject=gettext_lazy("Réponse à votre contestation"),
        text=text,
        url=hiding.get_absolute_url(),
        urgent=True,
        purse=hiding.space.purse,
        key=f"moderation.upheld:{hiding.pk}",
    )


def ask_another(hiding: Hiding) -> None:
    """Ask those who may decide an appeal; the editors where nobody else moderates."""
    deciders = other_moderators(hiding) or _editors(hiding.space)
    for person in deciders:
        tell(
            person=person,
            kind="moderation.appealed",
            subject=gettext_lazy("Une décision est contestée"),
            text=gettext_lazy(
                "Dans « %(space)s », une personne conteste une décision de modération. "
                "Il faut le regard d’une autre personne : le vôtre."
            ),
            values={"space": hiding.space},
            url=hiding.get_absolute_url(),
            urgent=True,
            purse=hiding.space.purse,
            key=f"moderation.appealed:{hiding.pk}:{person.pk}",
        )


def ask_team(flag: Flag) -> None:
    """Tell the team that something was flagged: at most once a day to each."""
    space, today = flag.space, timezone.localdate()
    for one in space.roll().at_least(Role.FACILITATOR):
        tell(
            person=one.person,
            kind="moderation.flagged",
            subject=gettext_lazy("Un contenu est signalé"),
            text=gettext_lazy("Dans « %(space)s », quelqu’un vous demande de regarder un contenu."),
            values={"space": space},
            url=reverse("moderation:queue", args=[space.slug]),
            urgent=True,
            purse=space.purse,
            key=f"moderation.flagged:{space.pk}:{today}:{one.person_id}",
        )


def answer_flag(flag: Flag, *, hidden: bool) -> None:
    """Say to whoever flagged something what came of it, if we know them."""
    if flag.by is None:
        return
    done = gettext_lazy("Vous aviez signalé « %(title)s ». L’équipe l’a masqué. Merci.")
    kept = gettext_lazy(
        "Vous aviez signalé « %(title)s ». L’équipe a regardé et le laisse visible."
    )
    tell(
        person=flag.by,
        kind="moderation.flag-answered",
        subject=gettext_lazy("Votre signalement"),
        text=done if hidden else kept,
        values={"title": flag.title},
        url=reverse("moderation:log", args=[flag.space.slug]),
        purse=flag.space.purse,
        key=f"moderation.flag-answered:{flag.pk}",
    )


def trusted(standing: Standing) -> None:
    """Say to somebody that what they post shows at once from now on."""
    _tell_standing(
        standing,
        gettext_lazy("Merci de vos contributions"),
        gettext_lazy("Dans « %(space)s », ce que vous publiez paraît maintenant tout de suite."),
    )


def read_first(standing: Standing) -> None:
    """Say to somebody that what they post is read first from now on, and why."""
    _tell_standing(
        standing,
        gettext_lazy("Vos contributions sont relues"),
        gettext_lazy(
            "Dans « %(space)s », l’équipe relit ce que vous publiez avant de le montrer. "
            "Raison : %(reason)s"
        ),
    )


def _tell_standing(standing: Standing, subject: object, text: object) -> None:
    space = standing.space
    tell(
        person=standing.person,
        kind="moderation.standing",
        subject=subject,  # type: ignore[arg-type]
        text=text,  # type: ignore[arg-type]
        values={"space": space, "reason": standing.reason},
        url=reverse("moderation:charter", args=[space.slug]),
        urgent=bool(standing.reason),
        purse=space.purse,
    )


def _editors(space: Space) -> Iterable[Person]:
    charges = Editorship.objects.filter(
        Q(department_code="") | Q(department_code=space.department_code), person__is_active=True
    )
    return {charge.person for charge in charges.select_related("person")}


def _day(moment: datetime.datetime | None) -> str:
    return date_format(timezone.localtime(moment), _("j F Y")) if moment else ""

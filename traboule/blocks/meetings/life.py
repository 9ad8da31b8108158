"""The whole life of a meeting as steps, with the one thing to do next."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.blocks.agenda.wording import duration

from .models import Amendment, Meeting

State = Meeting.State
Counts = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something to press: a page to open, or an act done at once (``posts``)."""

    label: str | Promise
    url: str
    icon: str = ""
    posts: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: what it is, whether it is behind, and what one can do there."""

    key: str
    title: str | Promise
    said: str
    done: bool
    current: bool
    acts: tuple[Act, ...] = ()


def steps_of(meeting: Meeting, *, counts: Counts) -> list[Step]:
    """The seven steps in order; the current one is the first that is not behind."""
    makers = (_agenda, _convocation, _held, _writing, _amending, _approving, _publishing)
    drawn = [make(meeting, counts) for make in makers]
    first = next((rank for rank, step in enumerate(drawn) if not step[3]), len(drawn))
    return [
        Step(key=key, title=title, said=said, done=done, current=rank == first, acts=acts)
        for rank, (key, title, said, done, acts) in enumerate(drawn)
    ]


_Drawn = tuple[str, str, str, bool, tuple[Act, ...]]


def _url(meeting: Meeting, name: str) -> str:
    return reverse(f"meetings:{name}", args=[meeting.space.slug, meeting.ref])


def _event_url(meeting: Meeting, name: str) -> str:
    return reverse(f"agenda:{name}", args=[meeting.space.slug, meeting.event_id])


def _agenda(meeting: Meeting, counts: Counts) -> _Drawn:
    said = _points(counts) if counts["n"] else _("Rien encore")
    acts = [Act(label=_("Écrire l’ordre du jour") if not counts["n"] else _("Ordre du jour"),
                url=_url(meeting, "agenda"), icon="list")]  # fmt: skip
    if counts["n"]:
        acts.append(Act(label=_("L’imprimer"), url=_url(meeting, "agenda-pdf"), icon="printer"))
    return "agenda", _("L’ordre du jour"), said, counts["n"] > 0, tuple(acts)


def _convocation(meeting: Meeting, counts: Counts) -> _Drawn:
    sent = hasattr(meeting, "convocation")
    if sent:
        said = _answers(counts)
    elif meeting.is_held:
        said = _("Sans convocation par ce site")
    else:
        said = _("Personne n’est encore convoqué")
    acts = []
    if not meeting.has_begun and not meeting.is_cancelled:
        again = _("Convoquer d’autres personnes") if sent else _("Convoquer")
        acts.append(Act(label=again, url=_url(meeting, "convene"), icon="send"))
    if sent:
        acts.insert(0, Act(label=_("Qui vient ? Qui appeler ?"), url=_url(meeting, "replies"),
                           icon="phone"))  # fmt: skip
    return "convocation", _("La convocation"), said, sent or meeting.is_held, tuple(acts)


def _held(meeting: Meeting, counts: Counts) -> _Drawn:
    acts = [
        Act(label=_("Imprimer la feuille d’émargement"),
            url=_event_url(meeting, "attendance-sheet"), icon="printer"),
    ]  # fmt: skip
    if meeting.event.has_begun:
        acts.append(Act(label=_("Faire l’appel"), url=_event_url(meeting, "roll"),
                        icon="circle-check"))  # fmt: skip
        acts.append(Act(label=_("Saisir la feuille signée"),
                        url=_event_url(meeting, "sheet-type"), icon="pencil"))  # fmt: skip
    if meeting.has_begun and not meeting.is_held:
        acts.insert(0, Act(label=_("La réunion a eu lieu"), url=_url(meeting, "hold"),
                           icon="check", posts=True))  # fmt: skip
    if meeting.is_held:
        said = counts["people"]
    else:
        said = _("Le jour venu : faire signer, ou faire l’appel")
    return "held", _("La réunion"), said, meeting.is_held, tuple(acts)


def _writing(meeting: Meeting, counts: Counts) -> _Drawn:
    readable = meeting.state in {State.AMENDING, State.ADOPTED, State.PUBLISHED}
    acts: tuple[Act, ...] = ()
    if meeting.state == State.HELD:
        acts = (Act(label=_("Commencer le compte-rendu"), url=_url(meeting, "draft"),
                    icon="pencil", posts=True),)  # fmt: skip
    elif meeting.is_written and not meeting.is_approved:
        acts = (Act(label=_("Écrire le compte-rendu"), url=_url(meeting, "write"),
                    icon="pencil"),)  # fmt: skip
    if meeting.is_written:
        said = _written(counts)
    else:
        said = _("Il se prépare tout seul : points, présences et voix portées y sont déjà")
    return "writing", _("Le compte-rendu"), said, readable, acts


def _amending(meeting: Meeting, counts: Counts) -> _Drawn:
    behind = meeting.state in {State.AMENDING, State.ADOPTED, State.PUBLISHED}
    acts: list[Act] = []
    if meeting.state == State.DRAFTED:
        acts.append(Act(label=_("Le donner à relire"), url=_url(meeting, "open-amendments"),
                        icon="users"))  # fmt: skip
    if counts["amendments"]:
        acts.append(Act(label=_("Corrections demandées"), url=_url(meeting, "amendments"),
                        icon="message-square"))  # fmt: skip
    if counts["waiting"]:
        said = _waiting(counts["waiting"])
    elif meeting.state == State.AMENDING and meeting.takes_amendments:
        said = _("Les personnes présentes relisent ; aucune correction n’attend")
    elif behind:
        said = (
            _("Toutes les corrections demandées ont une réponse")
            if counts["amendments"]
            else _("Aucune correction demandée")
        )
    else:
        said = _("Celles et ceux qui étaient là peuvent corriger")
    done = behind and not counts["waiting"]
    return "amending", _("La relecture"), said, done, tuple(acts)


def _approving(meeting: Meeting, counts: Counts) -> _Drawn:
    acts: tuple[Act, ...] = ()
    if meeting.state in {State.AMENDING, State.DRAFTED}:
        acts = (Act(label=_("Noter l’approbation"), url=_url(meeting, "adopt"), icon="check"),)
    said = meeting.approval or _("À la réunion suivante : c’est déjà à son ordre du jour")
    return "approving", _("L’approbation"), said, meeting.is_approved, acts


def _publishing(meeting: Meeting, counts: Counts) -> _Drawn:
    published = meeting.state == State.PUBLISHED
    acts: list[Act] = []
    if meeting.state == State.ADOPTED:
        acts.append(Act(label=_("Publier le compte-rendu"), url=_url(meeting, "publish"),
                        icon="globe", posts=True))  # fmt: skip
    if published:
        acts += [
            Act(label=_("L’envoyer aux personnes"), url=_url(meeting, "send"), icon="send"),
            Act(label=_("L’imprimer"), url=_url(meeting, "minutes-pdf"), icon="printer"),
            Act(label=_("Imprimer l’essentiel en grand"), url=_url(meeting, "summary-pdf"),
                icon="printer"),
        ]  # fmt: skip
    if published and counts["sent"]:
        said = _sent(counts["sent"])
    elif published:
        said = _("Tout le monde peut le lire")
    else:
        said = _("Une page, une feuille A4, l’essentiel en grand, et un envoi à chacun")
    return "publishing", _("La publication"), said, published, tuple(acts)


def _points(counts: Counts) -> str:
    """« 5 points, 90 minutes »."""
    points = ngettext("%(n)d point", "%(n)d points", counts["n"]) % counts
    if not counts["minutes"]:
        return points
    return f"{points}, {duration(counts['minutes'])}"


def _answers(counts: Counts) -> str:
    """« 21 personnes convoquées : 12 oui, 3 non, 2 voix données »."""
    called = (
        ngettext(
            "%(convened)d personne convoquée",
            "%(convened)d personnes convoquées",
            counts["convened"],
        )
        % counts
    )
    voices = ngettext("%(voices)d voix donnée", "%(voices)d voix données", counts["voices"])
    said = _("%(coming)d oui, %(excused)d non") % counts
    return _("%(called)s : %(said)s, %(voices)s") % {
        "called": called, "said": said, "voices": voices % counts,
    }  # fmt: skip


def _written(counts: Counts) -> str:
    """« 3 décisions, 2 choses à faire »."""
    decisions = ngettext("%(n)d décision", "%(n)d décisions", counts["decisions"])
    actions = ngettext("%(n)d chose à faire", "%(n)d choses à faire", counts["actions"])
    return f"{decisions % {'n': counts['decisions']}}, {actions % {'n': counts['actions']}}"


def _waiting(number: int) -> str:
    """« 2 corrections attendent une réponse »."""
    said = ngettext(
        "%(n)d correction attend une réponse", "%(n)d corrections attendent une réponse", number
    )
    return said % {"n": number}


def _sent(number: int) -> str:
    """« Tout le monde peut le lire ; envoyé à 21 personnes »."""
    said = ngettext(
        "Tout le monde peut le lire ; envoyé à %(n)d personne",
        "Tout le monde peut le lire ; envoyé à %(n)d personnes",
        number,
    )
    return said % {"n": number}


def counts_of(meeting: Meeting) -> Counts:
    """The figures that the steps tell."""
    # Late: they read the ledger and messages, which pages without steps do not.
    from traboule.blocks.agenda.models import Signup
    from traboule.kernel.notices.models import Notice

    from .attendance import attendance_of, convened
    from .models import ActionPoint, Decision

    items = list(meeting.items.values_list("duration", flat=True))
    there = attendance_of(meeting) if meeting.is_held else None
    amendments = Amendment.objects.filter(item__meeting=meeting)
    told = Notice.objects.filter(kind="meetings.minutes", data__meeting=meeting.pk, twin_of=None)
    return {
        "n": len(items),
        "minutes": sum(minutes or 0 for minutes in items),
        "convened": len(convened(meeting)),
        "coming": Signup.objects.going().filter(event=meeting.event_id).count(),
        "excused": meeting.excuses.count(),
        "voices": meeting.proxies.filter(withdrawn_at=None).count(),
        "people": there.in_words if there else "",
        "decisions": Decision.objects.filter(item__meeting=meeting).count(),
        "actions": ActionPoint.objects.filter(item__meeting=meeting).count(),
        "amendments": amendments.count(),
        "waiting": amendments.filter(state=Amendment.State.PROPOSED).count(),
        "sent": told.count(),
    }

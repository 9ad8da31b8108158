"""What households and landlords are told of an exchange, on the channel of each."""

import datetime
from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.models import Person

from ..models import Decision, Landlord, Move, Piece, Stop, Swap

PROPOSED, REMINDED = "housing.proposed", "housing.reminded"
YES = "housing.swap-yes"
NO = "housing.swap-no"


class _Day:
    """A date, written when it is read, in the language of whoever reads."""

    def __init__(self, day: datetime.date | None) -> None:
        self.day = day

    def __str__(self) -> str:
        return date_format(self.day, "l j F") if self.day else ""


def proposed(move: Move, *, again: bool = False) -> None:
    """A household learns of an exchange in which it would move, and may answer with a digit."""
    if again:
        asks_no_more(move, kinds=(PROPOSED,))  # A « oui » now means the reminder alone.
    _household(
        move,
        kind=REMINDED if again else PROPOSED,
        subject=_("Un échange de logements vous est proposé : %(home)s"),
        text=_("Un échange à %(size)s ménages vous irait : %(home)s, loyer %(rent)s € sans les "
               "charges. Rien n’est signé. Cela vous intéresse ? Répondez avant le %(day)s."),
        answers={"1": YES, "2": NO},
        data={"move": move.pk},
        answer_by=_end_of(move.swap.answer_by),
    )  # fmt: skip


def asks_no_more(move: Move, *, kinds: Collection[str] = (PROPOSED, REMINDED)) -> None:
    """A household has answered, or its exchange has stopped: nobody has to call about it."""
    asked = Notice.objects.filter(kind__in=kinds, person=move.listing.tenant)
    asked.unsettled().filter(data__move=move.pk).update(settled_at=timezone.now())


def stopped(move: Move, because: Stop) -> None:
    """The others learn that the exchange stopped, and that something else is looked for."""
    asks_no_more(move)
    if because == Stop.TAKEN:
        text = _("L’échange vers %(home)s ne peut plus se faire : un autre s’est conclu avant. "
                 "Votre annonce continue.")  # fmt: skip
    else:
        text = _("L’échange vers %(home)s s’arrête : %(why)s. Votre annonce continue, et nous "
                 "cherchons tout de suite une autre solution.")  # fmt: skip
    _household(
        move,
        kind="housing.stopped",
        subject=_("L’échange s’arrête : %(home)s"),
        text=text,
        values={"why": Stop(because).label},
    )


def agreed(move: Move) -> None:
    """All said yes: what comes next."""
    _household(
        move,
        kind="housing.agreed",
        subject=_("Tous les ménages sont d’accord : %(home)s"),
        text=_("Tout le monde a dit oui pour %(home)s. Les bailleurs étudient le dossier. "
               "Donnez maintenant vos pièces : leur liste est sur la page de l’échange."),
    )  # fmt: skip


def asked_to_decide(decision: Decision) -> None:
    """The landlord's officers learn that a file waits for them."""
    _officers(
        decision.swap,
        decision.landlord,
        kind="housing.to-decide",
        subject=_("Un échange attend votre réponse : %(code)s"),
        text=_("Échange %(code)s : les ménages sont d’accord. %(landlord)s répond avant le "
               "%(day)s."),
        values={"day": _Day(decision.due_on)},
    )  # fmt: skip


def decision_is_late(decision: Decision) -> None:
    """The landlord's officers are reminded once that the day is past."""
    _officers(
        decision.swap,
        decision.landlord,
        kind="housing.decision-late",
        subject=_("En retard : échange %(code)s"),
        text=_("Échange %(code)s : la réponse de %(landlord)s était attendue le %(day)s. Les "
               "ménages attendent."),
        values={"day": _Day(decision.due_on)},
    )  # fmt: skip


def pieces_are_missing(move: Move, pieces: list[Piece]) -> None:
    """A household is told what its file still lacks."""
    _household(
        move,
        kind="housing.pieces",
        subject=_("Il manque des pièces à votre dossier"),
        text=_("Pour votre échange, il manque : %(pieces)s. Envoyez une photo sur la page de "
               "l’échange, ou apportez-les."),
        values={"pieces": _Listed(pieces)},
        moment=f"{timezone.localdate()}",
    )  # fmt: skip


class _Listed:
    """The kinds of some pieces, in the language of whoever reads."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces

    def __str__(self) -> str:
        return ", ".join(dict.fromkeys(str(one.get_kind_display()) for one in self.pieces))


def piece_is_wrong(piece: Piece) -> None:
    """A household is told why a paper will not do."""
    _household(
        piece.move,
        kind="housing.piece-wrong",
        subject=_("Une pièce est à redonner"),
        text=_("Pour votre échange, cette pièce ne va pas : %(piece)s. %(why)s Redonnez-la sur "
               "la page de l’échange, ou apportez-la."),
        values={"piece": _Listed([piece]), "why": piece.wrong_because},
        moment=f"{piece.pk}:{piece.received_at}",
    )  # fmt: skip


def commission_is_set(decision: Decision) -> None:
    """The households learn when a commission looks at their file."""
    _households(
        decision.swap,
        kind="housing.commission",
        subject=_("Une date pour votre échange"),
        text=_("La commission de %(landlord)s étudie votre échange le %(on)s."),
        values={"landlord": str(decision.landlord), "on": _Day(decision.commission_on)},
        moment=f"{decision.pk}:{decision.commission_on}",
    )


def validated(swap: Swap) -> None:
    """The households learn that all landlords said yes."""
    _households(
        swap,
        kind="housing.validated",
        subject=_("Votre échange est accepté"),
        text=_("Les bailleurs ont tous dit oui pour %(home)s. Ils vous disent bientôt le jour des "
               "états des lieux."),
    )  # fmt: skip


def inventory_is_set(swap: Swap) -> None:
    """The households learn on which day everyone moves."""
    _households(
        swap,
        kind="housing.inventory",
        subject=_("Le jour de votre déménagement"),
        text=_("Les états des lieux de votre échange sont le %(on)s, pour tous les logements."),
        values={"on": _Day(swap.inventory_on)},
        moment=f"{swap.inventory_on}",
    )


def finished(move: Move) -> None:
    """It is done: a good word."""
    _household(
        move,
        kind="housing.done",
        subject=_("Bienvenue chez vous"),
        text=_("Votre échange est réalisé. Bienvenue dans votre nouveau logement !"),
    )


def _households(swap: Swap, **words: Any) -> None:
    for move in swap.moves.for_listing():
        _household(move, **words)


def _household(
    move: Move, *, values: dict[str, Any] | None = None, moment: str = "", **words: Any
) -> None:
    if person := move.listing.tenant:
        swap = move.swap
        usual = {
            "home": str(move.dwelling),
            "rent": round(move.dwelling.rent),
            "size": swap.size,
            "day": _Day(swap.answer_by),
        }
        _tell(swap, person, values=usual | (values or {}), moment=moment, **words)


def _officers(swap: Swap, landlord: Landlord, *, values: dict[str, Any], **words: Any) -> None:
    usual = {"code": swap.code, "landlord": str(landlord)}
    for person in Person.objects.filter(landlords_served__landlord=landlord).order_by("pk"):
        _tell(swap, person, values=usual | values, moment=f"{landlord.pk}", **words)


def _tell(swap: Swap, person: Person, *, kind: str, moment: str, **words: Any) -> None:
    tell(
        person=person,
        kind=kind,
        url=swap.get_absolute_url(),
        urgent=True,
        purse=swap.space.purse,
        key=f"{kind}:{swap.pk}:{person.pk}:{moment}",
        **words,
    )


def _end_of(day: datetime.date) -> datetime.datetime:
    """The last moment of a day, here."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))

"""What households are told of who likes their home."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell

from .. import fitting
from ..models import Interest, Listing

YES, NO = "housing.interest-yes", "housing.interest-no"


def liked(interest: Interest, *, until: datetime.datetime) -> None:
    """The household learns who likes its home, and answers by one digit."""
    sender, receiver = interest.sender, interest.receiver
    both = fitting.both_ways(receiver).filter(pk=sender.pk).exists() if _wishes(receiver) else False
    text = _("Une personne aimerait votre logement. Elle laisse : %(home)s, %(rent)s € par mois. ")
    text_both = _("Ce logement correspond à vos souhaits. ")
    ask = _("Cela vous intéresse ? Sans réponse, sa demande se ferme dans dix jours.")
    _tell(
        receiver,
        interest,
        kind="housing.liked",
        subject=_("Votre logement plaît : %(home)s en échange"),
        text=lambda: f"{text}{text_both if both else ''}{ask}",
        other=sender,
        answers={"1": YES, "2": NO},
        answer_by=until,
    )


def mutual(interest: Interest, *, by: Listing) -> None:
    """Whoever liked first learns that they may write."""
    other = interest.other_than(by)
    if interest.conversation:
        _tell(
            other,
            interest,
            kind="housing.mutual",
            subject=_("Vos logements se plaisent : %(home)s"),
            text=_("L’autre ménage (%(home)s) est d’accord pour en parler. Écrivez-lui, puis "
                   "visitez. Aucun numéro n’est montré."),
            other=by,
            url=interest.conversation.get_absolute_url(),
        )  # fmt: skip


def declined(interest: Interest, *, by: Listing) -> None:
    """The other household learns it kindly."""
    _tell(
        interest.other_than(by),
        interest,
        kind="housing.declined",
        subject=_("Ce ne sera pas ce logement : %(home)s"),
        text=_(
            "L’autre ménage (%(home)s) a dit non cette fois. D’autres logements vous attendent."
        ),
        other=by,
    )


def closed(interest: Interest) -> None:
    """Both learn that it is over, for want of an answer."""
    for one in (interest.sender, interest.receiver):
        _tell(
            one,
            interest,
            kind="housing.closed-contact",
            subject=_("Sans nouvelles : %(home)s"),
            text=_("Depuis dix jours, plus personne n’a répondu au sujet de : %(home)s. Nous avons "
                   "fermé cette demande. Vous pouvez la refaire."),
            other=interest.other_than(one),
            urgent=False,
        )  # fmt: skip


def _wishes(listing: Listing) -> bool:
    return getattr(listing, "wish", None) is not None


def _tell(
    one: Listing,
    interest: Interest,
    *,
    kind: str,
    other: Listing,
    urgent: bool = True,
    **words: Any,
) -> None:
    if one.tenant is None:
        return
    space = interest.sender.space
    tell(
        person=one.tenant,
        kind=kind,
        values={"home": str(other), "rent": f"{other.dwelling.total_rent:.0f}"},
        urgent=urgent,
        purse=space.purse,
        data={"interest": interest.pk},
        key=f"{kind}:{interest.pk}:{one.pk}",
        **{"url": reverse("housing:interests", args=[space.slug])} | words,
    )

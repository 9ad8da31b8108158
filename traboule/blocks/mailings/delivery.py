"""How a text reached those on its list: totals by way, and what it will cost before it leaves."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.lookups import IsNull
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.costs import Forecast, forecast_of
from traboule.kernel.notices.models import State as Told
from traboule.kernel.people.channels import ChannelKind

from .models import Mailing, Recipient
from .models.recipient import ARRIVED
from .texts import sms_words

NOWHERE = _("À lire sur le site")


@dataclass
class Tally:
    """One way, and how many people it reached, will reach, or did not."""

    label: str | Promise
    reached: int = 0
    under_way: int = 0
    lost: int = 0

    @property
    def total(self) -> int:
        """Everybody written to by that way."""
        return self.reached + self.under_way + self.lost


def forecast(mailing: Mailing) -> Forecast:
    """How those on the list would be told, and the price, from the list itself: one query."""
    theirs = mailing.recipients.order_by().values_list("means")
    words = sms_of(mailing)
    return forecast_of(Counter(dict(theirs.annotate(Count("pk")))), words, mailing.space.purse)


def sms_of(mailing: Mailing) -> str:
    """The SMS as it will be read."""
    code = mailing.code if mailing.is_public else ""
    return sms_words(mailing.short_text, is_news=mailing.is_news, code=code)


def tallies(mailing: Mailing) -> list[Tally]:
    """Totals by way, the most used first: one query, whatever their number."""
    rows = (
        mailing.recipients.filter(state=Recipient.State.TOLD)
        .order_by()
        .annotate(unread=IsNull(F("notice__read_at"), True))
        .values_list("notice__channel_kind", "notice__state", "unread")
        .annotate(Count("pk"))
    )
    found: dict[str, Tally] = {}
    for kind, state, unread, count in rows:
        way = kind if kind and state != Told.WEB else ""
        tally = found.setdefault(way, Tally(ChannelKind(way).label if way else NOWHERE))
        if state in ARRIVED or (state == Told.WEB and not unread):
            tally.reached += count
        elif state in {Told.WAITING, Told.TO_CALL, Told.TO_POST}:
            tally.under_way += count
        else:
            tally.lost += count
    return sorted(found.values(), key=lambda tally: -tally.total)

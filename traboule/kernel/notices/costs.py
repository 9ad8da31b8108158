"""What telling people will cost, before it is done."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.people.gsm import segments
from traboule.kernel.people.models import Person
from traboule.kernel.people.sms import plain

from .choosing import Way, load, routes_of
from .models import Purse


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """How a text would travel if it left now, and what it would cost."""

    sms: int
    segments: int
    cents: Decimal
    emails: int
    letters: int
    calls: int
    unreachable: int
    over_purse: int = 0
    """Of the calls, those made because the purse would be empty."""

    @property
    def cost(self) -> str:
        """« environ 0,12 € »."""
        euros = (self.cents / 100).quantize(Decimal("0.01"))
        return _("environ %(euros)s €") % {"euros": str(euros).replace(".", ",")}

    def __str__(self) -> str:
        said = [
            ngettext("%(n)s SMS", "%(n)s SMS", self.sms) % {"n": self.sms},
            ngettext("%(n)s e-mail", "%(n)s e-mails", self.emails) % {"n": self.emails},
            ngettext("%(n)s appel", "%(n)s appels", self.calls) % {"n": self.calls},
            ngettext("%(n)s lettre", "%(n)s lettres", self.letters) % {"n": self.letters},
        ]
        return f"{', '.join(said)} : {self.cost}"


def forecast(persons: Iterable[Person], text: str, purse: Purse | None = None) -> Forecast:
    """What it takes to tell ``text`` to these persons at once, in a fixed number of queries."""
    routes = [route for one in load(persons) for route in routes_of(one, urgent=True)]
    return forecast_of(Counter(str(route.way) for route in routes), text, purse)


def forecast_of(ways: Mapping[str, int], text: str, purse: Purse | None = None) -> Forecast:
    """The same for so many people by each way."""
    each = segments(plain(text))
    price = each * settings.SMS_PRICE_CENTS
    by_sms = affordable = ways.get(Way.SMS, 0)
    if purse is not None and price:
        affordable = min(by_sms, int(purse.left() // price))
    return Forecast(
        sms=affordable,
        segments=affordable * each,
        cents=affordable * price,
        emails=ways.get(Way.EMAIL, 0),
        letters=ways.get(Way.POST, 0),
        calls=ways.get(Way.CALL, 0) + by_sms - affordable,
        unreachable=ways.get(Way.WEB, 0),
        over_purse=by_sms - affordable,
    )

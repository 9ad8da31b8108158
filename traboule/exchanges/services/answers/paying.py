"""Saying by one digit whether a wage has come."""

from functools import partial

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.answers import Via, register
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..actions import payments
from ..messages.paying import NOT_RECEIVED, RECEIVED
from ..models import Payslip


def announce() -> None:
    """Name both answers."""
    register(RECEIVED, partial(_say, yes=True), label=_("Oui, je l’ai"), words=("oui", "recu"))
    register(NOT_RECEIVED, partial(_say, yes=False), label=_("Non"), words=("non",))


def _say(notice: Notice, person: Person, *, by: Person, via: Via, yes: bool) -> str:
    payslip = Payslip.objects.for_listing().filter(pk=notice.data["payslip"]).first()
    if payslip is None:
        raise Refused(gettext("Ce bulletin n’est plus là."))
    if yes:
        payments.say_received(payslip=payslip, by=by)
        return gettext("Merci, c’est noté.")
    payments.say_not_received(payslip=payslip, by=by)
    return gettext("C’est noté. L’équipe va regarder avec vous.")

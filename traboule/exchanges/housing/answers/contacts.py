"""Answering by a digit whoever likes one's home, and about visits."""

from functools import partial

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.answers import Via, register
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..actions import contacts, visits
from ..messages import contacts as of_contacts
from ..messages import visits as of_visits
from ..models import Interest, Listing, Visit


def announce() -> None:
    """Name every answer."""
    register(of_contacts.YES, partial(_like, yes=True), label=_("Oui, parlons-en"), words=("oui",))
    register(of_contacts.NO, partial(_like, yes=False), label=_("Non merci"), words=("non",))
    labels = (_("La première heure"), _("La deuxième heure"), _("La troisième heure"))
    for rank, (key, label) in enumerate(zip(of_visits.CHOICES, labels, strict=True), start=1):
        register(key, partial(_choose, number=rank), label=label)
    register(of_visits.YES, partial(_judge, yes=True), label=_("Oui"), words=("oui",))
    register(of_visits.NO, partial(_judge, yes=False), label=_("Non"), words=("non",))


def _like(notice: Notice, person: Person, *, by: Person, via: Via, yes: bool) -> str:
    interest = Interest.objects.for_listing().filter(pk=notice.data["interest"]).first()
    if interest is None:
        raise Refused(gettext("Cette annonce n’est plus là."))
    contacts.answer(interest=interest, listing=interest.receiver, yes=yes, by=by)
    if yes:
        return gettext(
            "C’est noté. Vous pouvez vous écrire : REP puis votre message, quand l’autre ménage "
            "vous aura écrit."
        )
    return gettext("C’est noté. L’autre ménage le saura.")


def _choose(notice: Notice, person: Person, *, by: Person, via: Via, number: int) -> str:
    visits.choose(visit=_visit(notice), number=number, by=by)
    return gettext("C’est noté, la visite est fixée. L’adresse vous arrive.")


def _judge(notice: Notice, person: Person, *, by: Person, via: Via, yes: bool) -> str:
    listing = Listing.objects.get(pk=notice.data["listing"])
    visits.give_verdict(visit=_visit(notice), listing=listing, yes=yes, by=by)
    return gettext("C’est noté, merci.")


def _visit(notice: Notice) -> Visit:
    visit = Visit.objects.filter(pk=notice.data["visit"]).first()
    if visit is None:
        raise Refused(gettext("Cette visite n’est plus là."))
    return visit

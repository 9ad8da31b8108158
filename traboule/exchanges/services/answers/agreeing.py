"""Answering by a digit whether hours are right."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.answers import Via, register
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..actions import works
from ..messages.agreeing import NO, YES
from ..models import Work


def announce() -> None:
    """Name both answers."""
    register(YES, _yes, label=_("C’est juste"), words=("oui", "ok", "juste"))
    register(NO, _no, label=_("Ce n’est pas ça"), words=("non",))


def _yes(notice: Notice, person: Person, *, by: Person, via: Via) -> str:
    works.confirm(work=_work(notice), by=by)
    return gettext("C’est confirmé, merci.")


def _no(notice: Notice, person: Person, *, by: Person, via: Via) -> str:
    works.dispute(work=_work(notice), words="", by=by)
    return gettext("C’est noté. L’équipe vous appelle pour trouver un accord.")


def _work(notice: Notice) -> Work:
    work = Work.objects.filter(pk=notice.data["work"]).first()
    if work is None:
        raise Refused(gettext("Ces heures ne sont plus là."))
    return work

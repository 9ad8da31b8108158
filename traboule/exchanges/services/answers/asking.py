"""What is answered by a digit, and the word by which one asks to be called."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.answers import Via, register, register_keyword
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces import access
from traboule.kernel.spaces.models import Space

from ..actions import calls, offers, workers
from ..messages.asking import DECLINE, STILL, STOP
from ..models import Offer, OfferState, Worker

KEYWORD = r"(?:services?|coup de main)\b\W*(?P<code>\w{4}-?\w{4}\b)?\W*(?P<words>.*)$"
"""« SERVICE », « COUP DE MAIN jardin », or with the code of a poster: « SERVICE 7K4M-2QXD »."""


def announce() -> None:
    """Let digits answer, and the word be understood."""
    register(DECLINE, decline, label=_("Non merci"), words=("non",))
    register(STILL, still_looking, label=_("Je cherche toujours"), words=("oui", "toujours"))
    register(STOP, stop_looking, label=_("Je ne cherche plus"), words=("non", "stop"))
    register_keyword(KEYWORD, call_me)


def decline(notice: Notice, person: Person, *, by: Person, via: Via) -> str:
    """No to an offer; choosing wants more than a digit."""
    offer = Offer.objects.filter(pk=notice.data.get("offer")).first()
    if offer is None or not (offer.may_become(OfferState.DECLINED) or _is_declined(offer)):
        raise Refused(gettext("Cette offre n’attend plus de réponse."))
    offers.decline(offer=offer, by=by)
    return gettext("C’est noté. Nous le disons gentiment à la personne.")


def _is_declined(offer: Offer) -> bool:
    return offer.state == OfferState.DECLINED


def still_looking(notice: Notice, person: Person, *, by: Person, via: Via) -> str:
    """Two months more."""
    workers.renew(worker=_worker_of(notice), by=by)
    return gettext("Merci, vous restez dans la liste deux mois de plus.")


def stop_looking(notice: Notice, person: Person, *, by: Person, via: Via) -> str:
    """They are shown no more."""
    workers.leave(worker=_worker_of(notice), by=by)
    return gettext("C’est noté, vous n’êtes plus dans la liste. Merci de l’avoir dit.")


def _worker_of(notice: Notice) -> Worker:
    found = Worker.objects.filter(pk=notice.data.get("worker")).first()
    if found is None:
        raise Refused(gettext("Vous n’êtes plus dans la liste."))
    return found


def call_me(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """Note that this number wants a call, in the one space it can mean."""
    code, words = match["code"] or "", match["words"].strip()
    space = access.space_of(code) if code else None
    if space is None or not _renders_services(space):
        space, words = _only_space(person), f"{code} {words}".strip()
    calls.ask_for_call(space=space, number=number, person=person, words=words)
    return gettext("C’est noté : nous vous rappelons à ce numéro. %(space)s") % {"space": space}


def _only_space(person: Person | None) -> Space:
    """Where they take part, or the only one there is. Raises Refused."""
    running = (
        Space.objects.running()
        .for_page()
        .filter(blocks__key="services", blocks__put_away_at__isnull=True)
    )
    own = running.of(person) if person else running.none()
    for spaces in (own, running):
        found = list(spaces.order_by("pk")[:2])
        if len(found) == 1:
            return found[0]
    raise Refused(
        gettext("De quel quartier appelez-vous ? Renvoyez SERVICE puis le code de l’affiche.")
    )


def _renders_services(space: Space) -> bool:
    return any(block.key == "services" for block in space.open_blocks)

"""Making the list of whom a text goes to: once, in parts, before anything leaves."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.notices.choosing import load, routes_of
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from ..models import Mailing, Recipient, State
from ..wanting import gone_groups, people_of, wanting
from .writing import locked

CHUNK = 500


@transaction.atomic
def prepare(*, mailing: Mailing, by: Person) -> bool:
    """Make the list; whether some of it is left to the background. Raises Refused."""
    mailing = locked(mailing)
    must_be_open(mailing.space)
    if mailing.state != State.DRAFT:
        raise Refused(_("La liste est déjà faite. Pour la refaire, revenez au brouillon."))
    if not mailing.audience_keys:
        raise Refused(_("Dites d’abord à qui ce texte s’adresse."))
    if gone_groups(mailing):
        raise Refused(_("Un des groupes choisis n’existe plus : changez à qui vous écrivez."))
    mailing.move(State.READY, listed_to=0, listed_at=None, worked_at=timezone.now())
    record("mailings.prepared", mailing, by=by)
    return list_some(mailing.pk)


@transaction.atomic
def list_some(pk: int) -> bool:
    """Add the next part of the list; whether there is more. Safe to repeat, by several at once."""
    mailing = locked(Mailing(pk=pk))
    if mailing.state != State.READY or mailing.listed_at:
        return False
    people = load(people_of(mailing).filter(pk__gt=mailing.listed_to).order_by("pk")[:CHUNK])
    wanted = wanting(mailing, people)
    Recipient.objects.bulk_create(
        Recipient(mailing=mailing, person=one, means=_means(mailing, one))
        for one in people
        if one.pk in wanted
    )
    now = timezone.now()
    if len(people) < CHUNK:
        mailing.change(listed_at=now, worked_at=now)
    else:
        mailing.change(listed_to=people[-1].pk, worked_at=now)
    return mailing.listed_at is None


@transaction.atomic
def back_to_draft(*, mailing: Mailing, by: Person) -> None:
    """Forget the list, to change the text or whom it goes to. Raises Refused once it left."""
    mailing = locked(mailing)
    must_be_open(mailing.space)
    if mailing.state != State.READY:
        raise Refused(_("C’est parti : le texte ne change plus."))
    mailing.recipients.all().delete()
    mailing.move(State.DRAFT, listed_to=0, listed_at=None)
    record("mailings.back-to-draft", mailing, by=by)


def _means(mailing: Mailing, person: Person) -> str:
    return routes_of(person, urgent=not mailing.is_news)[0].way.value

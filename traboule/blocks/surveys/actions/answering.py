"""Answering: begun, one question after the other, sent, changed, erased; by any door."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from traboule.kernel.files import actions as files
from traboule.kernel.initiatives.models.contribution import new_code
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from .. import prints
from ..asked import Asked, values_of
from ..models import Answer, Door, Invitation, Question, Response, Survey
from ..reading import Value


@transaction.atomic
def begin(
    *,
    survey: Survey,
    door: Door,
    source: str = "",
    address: str = "",
    is_again: bool = False,
    invitation: Invitation | None = None,
    by: Person | None = None,
    batch: str = "",
    sheet: int | None = None,
) -> tuple[Response, str]:
    """Begin a response; with it, the receipt code by which it is found again.

    ``source`` is the device or number it comes from, ``address`` that of its network: only their
    prints are kept. ``by`` is whoever of the team notes it. An invitation whose response is not
    sent yet gives that response again, under a new code. Raises Refused.
    """
    survey = _taking(survey, by)
    if survey.who == Survey.Who.INVITED or invitation:
        invitation = _good(survey, invitation)
        if begun := Response.objects.filter(invitation=invitation).first():
            return begun, renew_receipt(begun)
    source = "" if is_again or not source else prints.of_source(survey, source)
    if source and survey.responses.filter(source=source).exists():
        raise Refused(
            _("On a déjà répondu depuis cet appareil. Avec votre code de reçu, vous pouvez changer "
              "vos réponses.")
        )  # fmt: skip
    if sheet is not None and survey.responses.filter(batch=batch, sheet=sheet).exists():
        raise Refused(_("La feuille %(sheet)s de la pile %(batch)s est déjà saisie.")
                      % {"sheet": sheet, "batch": batch})  # fmt: skip
    receipt = new_code()
    response = Response.objects.create(
        survey=survey, door=door, typed_by=by, invitation=invitation, source=source,
        network=prints.of_network(survey, address) if address else "", is_again=is_again,
        receipt=prints.of_receipt(receipt), batch=batch, sheet=sheet,
        language=translation.get_language() or "fr",
    )  # fmt: skip
    return response, receipt


@transaction.atomic
def put(*, response: Response, question: Question, value: Value) -> None:
    """Keep what is answered to one question; nothing takes away what was. Raises Refused."""
    response = _changeable(response)
    if question.required and not value:
        raise Refused(_("Il faut répondre à cette question pour continuer."))
    if value:
        _write(response, question, value)
    else:
        _take_away(response.answers.filter(question=question))
    if response.finished_at:
        _prune(response, Asked(response.survey))


@transaction.atomic
def finish(*, response: Response, known_as: Person | None = None, by: Person | None = None) -> None:
    """Send a response; sent twice, it is sent once. ``known_as`` is who agrees to be known.

    The invitation has served, and forgets by which response. Raises Refused.
    """
    # The invitation first, then its response: in the order of ``begin``, neither waits for ever.
    Invitation.objects.select_for_update(of=("self",)).filter(response=response).first()
    response = _changeable(response)
    if response.finished_at:
        return
    asked, values = Asked(response.survey), values_of(response)
    # On paper one cannot be asked again.
    if response.door != Door.PAPER and (left := asked.missing(values)):
        raise Refused(_("Il reste à répondre : « %(question)s »") % {"question": left[0].text})
    if not values:
        raise Refused(_("Répondez au moins à une question."))
    _prune(response, asked)
    invitation = response.invitation
    if invitation:
        _good(response.survey, invitation)
        invitation.used_on = timezone.localdate()
        invitation.save(update_fields=["used_on"])
    if known_as and response.survey.responses.filter(person=known_as).exists():
        raise Refused(_("Vous avez déjà répondu."))
    response.person, response.invitation = known_as, None
    response.finished_at = timezone.now()
    response.save(update_fields=["person", "invitation", "finished_at"])
    record("surveys.answered", response.survey, by=by, door=response.door)


@transaction.atomic
def erase(*, response: Response, by: Person | None = None) -> None:
    """Take a response away for good, as whoever holds its code asks."""
    survey = response.survey
    _take_away(response.answers.all())
    response.delete()
    record("surveys.erased-response", survey, by=by)


def find(survey: Survey, receipt: str) -> Response | None:
    """The response that has this receipt code."""
    if not receipt:
        return None
    found = Response.objects.select_related("survey__space", "invitation__person")
    return found.filter(survey=survey, receipt=prints.of_receipt(receipt)).first()


def renew_receipt(response: Response) -> str:
    """A new receipt code; the former one opens nothing from now on."""
    receipt = new_code()
    Response.objects.filter(pk=response.pk).update(receipt=prints.of_receipt(receipt))
    return receipt


def _taking(survey: Survey, by: Person | None) -> Survey:
    """The survey, kept from others who begin at the same time. Raises Refused out of its time."""
    must_be_open(survey.space)
    locked = (
        Survey.objects.select_for_update(of=("self",)).select_related("space").get(pk=survey.pk)
    )
    if locked.is_draft:
        raise Refused(_("Cette enquête est encore en préparation."))
    if by is None and not locked.takes_answers:
        raise Refused(_("On ne peut pas répondre aujourd’hui. L’équipe peut encore noter une "
                        "réponse sur papier."))  # fmt: skip
    return locked


def _good(survey: Survey, invitation: Invitation | None) -> Invitation:
    """The invitation, kept from whoever uses it at the same time. Raises Refused."""
    found = (
        survey.invitations.select_for_update().filter(pk=invitation.pk).first()
        if invitation
        else None
    )
    if found is None:
        raise Refused(_("Cette enquête est sur invitation : utilisez le lien ou le code reçu."))
    if found.used_on:
        raise Refused(_("Ce code a déjà servi : il ne répond qu’une fois."))
    return found


def _changeable(response: Response) -> Response:
    """The response, kept from whoever changes it at the same time. Raises Refused when closed."""
    locked = (
        Response.objects.select_for_update(of=("self",))
        .select_related("survey__space", "invitation")
        .filter(pk=response.pk)
        .first()
    )
    if locked is None:
        raise Refused(_("Cette réponse a été effacée."))
    must_be_open(locked.survey.space)
    if locked.is_own and not locked.survey.takes_answers:
        raise Refused(_("L’enquête est close : on ne change plus ses réponses."))
    return locked


def _prune(response: Response, asked: Asked) -> None:
    """Leave only what stands on the way that was taken in the end."""
    met = asked.path(values_of(response))
    _take_away(response.answers.exclude(question__number__in=met))


def _write(response: Response, question: Question, value: Value) -> None:
    """Keep what is said to one question in place of what was; new words are read again."""
    row = response.answers.filter(question=question).select_related("file").first()
    row = row or Answer(response=response, question=question)
    if row.text != value.text or value.sent:
        row.moderation, row.hidden_because, row.summary = Answer.Moderation.WAITING, "", ""
    row.number, row.day, row.text = value.number, value.day, value.text
    former, row.file = row.file, value.file
    if value.sent:
        row.file = files.keep(value.sent, space=response.survey, by=None)
    row.save()
    row.choices.set(value.choices)
    if former and former != row.file:
        files.delete(file=former, by=None)


def _take_away(answers: QuerySet[Answer]) -> None:
    """Let go of these answers, and of their recordings on the disk too."""
    for row in answers.filter(file__isnull=False).select_related("file"):
        if row.file:
            files.delete(file=row.file, by=None)
    answers.delete()

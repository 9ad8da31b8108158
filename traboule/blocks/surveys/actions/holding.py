"""Opening a survey, closing it, and keeping what is answered honest."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from .. import messages, paths
from ..asked import Asked
from ..models import Answer, Response, Survey

State = Survey.State
ACTS = {State.OPEN: "opened", State.CLOSED: "closed", State.DRAFT: "took-back"}


@transaction.atomic
def move(*, survey: Survey, to: str, by: Person | None) -> None:
    """Open, close, open again, or take back to preparation. Raises Refused with the reason."""
    must_be_open(survey.space)
    locked = (
        Survey.objects.select_for_update(of=("self",)).select_related("space").get(pk=survey.pk)
    )
    if to == locked.state:
        return
    if to not in Survey.MOVES[State(locked.state)]:
        raise Refused(_("Cette enquête ne peut pas passer à cet état."))
    if to == State.OPEN:
        _check_can_open(locked)
    if to == State.DRAFT and locked.responses.exists():
        raise Refused(_("Quelqu’un a déjà commencé à répondre. Copiez l’enquête pour la changer."))
    if to == State.OPEN and locked.is_draft:
        locked.version += 1
    locked.state = State(to)
    locked.closed_at = timezone.now() if to == State.CLOSED else None
    locked.save(update_fields=["state", "version", "closed_at"])
    record(f"surveys.{ACTS[locked.state]}", locked, by=by)
    if to == State.CLOSED and locked.shows_results:
        messages.results(locked)


def _check_can_open(survey: Survey) -> None:
    asked = Asked(survey)
    if not asked.questions:
        raise Refused(_("Écrivez au moins une question."))
    if paths.mistakes(asked.steps):
        raise Refused(_("Un choix mène en arrière : revoyez les suites."))
    if survey.closes_on and survey.closes_on < timezone.localdate():
        raise Refused(_("Le dernier jour est passé : changez-le dans les réglages."))


@transaction.atomic
def put_aside(*, response: Response, because: str, by: Person) -> None:
    """Leave a response out of the results, and say why; it is kept, and counted as such."""
    response = (
        Response.objects.select_for_update(of=("self",))
        .select_related("survey")
        .get(pk=response.pk)
    )
    if not because.strip():
        raise Refused(_("Dites pourquoi cette réponse est mise de côté."))
    response.aside_at, response.aside_because = timezone.now(), because.strip()[:200]
    response.aside_by = by
    response.save(update_fields=["aside_at", "aside_because", "aside_by"])
    record("surveys.put-aside", response.survey, by=by, because=response.aside_because)


@transaction.atomic
def put_back(*, response: Response, by: Person) -> None:
    """Count a response again."""
    response.aside_at, response.aside_because, response.aside_by = None, "", None
    response.checked_at = timezone.now()
    response.save(update_fields=["aside_at", "aside_because", "aside_by", "checked_at"])
    record("surveys.put-back", response.survey, by=by)


@transaction.atomic
def find_right(*, response: Response, by: Person) -> None:
    """Say of a response that looked odd that it is a good one."""
    response.checked_at = timezone.now()
    response.save(update_fields=["checked_at"])
    record("surveys.found-right", response.survey, by=by)


@transaction.atomic
def summarise(*, answer: Answer, summary: str, by: Person) -> None:
    """Say in words what a recording says; only these words show in the results."""
    answer.summary = summary.replace("\0", " ").strip()[:2000]
    answer.moderation = Answer.Moderation.SHOWN
    answer.save(update_fields=["summary", "moderation"])
    record("surveys.summarised", answer.question.survey, by=by)


@transaction.atomic
def moderate(*, answer: Answer, shown: bool, because: str = "", by: Person) -> None:
    """Show a written answer in the results, or hide it and say why. Raises Refused."""
    if not shown and not because.strip():
        raise Refused(_("Dites pourquoi cette réponse est cachée."))
    answer.moderation = Answer.Moderation.SHOWN if shown else Answer.Moderation.HIDDEN
    answer.hidden_because = "" if shown else because.strip()[:200]
    answer.save(update_fields=["moderation", "hidden_because"])
    survey = answer.question.survey
    record("surveys.showed-text" if shown else "surveys.hid-text", survey, by=by)

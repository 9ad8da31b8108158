"""What a space decides for itself: groups, stages, needs, pace, models of messages and plans."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..filters import Filters
from ..models import MessageTemplate, Need, PaceStep, Plan, Segment, Stage
from ..recipe import write_labels, write_steps


@transaction.atomic
def save_segment(*, space: Space, name: str, filters: Filters, by: Person) -> Segment:
    """Keep these filters under a name; the same name takes the new filters."""
    must_be_open(space)
    if not filters.as_table():
        raise Refused(_("Choisissez d’abord un filtre, puis gardez le groupe."))
    segment, _created = Segment.objects.update_or_create(
        space=space, name=name, defaults={"filters": filters.as_table()}
    )
    record("outreach.saved-segment", space, by=by, segment=segment.pk)
    return segment


@transaction.atomic
def remove_segment(*, segment: Segment, by: Person) -> None:
    """Forget these filters; the contacts stay."""
    must_be_open(segment.space)
    record("outreach.removed-segment", segment.space, by=by, segment=segment.pk)
    segment.delete()


@transaction.atomic
def change_words(
    *,
    space: Space,
    stages: Iterable[str],
    needs: Iterable[str],
    pace: Iterable[tuple[int, str]],
    by: Person,
) -> None:
    """The stages, the needs and the pace of the space, in place of those it had."""
    must_be_open(space)
    write_labels(space, Stage, stages)
    write_labels(space, Need, needs)
    PaceStep.objects.filter(space=space).delete()
    PaceStep.objects.bulk_create(
        [PaceStep(space=space, after_days=days, kind=kind) for days, kind in pace]
    )
    record("outreach.changed-words", space, by=by)


@transaction.atomic
def save_template(*, template: MessageTemplate, by: Person) -> None:
    """Keep a model of message. Raises Refused for a name that another has."""
    must_be_open(template.space)
    _keep(template, _("Un autre modèle porte déjà ce nom."))
    record("outreach.saved-template", template.space, by=by, template=template.pk)


@transaction.atomic
def remove_template(*, template: MessageTemplate, by: Person) -> None:
    """Let go of a model; the messages made from it stay."""
    must_be_open(template.space)
    record("outreach.removed-template", template.space, by=by, template=template.pk)
    template.delete()


@transaction.atomic
def save_plan(*, plan: Plan, steps: Iterable[tuple[str, int]], by: Person) -> None:
    """Keep a plan with its steps. Raises Refused for a name that another has."""
    must_be_open(plan.space)
    _keep(plan, _("Un autre plan porte déjà ce nom."))
    write_steps(plan, steps)
    record("outreach.saved-plan", plan.space, by=by, plan=plan.pk)


@transaction.atomic
def remove_plan(*, plan: Plan, by: Person) -> None:
    """Let go of a plan; those who follow it keep theirs."""
    must_be_open(plan.space)
    record("outreach.removed-plan", plan.space, by=by, plan=plan.pk)
    plan.delete()


def _keep(thing: MessageTemplate | Plan, taken: str) -> None:
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError as error:
        raise Refused(taken) from error

"""Starting an initiative from a sheet: the recipe is stamped, and the sheet knows its lineage."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.initiatives.actions import publish_sheet
from traboule.kernel.initiatives.interview import free_slug
from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.initiatives.sheet import Sheet
from traboule.kernel.initiatives.vocabulary import HolderKind, Origin, State
from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.actions import tell
from traboule.kernel.notices.models import Purse
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Organisation, Person
from traboule.kernel.people.organisations import create_organisation
from traboule.ui import markdown

from . import blocks, shelf
from .copying import recipe_of
from .models import ChecklistItem, Page, Participation, Role, Space, SpaceBlock

if TYPE_CHECKING:
    from traboule.kernel.places.models import Commune

    from .recipe import Recipe

MOST_A_DAY = 5
STARTED = "space.started"
"""The act of starting, in the journal."""


@dataclass(frozen=True, kw_only=True)
class NewHolder:
    """An organisation or a group that is perhaps not known here yet."""

    name: str
    kind: str
    siret: str = ""


def recipe_for(sheet: Initiative) -> "Recipe | None":
    """What "start one here" starts: as it runs there today, or what the shelf has for the sheet."""
    space = getattr(sheet, "space", None)
    return recipe_of(space, for_anyone=True) if space else shelf.recipe_of_sheet(sheet.slug)


def can_be_started(sheet: Initiative) -> bool:
    """Whether there is a recipe for it; costs one query at most."""
    return hasattr(sheet, "space") or shelf.recipe_of_sheet(sheet.slug) is not None


@transaction.atomic
def start(
    *,
    recipe: "Recipe",
    sheet: Initiative,
    title: str,
    commune: "Commune",
    holder: Organisation | NewHolder,
    starts_on: datetime.date,
    by: Person,
    ends_on: datetime.date | None = None,
    place_name: str = "",
    role_names: Mapping[Role, str] | None = None,
    key: uuid.UUID | None = None,
) -> Space:
    """Run the recipe of ``sheet`` in another place; the same ``key`` twice starts once.

    Raises Refused for a guest whom nobody can reach, or who has started a lot today.
    """
    _one_at_a_time()
    if key and (known := Space.objects.filter(start_key=key).first()):
        return known
    _refuse_guests(by)
    _refuse_too_many(by)
    organisation = _organisation(holder, by) if isinstance(holder, NewHolder) else holder
    place = {"commune": commune.code, "name": place_name}
    initiative = _publish(
        _sheet(recipe, sheet, title=title, place=place, holder=organisation, starts_on=starts_on),
        holder=organisation,
        by=by,
    )
    names = recipe.roles if role_names is None else role_names
    space = Space.objects.create(
        initiative=initiative,
        start_key=key or uuid.uuid4(),
        recipe_key=recipe.key,
        recipe_title=recipe.title,
        recipe_summary=recipe.summary,
        recipe_sheets=list(recipe.sheets),
        role_names={role.value: name for role, name in names.items()},
        indicator_keys=list(recipe.indicators),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    space.purse = Purse.objects.create(key=space.key, label=title, owner=by)
    space.save(update_fields=["purse"])
    Participation.objects.create(space=space, person=by, role=Role.COORDINATOR)
    _stamp(space, recipe, by=by)
    sheet.save(update_fields=["revised_at"])  # Its page now says where it was started too.
    record(STARTED, space, by=by, recipe=recipe.key, sheet=sheet.slug)
    _tell_editors(space)
    return space


def _one_at_a_time() -> None:
    """Two sheets of the same name must not be given the same address at the same moment."""
    list(Initiative.objects.select_for_update().order_by("pk").only("pk")[:1])


def _refuse_guests(person: Person) -> None:
    if person.is_guest:
        raise Refused(
            _(
                "Pour lancer une initiative, ajoutez d’abord un numéro ou une adresse dans votre "
                "page « Moi » : on doit pouvoir vous joindre."
            )
        )


def _refuse_too_many(person: Person) -> None:
    since = timezone.now() - datetime.timedelta(days=1)
    if Entry.objects.by(person).filter(act=STARTED, at__gte=since).count() >= MOST_A_DAY:
        raise Refused(
            _(
                "Vous avez déjà lancé %(number)s initiatives depuis hier. Faites vivre celles-là, "
                "et revenez demain."
            )
            % {"number": MOST_A_DAY}
        )


def _organisation(holder: NewHolder, by: Person) -> Organisation:
    """The organisation of that SIRET or name; whoever names a new one answers for it."""
    named = {"siret": holder.siret} if holder.siret else {"name": holder.name}
    known = Organisation.objects.filter(**named).order_by("pk").first()
    if known:
        return known
    new = Organisation(name=holder.name, kind=holder.kind, siret=holder.siret)
    return create_organisation(organisation=new, by=by)


def _sheet(
    recipe: "Recipe",
    parent: Initiative,
    *,
    title: str,
    place: dict[str, str],
    holder: Organisation,
    starts_on: datetime.date,
) -> Sheet:
    """The public sheet of what is started: what the recipe says, and whom it takes after."""
    with translation.override(settings.LANGUAGE_CODE):
        description = _("%(summary)s\n\nNous reprenons ici l’idée de « %(title)s ».") % {
            "summary": recipe.summary,
            "title": parent.title,
        }
    return Sheet.model_validate(
        {
            "slug": free_slug(title),
            "title": title,
            "summary": recipe.summary,
            "description": description,
            "theme": recipe.theme,
            "state": State.RUNNING,
            "holder": {"name": holder.name, "kind": holder.kind or HolderKind.OTHER},
            "place": place,
            "started": starts_on.isoformat(),
            "confirmed": timezone.localdate().isoformat(),
            "audiences": recipe.audiences,
            "tool_kinds": recipe.tools,
            "inspired_by": [parent.slug],
        }
    )


def _publish(sheet: Sheet, *, holder: Organisation, by: Person) -> Initiative:
    initiative = publish_sheet(sheet, origin=Origin.HERE, by=by)
    if initiative.holder_id != holder.pk:  # Another organisation has the same name.
        initiative.holder = holder
        initiative.save(update_fields=["holder"])
    return initiative


def _stamp(space: Space, recipe: "Recipe", *, by: Person) -> None:
    """Make the rows that the recipe describes; from then on the database is the truth."""
    SpaceBlock.objects.bulk_create(
        SpaceBlock(space=space, key=key, position=position)
        for position, key in enumerate(recipe.blocks)
    )
    Page.objects.bulk_create(
        Page(
            space=space,
            slug=page.slug,
            title=page.title,
            text=page.text,
            html=markdown.render(page.text),
            is_public=page.public,
            position=position,
        )
        for position, page in enumerate(recipe.pages)
    )
    to_do = [(one.title, label) for one in recipe.checklists for label in one.items]
    ChecklistItem.objects.bulk_create(
        ChecklistItem(space=space, list_title=title, label=label, position=position)
        for position, (title, label) in enumerate(to_do)
    )
    for key in recipe.blocks:
        blocks.known[key].seed(space, recipe.seed[key], by=by)


_SUBJECT = gettext_lazy("Une initiative est lancée : « %(title)s »")
_TEXT = gettext_lazy(
    "« %(title)s » est lancée à %(place)s, à partir d’une fiche du recueil. Sa fiche est en ligne."
)


def _tell_editors(space: Space) -> None:
    """Tell the editors of the place: its sheet was published without them."""
    charged = {"", space.department_code}
    editors = Person.objects.filter(is_active=True, editorships__department_code__in=charged)
    for editor in editors.distinct():
        tell(
            person=editor,
            kind="space-started",
            subject=_SUBJECT,
            text=_TEXT,
            values={"title": space.initiative.title, "place": space.initiative.place},
            url=space.initiative.get_absolute_url(),
            key=f"space-started:{space.pk}:{editor.pk}",
        )

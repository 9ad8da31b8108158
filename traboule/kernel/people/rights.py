"""What is held on a person: shown, exported, erased; read from what every model declares."""

import datetime
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.acts import words_of
from traboule.kernel.journal.models import Entry
from traboule.kernel.privacy import PersonalData
from traboule.ui.printing import house, typeset

from .actions import Refused
from .models import Channel, Merge, Person, Role, SignInCode

Value = str | int | float | bool | datetime.date | list[Any] | dict[str, Any] | None


# Showing


def declared_models() -> Iterator[tuple[type[models.Model], PersonalData]]:
    """Every model whose rows are about someone, with what it declares."""
    for model in apps.get_models():
        declared = getattr(model, "personal_data", None)
        if declared and declared.person:
            yield model, declared


def at_erasure(declared: PersonalData) -> str:
    """What becomes of the rows of a model when the person they are about is erased."""
    if declared.kept_because:
        return str(declared.kept_because)
    if not declared.person:
        return _("Rien ne dit de quelle personne il s’agit : effacé quand on nous le demande.")
    if declared.erasure == "delete":
        return _("Effacé.")
    return _("Gardé sans votre nom, pour que les totaux restent justes.")


def export_of(person: Person) -> dict[str, Any]:
    """All that is held on a person, in sections, with words that people read."""
    rows_of_person = _rows_of(person)
    # Who they are first, what stays for the record last.
    ordered = sorted(
        declared_models(), key=lambda pair: (pair[0] is not Person, pair[1].erasure == "keep")
    )
    sections = (_section(model, declared, rows_of_person) for model, declared in ordered)
    return {
        "site": "Traboule",
        "written_at": timezone.now(),
        "person": str(person.public_id),
        "sections": [section for section in sections if section["rows"]],
    }


def readable(export: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections of an export for a page or a sheet of paper: each row as label and words."""
    return [
        section
        | {
            "rows": [
                [(section["labels"][key], shown(value)) for key, value in row.items() if value]
                for row in section["rows"]
            ]
        }
        for section in export["sections"]
    ]


def rights_pdf(person: Person) -> bytes:
    """The same on paper."""
    labels = {
        "title": _("Ce que Traboule sait de vous"),
        "written": _("Écrit le %(date)s.") % {"date": shown(timezone.now())},
        "why": _("Pourquoi"),
        "until": _("Jusqu’à quand"),
        "erased": _("Si vous demandez l’effacement"),
        "page": _("page"),
    }
    data = {"labels": labels, "name": person.name, "sections": readable(export_of(person))}
    return typeset(Path(__file__).parent / "rights.typ", house() | data)


def shown(value: Value) -> str:
    """A value as people read it."""
    match value:
        case None | "":
            return "–"
        case bool():
            return _("oui") if value else _("non")
        case datetime.datetime():
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        case datetime.date():
            return date_format(value, "DATE_FORMAT")
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _rows_of(person: Person) -> list[int]:
    """The keys under which a person is known: their own, and those that were merged into it."""
    keys = [person.pk]
    for key in keys:
        absorbed = Merge.objects.standing().filter(kept=key).order_by("pk")
        keys += absorbed.values_list("absorbed", flat=True)
    return keys


def _held(
    model: type[models.Model], declared: PersonalData, keys: list[int]
) -> "models.QuerySet[Any]":
    """The rows of a model that are about these people."""
    look_ups = ["pk"] if declared.person == "self" else declared.person.split()
    about = Q(*[(f"{look_up}__in", keys) for look_up in look_ups], _connector=Q.OR)
    return model._base_manager.filter(about).order_by("pk")


def _section(model: type[models.Model], declared: PersonalData, keys: list[int]) -> dict[str, Any]:
    fields = [model._meta.get_field(name) for name in declared.fields]
    related = [field.name for field in fields if field.many_to_one or field.one_to_one]
    rows = _held(model, declared, keys).select_related(*related)
    return {
        "key": model._meta.label_lower,
        "title": _("Vous") if model is Person else capfirst(str(model._meta.verbose_name_plural)),
        "purpose": str(declared.purpose),
        "lifetime": str(declared.lifetime),
        "erasure": declared.erasure,
        "at_erasure": at_erasure(declared),
        "labels": {field.name: str(getattr(field, "verbose_name", field.name)) for field in fields},
        "rows": [{field.name: _value(row, field) for field in fields} for row in rows],
    }


def _value(row: models.Model, field: Any) -> Value:
    value = getattr(row, field.name)
    if isinstance(row, Entry) and field.name == "act":
        return words_of(row)
    if isinstance(field, models.FileField):
        return PurePath(value.name).name if value else ""
    if field.many_to_many or field.one_to_many:
        return [str(other) for other in value.all()]
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    plain = isinstance(value, str | bool | int | float | datetime.date | list | dict)
    return value if plain or value is None else str(value)


# Erasing


def obstacles(person: Person) -> list[str]:
    """What the person must settle before being erased, in words that say how."""
    leads = person.memberships.filter(role=Role.COORDINATOR).select_related("organisation")
    alone = [
        _(
            "Vous êtes la seule personne à la coordination de « %(name)s » : "
            "nommez quelqu’un d’autre, ou supprimez cette organisation."
        )
        % {"name": membership.organisation}
        for membership in leads
        if membership.is_last_coordinator
    ]
    counted_on = [
        _(
            "Vous êtes le relais de %(name)s : convenez ensemble d’une autre personne, "
            "puis retirez-vous de ce rôle sur votre page."
        )
        % {"name": channel.person}
        for channel in person.relayed_channels.verified().select_related("person")
    ]
    return alone + counted_on


@transaction.atomic
def erase(*, person: Person, by: Person) -> None:
    """Erase a person from every model, as each declares; a nameless row keeps results right.

    Raises Refused while others count on the person, saying what to settle first.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if reasons := obstacles(person):
        raise Refused(reasons)
    keys = _rows_of(person)
    _forget_addresses(keys)
    # From the top down: what points to a row goes before it.
    for model, declared in reversed([*declared_models()]):
        _forget_rows(model, declared, _held(model, declared, keys))
    _close_sessions(keys)
    for row in Person.objects.filter(pk__in=keys).order_by("pk"):
        row.become_tombstone()
    person.refresh_from_db()
    record("erase", person, by=by)


def _forget_addresses(keys: list[int]) -> None:
    """Codes sent to the person, and relays asked of them that they never accepted."""
    values = Channel.objects.filter(person__in=keys).values("value")
    SignInCode.objects.filter(value__in=values).delete()
    Channel.objects.filter(relay__in=keys, verified_at__isnull=True).delete()


def _forget_rows(
    model: type[models.Model], declared: PersonalData, rows: "models.QuerySet[Any]"
) -> None:
    _forget_log(model, [str(key) for key in rows.values_list("pk", flat=True)])
    if declared.erasure == "keep" or model is Person:
        return
    deleted = declared.erasure == "delete"
    _forget_files(rows, declared.fields if deleted else declared.scrubbed)
    if deleted:
        rows.delete()
    elif declared.scrubbed:
        rows.update(**{name: _blank(model, name) for name in declared.scrubbed})


def _forget_files(rows: "models.QuerySet[Any]", names: tuple[str, ...]) -> None:
    """Remove the files of these rows, once it is certain that the rows go."""
    for name in names:
        field = rows.model._meta.get_field(name)
        if isinstance(field, models.FileField):
            for path in rows.exclude(**{name: ""}).values_list(name, flat=True):
                transaction.on_commit(partial(field.storage.delete, path))


def _forget_log(model: type[models.Model], keys: list[str]) -> None:
    """Empty what the back office wrote of these rows: it repeats names and numbers."""
    kind = ContentType.objects.get_for_model(model)
    written = LogEntry.objects.filter(content_type=kind, object_id__in=keys)
    written.update(object_repr="", change_message="")


def _blank(model: type[models.Model], name: str) -> Any:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 (a relation from elsewhere is no column)
    return None if field.null else field.get_default()


def _close_sessions(keys: list[int]) -> None:
    """End every session of these people, with what it held."""
    theirs = {str(key) for key in keys}
    live = Session.objects.filter(expire_date__gt=timezone.now())
    ended = [row.pk for row in live.iterator() if row.get_decoded().get(SESSION_KEY) in theirs]
    Session.objects.filter(pk__in=ended).delete()

"""Running initiatives as services of data.inclusion, by its published schema (v1).

The holder becomes a *structure*, the initiative one of its *services*. Only what a sheet says
is given: no opening hours, fees or eligibility are guessed. What the schema refuses (an e-mail
address that is none, say) is left out, so every item is valid by construction.
"""

from collections.abc import Iterator
from typing import Any

from data_inclusion.schema.v1 import ModeMobilisation, Public, Service, Structure, TypeService
from data_inclusion.schema.v1 import Thematique as Subject
from django.conf import settings
from django.utils import timezone
from pydantic import BaseModel, ValidationError

from traboule.kernel.people.models import Organisation

from ..models import Initiative
from ..vocabulary import Audience, State, Theme, ToolKind
from .selection import Selection
from .writers import dumps

SOURCE = "traboule"
_PUBLICS = {
    Audience.CHILDREN: Public.FAMILLES,
    Audience.TEENAGERS: Public.JEUNES,
    Audience.YOUNG_ADULTS: Public.JEUNES,
    Audience.JOBSEEKERS: Public.DEMANDEURS_EMPLOI,
    Audience.ENTREPRENEURS: Public.ACTIFS,
    Audience.DEAF: Public.PERSONNES_EN_SITUATION_DE_HANDICAP,
}
"""Audiences for which the schema has a word; the others go to ``publics_precisions``."""


def as_data_inclusion(selection: Selection) -> Iterator[str]:
    """``{"structures": […], "services": […]}``: two passes, so that nothing piles up."""
    yield '{"structures": ['
    yield from _joined(_structures(selection))
    yield '], "services": ['
    yield from _joined(_services(selection))
    yield "]}\n"


def structure_of(holder: Organisation, initiative: Initiative) -> dict[str, Any]:
    """The holder, dated by one of its sheets."""
    return _valid(
        Structure,
        {
            "source": SOURCE,
            "id": _structure_id(holder.pk),
            "nom": _name(holder.name),
            "date_maj": timezone.localdate(initiative.revised_at),
            "siret": holder.siret or None,
            "site_web": holder.website or None,
        },
    )


def service_of(initiative: Initiative) -> dict[str, Any]:
    """The initiative as something that people may turn to."""
    return _valid(
        Service,
        {
            "source": SOURCE,
            "id": f"{SOURCE}--{initiative.slug}",
            "structure_id": _structure_id(initiative.holder_id),
            "nom": _name(initiative.title),
            "description": _description(initiative),
            "lien_source": f"{settings.SITE_URL}/initiatives/{initiative.slug}/",
            "date_maj": timezone.localdate(initiative.revised_at),
            "type": None if initiative.theme == Theme.EXCHANGE else TypeService.ATELIER,
            "thematiques": _subjects(initiative),
            "frais_precisions": initiative.cost or None,
            "publics": _publics(initiative),
            "publics_precisions": ", ".join(initiative.audience_labels) or None,
            "commune": initiative.commune.name,
            "code_insee": initiative.commune_id,
            "latitude": initiative.latitude,
            "longitude": initiative.longitude,
            "telephone": initiative.contact_phone or None,
            "courriel": initiative.contact_email or None,
            "contact_nom_prenom": initiative.contact_name or None,
            "lien_mobilisation": initiative.contact_website or None,
            "modes_mobilisation": _ways_in(initiative),
        },
    )


def _structures(selection: Selection) -> Iterator[str]:
    seen: set[int] = set()
    for initiative in _running(selection):
        if initiative.holder_id not in seen:
            seen.add(initiative.holder_id)
            yield dumps(structure_of(initiative.holder, initiative))


def _services(selection: Selection) -> Iterator[str]:
    return (dumps(service_of(initiative)) for initiative in _running(selection))


def _running(selection: Selection) -> Iterator[Initiative]:
    """What has ended, or is only an idea, serves nobody now."""
    for chunk in selection.chunks(bare=True):
        yield from (initiative for initiative in chunk if initiative.state == State.RUNNING)


def _structure_id(key: int) -> str:
    return f"{SOURCE}--porteur-{key}"


def _name(name: str) -> str:
    """Between 3 and 150 characters, without a full stop at its end."""
    return name[:150].rstrip(" .").ljust(3, "\u00a0")


def _description(initiative: Initiative) -> str:
    text = f"{initiative.summary}\n\n{initiative.texts.get('description', '')}".strip()
    return text[:10_000]


def _subjects(initiative: Initiative) -> set[Subject]:
    tools, audiences = initiative.tool_kinds, initiative.audiences
    if initiative.theme == Theme.EXCHANGE:
        subjects = {Subject.NUMERIQUE__ACCEDER_A_DES_SERVICES_EN_LIGNE}
        if Audience.TENANTS in audiences:
            subjects.add(Subject.LOGEMENT_HEBERGEMENT__CHANGER_DE_LOGEMENT)
    else:
        subjects = {Subject.NUMERIQUE__MAITRISER_LES_FONDAMENTAUX_DU_NUMERIQUE}
    if ToolKind.COMPUTERS in tools:
        subjects.add(Subject.NUMERIQUE__ACQUERIR_UN_EQUIPEMENT)
    return subjects


def _publics(initiative: Initiative) -> set[Public] | None:
    """« Tous publics » stands alone, as the schema wants."""
    if Audience.RESIDENTS in initiative.audiences:
        return {Public.RESIDENTS_QPV_FRR if initiative.neighbourhood_id else Public.TOUS_PUBLICS}
    return {_PUBLICS[Audience(a)] for a in initiative.audiences if a in _PUBLICS} or None


def _ways_in(initiative: Initiative) -> set[ModeMobilisation] | None:
    ways = {
        ModeMobilisation.TELEPHONER: initiative.contact_phone,
        ModeMobilisation.ENVOYER_UN_COURRIEL: initiative.contact_email,
        ModeMobilisation.UTILISER_LIEN_MOBILISATION: initiative.contact_website,
    }
    return {way for way, given in ways.items() if given} or None


def _valid(model: type[BaseModel], fields: dict[str, Any]) -> dict[str, Any]:
    """The item as JSON, without the optional fields that the schema refuses."""
    try:
        item = model(**fields)
    except ValidationError as error:
        refused = {str(part["loc"][0]) for part in error.errors()}
        item = model(**{name: value for name, value in fields.items() if name not in refused})
    known = item.model_dump(mode="json", exclude_none=True)
    # Sets have no order of their own: the same sheet gives the same file.
    return {
        name: sorted(value) if isinstance(value, list) else value for name, value in known.items()
    }


def _joined(items: Iterator[str], *, many: int = 200) -> Iterator[str]:
    before, kept = "\n", []
    for item in items:
        kept.append(item)
        if len(kept) == many:
            yield before + ",\n".join(kept)
            before, kept = ",\n", []
    if kept:
        yield before + ",\n".join(kept)

"""The read API under ``/api/``: the same sheets and filters as the list, page by page."""

import json
from decimal import Decimal
from typing import Annotated, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Query, Schema
from pydantic import Field, WithJsonSchema

from traboule.kernel.places.models import Commune
from traboule.ui.throttle import throttled

from .exchange.selection import Selection
from .exchange.sheets import published_fields_of
from .exchange.writers import dumps
from .models import Initiative
from .search.filters import CHOICES, RADII, Filters
from .sheet import Result, Sheet
from .vocabulary import HolderKind, Origin, Qualifier

PAGE_SIZE = 50
EXAMPLE = "atelier-bidouille"
VOCABULARIES: dict[str, type[TextChoices]] = {
    **dict(CHOICES.values()),
    "holder": HolderKind,
    "qualifier": Qualifier,
}


class OpenAPI(NinjaAPI):
    """Ninja makes its own views: each is opened to all, to other sites too, within a rate."""

    def _get_urls(self) -> list[URLPattern | URLResolver]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                view = throttled(rate="120/m")(_shared(pattern.callback))
                pattern.callback = login_not_required(cache_control(public=True, max_age=60)(view))
        return [path("", documentation, name="documentation"), *patterns]


def _shared(view: Any) -> Any:
    def shared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return shared


api = OpenAPI(
    title="Traboule",
    version="1.0.0",
    description=_(
        "Lire les initiatives numériques des quartiers. Lecture seule, sans inscription."
    ),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
    openapi_extra={
        "info": {
            "license": {
                "name": "Licence Ouverte 2.0",
                "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            }
        }
    },
)


Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]


class PublishedResult(Result):
    """A reported figure, as a JSON number."""

    figure: Number
    figure_max: Number | None = None


class PublishedSheet(Sheet):
    """A sheet and what readers want beside it."""

    results: list[PublishedResult] = []  # type: ignore[assignment]  # Only ever read.
    url: str
    origin: Origin
    commune_name: str
    department: str
    revised: str = Field(description=_("Date et heure, ISO 8601"))


class Page(Schema):
    """At most 50 sheets, newest first."""

    count: int = Field(description=_("Combien de fiches correspondent en tout"))
    next: str | None = Field(description=_("Adresse de la page suivante ; null à la dernière"))
    problems: list[str] = Field(description=_("Filtres laissés de côté, et pourquoi"))
    initiatives: list[PublishedSheet]


class Word(Schema):
    """A key that stands in sheets and filters, and how it reads."""

    key: str
    label: str


class Vocabulary(Schema):
    """The themes, and the other words that sheets use."""

    themes: list[Word]
    states: list[Word]
    origins: list[Word]
    audiences: list[Word]
    tool_kinds: list[Word]
    holder_kinds: list[Word]
    qualifiers: list[Word]


class FoundCommune(Schema):
    """A commune, by its INSEE code."""

    code: str
    name: str
    department: str
    latitude: float
    longitude: float


class FoundCommunes(Schema):
    """The communes that a text may mean, likeliest first."""

    communes: list[FoundCommune]


class Asked(Schema):
    """The list's own filters."""

    q: str = Field("", description=_("Mots cherchés ; accents et fautes de frappe pardonnés"))
    theme: list[str] = Field([], description=_("Clés de thèmes ; plusieurs : l’un ou l’autre"))
    outil: list[str] = Field([], description=_("Clés de genres d’outils numériques"))
    public: list[str] = Field([], description=_("Clés de publics"))
    etat: list[str] = Field([], description=_("idea, running ou ended"))
    origine: list[str] = Field([], description=_("here ou reported"))
    commune: str = Field("", description=_("Nom, code INSEE ou code postal"))
    rayon: str = Field(
        "",
        description=_("Distance en km autour de la commune ou de la position"),
        examples=[str(km) for km in RADII],
    )
    departement: str = Field("", description=_("Numéro de département, par exemple 38"))
    position: str = Field("", description=_("Latitude et longitude, par exemple 45.52,4.87"))
    cursor: str = Field("", description=_("Donné par « next » : ne le composez pas vous-même"))


class CommuneAsked(Schema):
    """What someone typed for a commune."""

    q: str = Field("", description=_("Nom, code postal ou code INSEE, même avec une faute"))


@api.get(
    "/initiatives",
    response=Page,
    summary=_("Les initiatives, de la plus récente à la plus ancienne"),
)
def initiatives(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    filters = Filters.from_query(request.GET)
    selection = Selection.of(filters)
    rows = selection.page(before=_cursor(asked.cursor), size=PAGE_SIZE + 1)
    following = None
    if len(rows) > PAGE_SIZE:
        rows = rows[:PAGE_SIZE]
        following = (
            f"{settings.SITE_URL}{request.path}{filters.query_string(cursor=str(rows[-1].pk))}"
        )
    return _answer(
        {
            "count": selection.count,
            "next": following,
            "problems": [str(problem) for problem in filters.problems],
            "initiatives": [published_fields_of(initiative) for initiative in rows],
        }
    )


@api.get("/initiatives/{slug}", response=PublishedSheet, summary=_("Une initiative"))
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    found = Initiative.objects.published().for_export().filter(slug=slug).first()
    if found is None:
        raise Http404
    return _answer(published_fields_of(found))


@api.get(
    "/themes",
    response=Vocabulary,
    summary=_("Les thèmes et les autres mots, avec leurs clés"),
)
def themes(request: HttpRequest) -> HttpResponse:
    names = {
        "themes": "theme",
        "states": "state",
        "origins": "origin",
        "audiences": "audience",
        "tool_kinds": "tool",
        "holder_kinds": "holder",
        "qualifiers": "qualifier",
    }
    return _answer(
        {
            name: [{"key": key, "label": str(label)} for key, label in VOCABULARIES[kind].choices]
            for name, kind in names.items()
        }
    )


@api.get(
    "/communes",
    response=FoundCommunes,
    summary=_("Les communes qu’un nom ou un code désigne"),
)
def communes(request: HttpRequest, asked: Query[CommuneAsked]) -> HttpResponse:
    found = Commune.objects.look_up(asked.q)
    return _answer({"communes": [_commune(commune) for commune in found]})


def _commune(commune: Commune) -> dict[str, Any]:
    return {
        "code": commune.code,
        "name": commune.name,
        "department": commune.department.name,
        "latitude": commune.latitude,
        "longitude": commune.longitude,
    }


def _cursor(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _answer(content: dict[str, Any]) -> HttpResponse:
    """Written as in the open data files; the schemas above describe it and tests hold both."""
    return HttpResponse(dumps(content), content_type="application/json")


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(
        request, {"detail": gettext("Aucune fiche publiée ne porte ce nom.")}, status=404
    )


@login_not_required
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description as a page that people read."""
    described = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/"), default=str))
    operations = [
        {
            "path": address,
            "example": address.replace("{slug}", "atelier-bidouille"),
            **methods["get"],
        }
        for address, methods in described["paths"].items()
    ]
    return render(
        request,
        "initiatives/data/api.html",
        {"info": described["info"], "operations": operations, "site_url": settings.SITE_URL},
    )

"""What the files are and what their fields mean, for the page that explains open data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .cells import ALL_COLUMNS, REQUIRED, TABLES

LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"


@dataclass(frozen=True)
class File:
    """One file of open data."""

    url_name: str
    name: str
    label: str | Promise
    use: str | Promise


@dataclass(frozen=True)
class DocumentedField:
    """One field, under the name it has as a CSV column."""

    name: str
    meaning: str | Promise
    required: bool
    parts: str = ""


FILES = (
    File(
        "initiatives:data-csv", "initiatives.csv", _("Tableau CSV"),
        _("Une ligne par initiative. S’ouvre dans un tableur : LibreOffice, Excel."),
    ),
    File(
        "initiatives:data-json", "initiatives.json", _("JSON"),
        _("Toutes les fiches avec tous leurs champs, pour les programmes."),
    ),
    File(
        "initiatives:data-geojson", "initiatives.geojson", _("GeoJSON"),
        _("Les mêmes fiches, chacune à sa place sur une carte : uMap, QGIS."),
    ),
    File(
        "initiatives:data-atom", "initiatives.atom", _("Fil Atom"),
        _("Les 50 dernières fiches, pour un lecteur de nouvelles."),
    ),
    File(
        "initiatives:data-rss", "initiatives.rss", _("Fil RSS"),
        _("Le même fil, pour les lecteurs plus anciens."),
    ),
    File(
        "initiatives:data-ics", "initiatives.ics", _("Agenda iCal"),
        _("Les dates connues au mois ou au jour près, pour un agenda."),
    ),
    File(
        "initiatives:data-inclusion", "data-inclusion.json", _("data·inclusion"),
        _("Les initiatives en cours, comme services, selon le schéma data·inclusion v1."),
    ),
)  # fmt: skip

_MEANINGS: dict[str, str | Promise] = {
    "slug": _("Nom de la fiche dans son adresse : lettres minuscules, chiffres et tirets"),
    "title": _("Nom de l’initiative"),
    "summary": _("L’initiative en une phrase, de 20 à 400 caractères"),
    "theme": _("Thème"),
    "state": _("Où en est l’initiative"),
    "holder.name": _("Qui porte l’initiative"),
    "holder.kind": _("Nature du porteur"),
    "holder.website": _("Site du porteur"),
    "place.commune": _("Code INSEE de la commune"),
    "place.name": _("Lieu ou quartier"),
    "place.latitude": _("Latitude (WGS 84), si elle est connue mieux que par la commune"),
    "place.longitude": _("Longitude (WGS 84), de même"),
    "started": _("Début : 2014, 2014-06 ou 2014-06-12"),
    "ended": _("Fin, sous la même forme"),
    "audiences": _("Pour qui"),
    "tool_kinds": _("Genres d’outils numériques"),
    "partners": _("Partenaires et ce qu’ils apportent"),
    "results": _("Résultats annoncés, chacun avec sa source et sa date"),
    "milestones": _("Dates marquantes"),
    "cost": _("Coût"),
    "time": _("Temps"),
    "people": _("Personnes"),
    "links": _("Liens"),
    "video": _("Adresse d’une vidéo"),
    "contact.name": _("Personne ou service à contacter"),
    "contact.phone": _("Téléphone"),
    "contact.email": _("Adresse e-mail"),
    "contact.website": _("Site"),
    "inspired_by": _("Fiches dont l’initiative s’inspire"),
    "source.title": _("Document d’où vient la fiche"),
    "source.publisher": _("Qui a publié ce document"),
    "source.date": _("Date du document"),
    "source.url": _("Adresse du document"),
    "confirmed": _("Dernière confirmation que la fiche est vraie"),
    "description": _("Ce qui se fait (Markdown)"),
    "tools": _("Les outils numériques (Markdown)"),
    "outcomes": _("Les résultats en mots (Markdown)"),
    "steps": _("Les étapes (Markdown)"),
    "pitfalls": _("Les points de vigilance (Markdown)"),
    "learnt": _("Ce que les porteurs ont appris (Markdown)"),
    "url": _("Adresse de la fiche (à l’exportation seulement)"),
    "origin": _("Racontée ici (here) ou tirée d’un document (reported) ; exportation seulement"),
    "commune_name": _("Nom de la commune (à l’exportation seulement)"),
    "department": _("Nom du département (à l’exportation seulement)"),
    "revised": _("Dernière modification (à l’exportation seulement)"),
}


def documented_fields() -> list[DocumentedField]:
    """Every field in the order of the CSV columns; a new one without a meaning fails."""
    return [
        DocumentedField(
            name,
            _MEANINGS[name],
            name in REQUIRED,
            " | ".join(TABLES[name].model_fields) if name in TABLES else "",
        )
        for name in ALL_COLUMNS
    ]

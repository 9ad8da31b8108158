"""The compendium that we ship holds the facts and figures of the document it reports."""

from pathlib import Path

import pytest

from traboule.kernel.initiatives.loader import read_folder
from traboule.kernel.initiatives.sheet import SECTIONS, Sheet

FOLDER = Path(__file__).parents[1] / "compendium"

SLUGS = [
    "aux-clics-citoyens",
    "avatars-riot",
    "atelier-bidouille",
    "citeslab-grand-lac",
    "code-a-l-ecole",
    "conseil-citoyen-thiers",
    "designtech-academie",
    "echangeons-nos-logements",
    "fab-labs-solidaires",
    "nelly-signe-avec-vous",
    "openfactory-42",
    "pistyles",
    "recueil-innovation-sociale-et-numerique",
    "sereale",
    "simplon-rhone-alpes",
    "trouver-un-job-pour-pas-un-rond",
    "web-radio-le-biollay",
    "webacademie",
]

ONLY_NAMED = [
    "nelly-signe-avec-vous",
    "openfactory-42",
    "simplon-rhone-alpes",
    "trouver-un-job-pour-pas-un-rond",
    "web-radio-le-biollay",
    "webacademie",
]

COMMUNES = {
    "aux-clics-citoyens": "69286",
    "avatars-riot": "69266",
    "atelier-bidouille": "38544",
    "citeslab-grand-lac": "73008",
    "code-a-l-ecole": "69123",
    "conseil-citoyen-thiers": "63430",
    "designtech-academie": "42218",
    "echangeons-nos-logements": "74010",
    "fab-labs-solidaires": "38185",
    "nelly-signe-avec-vous": "42183",
    "openfactory-42": "42218",
    "pistyles": "69123",
    "recueil-innovation-sociale-et-numerique": "69123",
    "sereale": "38185",
    "simplon-rhone-alpes": "69123",
    "trouver-un-job-pour-pas-un-rond": "42218",
    "web-radio-le-biollay": "73065",
    "webacademie": "69123",
}

POINTS = {
    "aux-clics-citoyens": (45.819655, 4.897126),
    "citeslab-grand-lac": (45.692341, 5.908998),
    "code-a-l-ecole": (45.764043, 4.835659),
    "conseil-citoyen-thiers": (45.857907, 3.545177),
    "designtech-academie": (45.439695, 4.3871779),
    "pistyles": (45.764043, 4.835659),
}

FIGURES = [
    # slug, qualifier, figure, figure_max, unit, period
    ("code-a-l-ecole", "", 9, None, "semaines", "hiver 2015-2016"),
    ("code-a-l-ecole", "", 1, None, "école primaire", "hiver 2015-2016"),
    ("designtech-academie", "", 25, None, "jeunes", "par an"),
    ("aux-clics-citoyens", "about", 50, None, "personnes", "janvier à juillet 2016"),
    ("aux-clics-citoyens", "about", 12, None, "reportages", "janvier à juillet 2016"),
    ("aux-clics-citoyens", "", 5, None, "articles", "janvier à juillet 2016"),
    ("conseil-citoyen-thiers", "", 21, None, "conseillers", "2016"),
    ("conseil-citoyen-thiers", "", 6, None, "conseillers", "2016"),
    ("conseil-citoyen-thiers", "", 40, None, "vues", "2016"),
    ("pistyles", "more-than", 40, None, "plateformes", "2016"),
    ("atelier-bidouille", "", 40, 50, "jeunes", "par an"),
    ("atelier-bidouille", "", 40, 50, "ordinateurs", "par an"),
    ("atelier-bidouille", "", 10, None, "heures", ""),
    ("fab-labs-solidaires", "", 20, None, "collèges", "2014 à 2016"),
    ("fab-labs-solidaires", "", 4, None, "collèges", "2014 à 2016"),
    ("avatars-riot", "", 11, None, "ateliers", "avril à octobre 2015"),
    ("avatars-riot", "about", 100, None, "participants", ""),
    ("avatars-riot", "more-than", 300, None, "personnes", "fin octobre 2015"),
    ("sereale", "", 400, None, "utilisateurs", "2016"),
    ("echangeons-nos-logements", "", 120, None, "échanges", "depuis l’ouverture du site"),
    ("echangeons-nos-logements", "", 220, None, "locataires", "depuis l’ouverture du site"),
    ("echangeons-nos-logements", "more-than", 3600, None, "inscrits", "2016"),
    ("echangeons-nos-logements", "", 38, None, "% des échanges", "depuis l’ouverture du site"),
    ("echangeons-nos-logements", "", 9, None, "organismes", "2016"),
    ("echangeons-nos-logements", "about", 30, None, "% des demandes", ""),
    ("recueil-innovation-sociale-et-numerique", "", 11, None, "initiatives", "2016"),
    ("recueil-innovation-sociale-et-numerique", "", 6, None, "projets", "2016"),
]

FACTS = [
    # slug, field, words that stand in it
    ("code-a-l-ecole", "tools", "Thymio"),
    ("code-a-l-ecole", "tools", "Aseba Studio"),
    ("code-a-l-ecole", "tools", "Cubelets"),
    ("code-a-l-ecole", "tools", "quatre sortes"),
    ("code-a-l-ecole", "tools", "jeu de cartes"),
    ("code-a-l-ecole", "time", "Neuf semaines"),
    ("designtech-academie", "time", "Dix mois"),
    ("designtech-academie", "tools", "C++"),
    ("designtech-academie", "description", "10 000 personnes"),
    ("designtech-academie", "description", "50 %"),
    ("designtech-academie", "description", "30 % des femmes"),
    ("designtech-academie", "outcomes", "attestation d’études universitaires"),
    ("citeslab-grand-lac", "description", "programme régional Place"),
    ("citeslab-grand-lac", "tools", "référencement"),
    ("citeslab-grand-lac", "outcomes", "réservation"),
    ("aux-clics-citoyens", "time", "1 h 30"),
    ("aux-clics-citoyens", "tools", "Sony Handycam HDR-PJ620"),
    ("aux-clics-citoyens", "tools", "deux trépieds"),
    ("aux-clics-citoyens", "tools", "deux micros-cravates"),
    ("aux-clics-citoyens", "tools", "deux casques audio"),
    ("aux-clics-citoyens", "tools", "une perche"),
    ("conseil-citoyen-thiers", "time", "Une réunion par mois"),
    ("conseil-citoyen-thiers", "description", "loi 1901"),
    ("conseil-citoyen-thiers", "tools", "Doodle"),
    ("conseil-citoyen-thiers", "tools", "Google Drive"),
    ("conseil-citoyen-thiers", "tools", "PAO"),
    ("pistyles", "tools", "avec un code"),
    ("pistyles", "tools", "compostage"),
    ("atelier-bidouille", "description", "réparer un ordinateur"),
    ("atelier-bidouille", "description", "récupération"),
    ("atelier-bidouille", "tools", "Emmabuntüs"),
    ("atelier-bidouille", "tools", "découpe laser"),
    ("atelier-bidouille", "outcomes", "14 à 17 ans"),
    ("fab-labs-solidaires", "description", "10 à 15 ans"),
    ("fab-labs-solidaires", "description", "au moins trois matières"),
    ("fab-labs-solidaires", "description", "classe Ulis"),
    ("fab-labs-solidaires", "tools", "Prusa Steel, Up 2+ et Up Mini"),
    ("avatars-riot", "tools", "caméras infrarouges"),
    ("sereale", "steps", "bulletin de salaire"),
    ("sereale", "description", "garde d’enfants"),
    ("echangeons-nos-logements", "description", "échange de logement"),
    ("echangeons-nos-logements", "description", "déménagement"),
    ("recueil-innovation-sociale-et-numerique", "learnt", "7 octobre 2016"),
    ("simplon-rhone-alpes", "description", "fabrique sociale de codeurs"),
    ("trouver-un-job-pour-pas-un-rond", "description", "Zoomacom"),
    ("openfactory-42", "description", "Zoomacom"),
    ("webacademie", "cost", "Gratuite"),
    ("web-radio-le-biollay", "description", "Chambéry"),
    ("nelly-signe-avec-vous", "description", "français signé"),
]

MOMENTS = [
    # slug, date, end
    ("code-a-l-ecole", "2015", "2016"),
    ("designtech-academie", "2015-09", None),
    ("designtech-academie", "2016-09", None),
    ("citeslab-grand-lac", "2014", None),
    ("aux-clics-citoyens", "2016-01", "2016-07"),
    ("conseil-citoyen-thiers", "2016-02", None),
    ("pistyles", "2015", None),
    ("fab-labs-solidaires", "2014-06", None),
    ("avatars-riot", "2015-04", "2015-10"),
    ("avatars-riot", "2015-10", None),
    ("sereale", "2014", None),
    ("echangeons-nos-logements", "2013", None),
    ("recueil-innovation-sociale-et-numerique", "1993", None),
    ("recueil-innovation-sociale-et-numerique", "2014", "2015"),
    ("recueil-innovation-sociale-et-numerique", "2016-10-07", None),
]


@pytest.fixture(scope="module")
def sheets() -> dict[str, Sheet]:
    """The sheets by slug, read once by the strict loader."""
    return {sheet.slug: sheet for sheet in read_folder(FOLDER)}


def plain(text: str) -> str:
    """The text with ordinary spaces, as the tables above are typed."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_twelve_initiatives_and_the_six_named_projects_are_there(sheets):
    assert sorted(sheets) == sorted(SLUGS)


def test_each_sheet_stands_in_its_commune(sheets):
    assert {slug: sheet.place.commune for slug, sheet in sheets.items()} == COMMUNES


@pytest.mark.parametrize("slug", POINTS)
def test_the_points_of_the_document_are_kept(sheets, slug):
    assert (sheets[slug].place.latitude, sheets[slug].place.longitude) == POINTS[slug]


@pytest.mark.parametrize(("slug", "qualifier", "figure", "figure_max", "unit", "period"), FIGURES)
def test_each_figure_is_a_structured_result(  # noqa: PLR0917
    sheets, slug, qualifier, figure, figure_max, unit, period
):
    told = [(r.qualifier, r.figure, r.figure_max, r.unit, r.period) for r in sheets[slug].results]
    assert told.count((qualifier, figure, figure_max, unit, period)) == 1


def test_no_result_stands_in_the_sheets_beyond_the_figures_of_the_document(sheets):
    assert sum(len(sheet.results) for sheet in sheets.values()) == len(FIGURES)


def test_each_result_names_its_source_and_its_date(sheets):
    origins = {(r.source, r.source_date) for sheet in sheets.values() for r in sheet.results}
    assert origins == {("Recueil Innovation sociale et numérique, CR•DSU", "2016")}


@pytest.mark.parametrize(("slug", "field", "words"), FACTS)
def test_each_fact_is_told(sheets, slug, field, words):
    assert words in plain(getattr(sheets[slug], field))


@pytest.mark.parametrize(("slug", "date", "end"), MOMENTS)
def test_each_dated_moment_is_a_milestone(sheets, slug, date, end):
    assert (date, end) in [(moment.date, moment.end) for moment in sheets[slug].milestones]


def test_every_sheet_names_the_document_and_when_it_was_true(sheets):
    assert {(s.source.publisher, s.source.date, s.confirmed) for s in sheets.values()} == {
        ("CR•DSU", "2016", "2016-12")
    }


def test_only_what_the_document_tells_as_finished_is_ended(sheets):
    ended = [slug for slug, sheet in sheets.items() if sheet.state == "ended"]
    assert ended == ["avatars-riot", "fab-labs-solidaires"]


@pytest.mark.parametrize("slug", ONLY_NAMED)
def test_a_project_that_is_only_named_says_so_and_claims_no_result(sheets, slug):
    sheet = sheets[slug]
    assert "Nous n’en savons pas plus" in plain(sheet.description)
    assert (sheet.results, sheet.tools, sheet.outcomes, sheet.steps) == ([], "", "", "")


def test_texts_keep_french_typography(sheets):
    texts = [
        text
        for sheet in sheets.values()
        for text in (sheet.title, sheet.summary, *(getattr(sheet, name) for name in SECTIONS))
    ]
    wrong = [text for text in texts if "'" in text or any(f" {m}" in text for m in ":;?!»%")]
    assert wrong == []

"""Papers and tables that pages give."""

import pytest

from traboule.ui.downloads import harmless, paper, table


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("Nadia", "Nadia"), ("", ""), (None, ""), (-3, "-3"), ("+33 6 12", "'+33 6 12"),
        ("=SOMME(A1)", "'=SOMME(A1)"), (" @nom", "' @nom"), ("-1,5", "-1,5"), ("\t=1", "'\t=1"),
    ],
)  # fmt: skip
def test_nothing_is_computed_by_the_spreadsheet_that_opens_it(cell, kept):
    assert harmless(cell) == kept


def test_a_table_opens_in_a_french_spreadsheet():
    response = table([["Nom", "Âge"], ["Zoé ; dite Zouzou", 9]], "Liste", "été 2026")

    assert response.getvalue().decode() == '\ufeffNom;Âge\r\n"Zoé ; dite Zouzou";9\r\n'
    assert response["Content-Disposition"] == 'attachment; filename="liste-ete-2026.csv"'


def test_a_paper_opens_in_the_browser():
    response = paper(b"%PDF-1.7", "Émargement", "Atelier")

    assert response["Content-Disposition"] == 'inline; filename="emargement-atelier.pdf"'

"""The English catalogue is complete and fresh: ``make messages`` keeps it so."""

import gettext
import os
import re
import shutil
import subprocess
import sys

import pytest

from . import house

CATALOGUE = house.PACKAGE / "locale/en/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """What ``makemessages`` finds in a copy of the sources."""
    copy = tmp_path_factory.mktemp("sources")
    for path in house.tracked_files():
        if path.suffix in {".py", ".html"} and house.PACKAGE in path.parents:
            target = copy / path.relative_to(house.ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    (copy / "traboule/locale").mkdir()
    subprocess.run(
        [
            *(sys.executable, "-m", "django", "makemessages", "--locale=en", "--keep-pot"),
            *("--no-wrap", "--extension=py,html", "--ignore=*/tests/*"),
        ],
        cwd=copy,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "traboule.config.settings"}
        | {"TRABOULE_DATA": str(copy / "var"), "PYTHONPATH": str(copy)},
        check=True,
        capture_output=True,
    )
    return copy / "traboule/locale/django.pot"


def test_every_text_is_translated_and_none_is_left_over(fresh):
    compared = subprocess.run(
        ["msgcmp", str(CATALOGUE), str(fresh)], capture_output=True, text=True, check=False
    )

    assert compared.stderr == "", "run: make messages"


def test_no_translation_is_a_guess():
    fuzzy = subprocess.run(
        ["msgattrib", "--only-fuzzy", str(CATALOGUE)], capture_output=True, text=True, check=True
    )

    assert fuzzy.stdout == ""


def test_the_compiled_catalogue_is_that_of_the_texts(tmp_path):
    compiled = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check", "-o", str(compiled), str(CATALOGUE)], check=True)

    assert _entries(CATALOGUE.with_suffix(".mo")) == _entries(compiled)


def _entries(path):
    with path.open("rb") as file:
        return {
            key: text for key, text in gettext.GNUTranslations(file)._catalog.items() if key != ""
        }


def test_texts_are_marked_by_a_name_that_is_read():
    renamed = [
        f"{path.relative_to(house.ROOT)}: {line}"
        for path in house.tracked_files()
        if path.suffix == ".py" and house.PACKAGE in path.parents
        for line in path.read_text().splitlines()
        if re.search(r"\bn?p?gettext(_lazy)? as (?!_$)", line)
    ]

    assert renamed == [], "makemessages reads gettext, ngettext… and _, and no other name"

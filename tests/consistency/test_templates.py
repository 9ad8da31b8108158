"""Templates compile, hold nothing that the strict policy blocks, and are all used."""

import re

import pytest
from django.contrib.staticfiles.finders import find
from django.template import engines

from . import house

INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", re.I),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=\s*[\"']", re.I),
    "an inline handler": re.compile(r"<[^>{%]*\son[a-z]+\s*=\s*[\"']", re.I),
    "something of another host": re.compile(
        r"<(?:script|img|link|iframe|source|video|audio)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//",
        re.I,
    ),
    "a loading of what is always loaded": re.compile(r"\{%\s*load\s+(?:i18n|ui)\s*%\}"),
}


def _name(path):
    return "/".join(path.parts[path.parts.index("templates") + 1 :])


@pytest.mark.parametrize("path", house.templates(), ids=_name)
def test_a_template_compiles(path):
    engines["django"].get_template(_name(path))


@pytest.mark.parametrize("path", house.templates(), ids=_name)
def test_a_template_holds_nothing_inline(path):
    # Printed pages and messages stand alone: no policy applies to them.
    text = path.read_text()

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


def test_every_template_is_used():
    texts = [p.read_text() for p in house.tracked_files() if p.suffix in {".py", ".html"}]
    everything = "\n".join(texts)
    expected_by_django = {"404.html", "403.html", "500.html", "400.html", "403_csrf.html"}

    unused = [
        _name(path)
        for path in house.templates()
        if _name(path) not in expected_by_django
        and not _name(path).startswith(("admin/", "registration/", "django/"))
        and _name(path) not in everything
    ]

    assert unused == []


STATIC = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")


def test_every_static_file_named_exists():
    """A missing one would be a page that fails, once files are hashed."""
    missing = [
        f"{_name(path)}: {name}"
        for path in house.templates()
        for name in STATIC.findall(path.read_text())
        if not find(name)
    ]

    assert missing == []

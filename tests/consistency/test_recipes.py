"""A recipe selects and names: nothing in the code knows which one runs."""

import re

from traboule.kernel.spaces import shelf

from . import house

COMPARES = re.compile(r"\brecipe(?:_key|\.key)\b\s*(?:==|!=|\bin\b|\bnot in\b)")
CODE = {".py", ".html", ".js", ".css", ".typ"}


def _code():
    return [
        path
        for path in house.tracked_files()
        if path.suffix in CODE and house.PACKAGE in path.parents and "tests" not in path.parts
    ]


def test_no_code_and_no_template_compares_the_key_of_a_recipe():
    named = re.compile(rf"[\"'](?:{'|'.join(map(re.escape, shelf.recipes()))})[\"']")

    found = [
        f"{path.relative_to(house.ROOT)}:{number}: {line.strip()}"
        for path in _code()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if COMPARES.search(line) or named.search(line)
    ]

    assert found == []


def test_recipes_hold_data_and_no_code():
    files = [path for path in house.tracked_files() if shelf.SHIPPED in path.parents]

    assert {path.suffix for path in files} == {".toml", ".md"}
    assert [path.name for path in files if re.search(r"<\w|\{[{%]", path.read_text())] == []

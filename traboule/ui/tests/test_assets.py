"""What a first visit downloads stays small, whole and ours."""

import gzip
import hashlib
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

UI = Path(__file__).parent.parent
STATIC = UI / "static"
TEMPLATES = sorted(UI.parent.rglob("templates/**/*.html"))
CSS = (STATIC / "ui/traboule.css").read_text()
FONT = STATIC / "ui/fonts/atkinson-hyperlegible-next.woff2"
SPRITE = (STATIC / "ui/icons.svg").read_text()


def _compressed(path):
    return len(brotli.compress(Path(path).read_bytes()))


def test_the_stylesheet_stays_within_nine_kilobytes():
    assert len(brotli.compress(CSS.encode())) <= 9_000


def test_the_font_stays_within_twenty_eight_kilobytes():
    assert FONT.stat().st_size <= 28_000


def test_the_frame_of_a_first_visit_leaves_room_for_the_page():
    htmx = finders.find("django_htmx/htmx-2.min.js")
    behaviours = sum(_compressed(path) for path in (STATIC / "ui/js").glob("*.js"))
    frame = [STATIC / "ui/traboule.css", STATIC / "ui/icons.svg", STATIC / "ui/favicon.svg", htmx]

    total = FONT.stat().st_size + behaviours + sum(map(_compressed, frame))

    assert total <= 60_000


def test_the_stylesheet_says_start_and_end_never_left_and_right():
    physical = r"(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|float)\s*:"

    assert re.findall(physical, CSS) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_that_a_page_names_is_in_the_sprite(path):
    text = path.read_text()
    named = {
        *re.findall(r'\{% icon name="([\w-]+)"', text),
        *re.findall(r'\bicon="([\w-]+)"', text),
    }

    assert [name for name in sorted(named) if f'id="{name}"' not in SPRITE] == []


def test_vendored_files_are_those_whose_fingerprints_we_wrote_down():
    table = (STATIC / "vendor/VENDOR.md").read_text()
    written = dict(re.findall(r"`(leaflet/[^`]+)` \|[^\n]*`([0-9a-f]{64})`", table))
    vendored = {
        str(path.relative_to(STATIC / "vendor")): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / "vendor/leaflet").rglob("*")
        if path.is_file()
    }

    assert written == vendored


def test_the_map_library_is_fetched_by_maps_alone():
    named_in = [path.name for path in TEMPLATES if "leaflet" in path.read_text()]

    assert named_in == ["map.html"]
    assert len(gzip.compress((STATIC / "vendor/leaflet/leaflet.js").read_bytes())) < 45_000

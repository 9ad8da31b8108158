"""Every ink can be read on every ground it is used on, by day and by night (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parent.parent / "static/ui/traboule.css").read_text()
DAY, NIGHT = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
)
GROUNDS = ["paper", "raised", "sunken"]
ACCENTS = ["learn", "organise", "create", "exchange", "error", "primary"]
TEXTS = [
    *[(ink, ground) for ink in ("ink", "soft-ink", "primary", "error") for ground in GROUNDS],
    *[("ink", f"{accent}-wash") for accent in ACCENTS],
    *[(accent, f"{accent}-wash") for accent in ACCENTS],
    *[(accent, ground) for accent in ACCENTS for ground in GROUNDS],
    ("primary-strong", "raised"),
    ("primary-strong", "paper"),
    ("primary-strong", "primary-wash"),
    ("soft-ink", "primary-wash"),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    ("paper", "ink"),
]
SHAPES = [
    *[("edge", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in [*GROUNDS, *[f"{accent}-wash" for accent in ACCENTS]]],
    *[("raised", accent) for accent in ACCENTS],
]


def _luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_stands_out(palette, ink, ground):
    assert _contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("palette", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_that_mean_something_stand_out(palette, shape, ground):
    assert _contrast(palette[shape], palette[ground]) >= 3


def test_day_and_night_name_the_same_colours():
    assert set(DAY) == set(NIGHT)

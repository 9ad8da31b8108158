"""Distances and cells are right at every corner of the globe."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.places.geography import bounding_box, cell, cells_within, distance_km
from traboule.kernel.places.outlines import outlines

LATITUDES = st.floats(-70, 70)
LONGITUDES = st.floats(-179, 179)


def test_lyon_is_392_km_from_paris():
    assert distance_km(48.8566, 2.3522, 45.7640, 4.8357) == pytest.approx(391.5, abs=1)


@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [
        (45.7578, 4.8320, "g457_048"),
        (-20.88, 55.45, "gm209_554"),
        (48.4, -4.5, "g484_m045"),
        (45.7, 4.8, "g457_048"),
    ],
)
def test_a_cell_has_one_word_for_a_name(lat, lon, name):
    assert cell(lat, lon) == name


@given(LATITUDES, LONGITUDES, st.floats(0.1, 60), st.floats(0, 2 * math.pi), st.floats(0, 0.99))
def test_every_point_of_the_disc_is_in_its_box_and_its_cells(lat, lon, km, angle, share):
    there_lat = lat + share * km / 111.2 * math.sin(angle)
    there_lon = lon + share * km / 111.2 * math.cos(angle) / math.cos(math.radians(lat))
    if distance_km(lat, lon, there_lat, there_lon) > km:
        return

    box = bounding_box(lat, lon, km)

    assert box.south <= there_lat <= box.north
    assert box.west <= there_lon <= box.east
    assert cell(there_lat, there_lon) in cells_within(lat, lon, km)


def test_twenty_kilometres_take_few_cells():
    assert len(cells_within(45.5257, 4.8748, 20)) < 35


def test_outlines_hold_their_departments_and_share_borders():
    [isere] = outlines(["38"])
    loire_and_rhone = outlines(["42", "69"])

    assert isere[0] == isere[-1]
    assert {tuple(point) for point in loire_and_rhone[0]} & {tuple(p) for p in loire_and_rhone[1]}
    assert outlines(["00"]) == []

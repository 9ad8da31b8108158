import json
import logging
import sys

import pytest

from traboule.config.logs import JsonFormatter, without_personal_data


def _line(**given):
    record = logging.makeLogRecord({"levelname": "WARNING", "name": "traboule", **given})
    return json.loads(JsonFormatter().format(record))


def test_a_line_says_when_how_grave_who_and_what():
    line = _line(msg="%s fiches lues", args=(18,))

    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "WARNING", "logger": "traboule", "message": "18 fiches lues"}


def test_a_line_about_a_request_gives_its_path_without_the_search(rf):
    line = _line(msg="Not Found", request=rf.get("/initiatives/?q=secret"), status_code=404)

    assert (line["path"], line["status"]) == ("/initiatives/", 404)


def test_an_exception_stays_on_the_line():
    try:
        raise ValueError("deux\nlignes")
    except ValueError:
        line = _line(msg="raté", exc_info=sys.exc_info())

    assert line["exception"].endswith("ValueError: deux\nlignes")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("envoyé à nadia.b@exemple.fr.", "envoyé à <e-mail>."),
        ("appel du 06 12 34 56 78", "appel du <phone>"),
        ("Key (value)=(+33612345678) exists", "Key (value)=(<phone>) exists"),
        ("duplicate key\nDETAIL:  Key (name)=(Nadia)", "duplicate key\nDETAIL: …"),
        ("task 0b1c2d3e-0612-4567-8901-234567890123", "task 0b1c2d3e-0612-4567-8901-234567890123"),
    ],
)
def test_personal_data_is_masked(text, expected):
    assert without_personal_data(text) == expected

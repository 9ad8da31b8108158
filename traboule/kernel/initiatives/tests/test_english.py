"""What people type and read when their language is English."""

import pytest
from django.utils import translation
from pydantic import ValidationError

from traboule.kernel.initiatives.forms.dates import read_partial_date
from traboule.kernel.initiatives.forms.results import read_figure, write_figure
from traboule.kernel.initiatives.mistakes import explain
from traboule.kernel.initiatives.sheet import Result


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("June 2019", "2019-06"), ("12 May 2019", "2019-05-12"), ("juin 2019", "2019-06")],
)
def test_a_month_has_its_english_name_too(typed, kept):
    assert read_partial_date(typed) == kept


@pytest.mark.parametrize("typed", ["about 40 to 50 computers", "up to 12 people", "3 tonnes"])
def test_an_english_figure_reads_back_as_it_was_typed(typed):
    figure = Result(label="What it counts", **read_figure(typed))

    assert write_figure(figure) == typed


def test_a_mistake_is_explained_in_english():
    with pytest.raises(ValidationError) as refused:
        Result.model_validate({"label": "x", "unit": "a" * 81, "figure": 3})

    (error,) = refused.value.errors()
    assert explain(error) == ("unit", "this text is too long: 80 characters at most")

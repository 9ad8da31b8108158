"""What strangers can send is guarded against robots, or stands in the reviewed list."""

import tomllib

import pytest

from traboule.ui.guard import STAMP, TRAP

from . import house
from .test_access import url_of

UNGUARDED = tomllib.loads((house.ROOT / "tests/unguarded.toml").read_text())
PUBLIC = [
    name
    for name, (pattern, _) in house.addresses().items()
    if not getattr(pattern.callback, "login_required", True)
]
SENT_BY_A_ROBOT = {"name": "Robot", "first_name": "Robot", TRAP: "https://exemple.fr"}


def _refuses_robots(response):
    """Whether the page says why it refuses, and keeps the guard for the person who mends it."""
    page = response.content.decode()
    return "Nous n’avons pas pu vérifier cet envoi" in page and f'name="{STAMP}"' in page


def test_the_reasons_are_sorted_and_say_something():
    assert list(UNGUARDED) == sorted(UNGUARDED)
    assert all(len(why) > 20 for why in UNGUARDED.values())


@pytest.mark.parametrize("name", PUBLIC)
def test_what_a_stranger_sends_is_guarded_or_there_is_a_reason(
    name, client, sample_world, settings
):
    settings.GUARD = True
    url = url_of(name, house.addresses()[name][1], sample_world)

    response = client.post(url, SENT_BY_A_ROBOT)

    if response.status_code == 405:
        assert name not in UNGUARDED, f"{name} takes no POST: its reason can go"
    elif name in UNGUARDED:
        assert response.streaming or not _refuses_robots(response), f"{name} is guarded now"
    else:
        assert response.status_code in {200, 422}, url
        assert _refuses_robots(response), f"{name}: guard it, or give a reason in unguarded.toml"

from django.core.management import get_commands

from traboule.config import demonstration

from .test_command import traboule


def test_a_demonstration_plays_what_is_outside(tmp_path):
    done = traboule(
        "diffsettings",
        TRABOULE_DATA=str(tmp_path),
        TRABOULE_DEMO="true",
        TRABOULE_STRIPE_KEY="sk_test_mine",
    )

    assert "URSSAF_URL = 'http://127.0.0.1:8910'" in done.stdout
    assert "SMS_GATEWAY_URL = 'http://127.0.0.1:8900/messages'" in done.stdout
    assert "STRIPE_KEY = 'sk_test_mine'" in done.stdout
    assert "STRIPE_URL = ''" in done.stdout  # A key of one's own never goes to a stand-in.


def test_elsewhere_nothing_is_played(tmp_path):
    done = traboule("diffsettings", TRABOULE_DATA=str(tmp_path))

    assert "URSSAF_URL = 'https://api.urssaf.fr'" in done.stdout
    assert "STAND_INS = []" in done.stdout


def test_each_stand_in_is_a_command_at_a_port_of_its_own():
    assert {one.command for one in demonstration.ALL} <= get_commands().keys()
    assert len({one.port for one in demonstration.ALL}) == len(demonstration.ALL)

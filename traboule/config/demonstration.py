"""A demonstration (``TRABOULE_DEMO``): what is outside is played on this machine.

Telephones, addresses, cards and Urssaf each have a stand-in that speaks the real protocol, and
``traboule run`` starts it beside the site. Whoever gives a variable of one means the real thing:
that one is not played.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class StandIn:
    """A command that serves it, where, and the variables by which the site goes there."""

    command: str
    port: int
    variables: Mapping[str, str]

    @property
    def url(self) -> str:
        """Its page, which shows what it was told."""
        return f"http://127.0.0.1:{self.port}/"


ALL = (
    StandIn("sms_gateway", 8900, {
        "TRABOULE_SMS_URL": "http://127.0.0.1:8900/messages",
        "TRABOULE_SMS_BACKEND": "traboule.kernel.people.sms.HttpBackend",
        "TRABOULE_SMS_TOKEN": "demonstration",
        "TRABOULE_SMS_WEBHOOK_SECRET": "demonstration",
        "TRABOULE_SMS_NUMBER": "01 99 00 12 34",
    }),
    StandIn("card_standin", 8901, {
        "TRABOULE_STRIPE_URL": "http://127.0.0.1:8901",
        "TRABOULE_STRIPE_KEY": "sk_test_demonstration",
        "TRABOULE_STRIPE_WEBHOOK_SECRET": "whsec_demonstration",
    }),
    StandIn("urssaf_standin", 8910, {
        "TRABOULE_URSSAF_URL": "http://127.0.0.1:8910",
        "TRABOULE_URSSAF_CESU_ID": "demonstration",
        "TRABOULE_URSSAF_CESU_SECRET": "demonstration",
        "TRABOULE_URSSAF_ADVANCE_ID": "demonstration",
        "TRABOULE_URSSAF_ADVANCE_SECRET": "demonstration",
        "TRABOULE_URSSAF_SAP_NUMBER": "SAP123456789",
    }),
    StandIn("geocoder_standin", 7878, {"TRABOULE_GEOCODER_URL": "http://127.0.0.1:7878"}),
)  # fmt: skip


def played(given: Mapping[str, str]) -> list[StandIn]:
    """Those of which no variable is given."""
    return [one for one in ALL if not one.variables.keys() & given.keys()]

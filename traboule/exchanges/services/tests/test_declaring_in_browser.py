"""A declaration is copied, an advance asked for, papers printed: on a telephone, on a desk."""

import pytest
from django.urls import reverse

from tests.browser import DESK, PHONE
from traboule.exchanges.services.actions import declarations
from traboule.exchanges.services.models import Declaration, DeclarationState
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_services_space
from .slips import make_ended, make_month, make_signed
from .test_agreeing_in_browser import come_in, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_a_declaration_is_copied_and_said_to_be(
    open_page, live_server, assert_accessible, settings, view
):
    settings.URSSAF_SAP_NUMBER = "SAP123456789"
    settings.URSSAF_ADVANCE_ID = settings.URSSAF_ADVANCE_SECRET = "asso"
    space = make_services_space()
    contract = make_signed(space)
    household = contract.household
    one = declarations.prepare(payslip=make_month(contract), by=None)
    page = open_page(view, base_url=live_server.url)
    come_in(page, household.person, live_server.url)
    page.goto(one.get_absolute_url())
    look(page, "declaration", assert_accessible)
    page.get_by_role("button", name="C’est déclaré").click()
    assert page.get_by_text("C’est noté").is_visible()

    for name in ("mandate", "advance"):
        page.goto(reverse(f"services:{name}", args=[space.slug, household.pk]))
        look(page, name, assert_accessible)
    make_ended(contract)
    page.goto(reverse("services:contract-papers", args=[space.slug, contract.code]))
    look(page, "papers", assert_accessible)
    page.goto(reverse("services:statements", args=[space.slug]))
    look(page, "statements", assert_accessible)


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_the_team_puts_right_what_was_refused(open_page, live_server, assert_accessible, view):
    space = make_services_space()
    one = declarations.prepare(payslip=make_month(make_signed(space)), by=None)
    Declaration.objects.update(
        state=DeclarationState.REFUSED, problem="Il manque : numéro de sécurité sociale."
    )
    page = open_page(view, base_url=live_server.url)
    come_in(page, make_facilitator(space), live_server.url)
    page.goto(one.get_absolute_url())
    look(page, "refused", assert_accessible)
    page.goto(reverse("services:declarations", args=[space.slug]))
    look(page, "desk", assert_accessible)

    page.get_by_role("button", name="Renvoyer").click()

    assert page.get_by_text("À recopier sur le site de l’Urssaf").is_visible()

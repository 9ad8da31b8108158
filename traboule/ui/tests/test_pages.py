"""The gallery shows everything, and the pages of mistakes say what to do."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from traboule.ui.templatetags.ui import register

TEMPLATES = Path(__file__).parent.parent / "templates"


def _gallery():
    pages = [TEMPLATES / "ui/gallery.html", *sorted((TEMPLATES / "ui/gallery").glob("*.html"))]
    return "\n".join(page.read_text() for page in pages)


@pytest.mark.parametrize("tag", sorted(register.tags))
def test_every_component_stands_in_the_gallery(tag):
    assert re.search(rf"\{{% {tag}\b", _gallery())


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/composants/", "/accessibilite/"])
def test_a_page_of_the_house_opens_without_an_account(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html"])
def test_a_page_of_mistakes_has_one_title_and_a_way_on(name):
    request = RequestFactory().get("/nulle-part/")
    request.user = AnonymousUser()

    page = render_to_string(name, request=request)

    assert page.count("<title>") == 1
    assert 'href="/"' in page


def test_the_page_of_our_own_mistake_needs_nothing():
    assert "Une erreur de notre côté" in get_template("500.html").render()

"""The menus show what apps registered, to those it concerns, in their language."""

import pytest
from django.test import RequestFactory
from django.utils.translation import gettext_lazy, override

from traboule.ui import navigation
from traboule.ui.navigation import Entry, links, register


@pytest.fixture(autouse=True)
def _own_menus(monkeypatch):
    """Each test registers its own entries and leaves the site's alone."""
    monkeypatch.setattr(navigation, "_entries", {})
    register()
    yield
    monkeypatch.undo()
    register()


def request(path="/"):
    return RequestFactory().get(path)


def test_entries_come_in_their_order():
    register(
        Entry(label="Seconde", url_name="ui:gallery", place="header", order=20),
        Entry(label="Première", url_name="ui:accessibility", place="header", order=10),
    )

    assert ["Première" in link for link in links(request(), "header")] == [True, False]


def test_an_entry_shows_only_to_those_it_concerns():
    register(
        Entry(label="Caché", url_name="ui:gallery", place="account", visible=lambda request: False)
    )

    assert links(request(), "account") == []


def test_the_entry_of_the_present_page_says_so():
    register(Entry(label="Composants", url_name="ui:gallery", place="header"))

    assert 'aria-current="page"' in links(request("/composants/"), "header")[0]
    assert "aria-current" not in links(request("/"), "header")[0]


def test_an_entry_that_changes_something_posts():
    register(Entry(label="Sortir", url_name="ui:gallery", place="account", post=True))

    link = links(request(), "account")[0]

    assert '<form method="post"' in link
    assert "csrfmiddlewaretoken" in link


def test_an_entry_may_speak_of_who_reads():
    register(
        Entry(
            label="Compte", url_name="ui:gallery", place="account", text=lambda request: "<Nadia>"
        )
    )

    assert "&lt;Nadia&gt;" in links(request(), "account")[0]


def test_a_kept_link_follows_the_language():
    # Django's own catalogue has this word in both languages.
    register(Entry(label=gettext_lazy("Monday"), url_name="ui:gallery", place="footer"))

    with override("fr"):
        french = links(request(), "footer")[0]
    with override("en"):
        english = links(request(), "footer")[0]

    assert ("lundi" in french, "Monday" in english) == (True, True)

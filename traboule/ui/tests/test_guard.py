"""Robots are refused, and a person whom that stops by mistake sends again and is heard."""

import re
import time

import pytest
from django import forms

from traboule.ui.guard import STAMP, TRAP, Guarded


class Message(Guarded):
    """What a stranger writes."""

    most_links = 1
    text = forms.CharField()


class OtherMessage(Guarded):
    """Another form of the site."""

    text = forms.CharField()


@pytest.fixture(autouse=True)
def _guarded(settings):
    settings.GUARD = True


@pytest.fixture
def later(monkeypatch):
    """Let time pass: ``later(seconds)``."""
    now = time.time()
    return lambda seconds: monkeypatch.setattr(time, "time", lambda: now + seconds)


def stamp_of(form):
    return re.search(rf'name="{STAMP}" value="([^"]+)"', form.guard())[1]


def sent(form=Message, text="Bonjour", **data):
    return form({"text": text, **data})


def why(form):
    return " ".join(form.non_field_errors())


def test_whoever_reads_before_sending_is_heard(later):
    stamp = stamp_of(Message())
    later(3)

    assert sent(**{STAMP: stamp}).is_valid()


def test_what_is_sent_at_once_is_refused_and_the_same_page_sent_again_passes(later):
    form = sent(**{STAMP: stamp_of(Message())})

    assert "très vite" in why(form)
    assert form["text"].value() == "Bonjour"
    again = stamp_of(form)
    later(3)
    assert sent(**{STAMP: again}).is_valid()


def test_two_tabs_and_the_back_button_send_the_same_page_twice(later):
    stamp = stamp_of(Message())
    later(60)

    assert all(sent(text=text, **{STAMP: stamp}).is_valid() for text in ("Une", "Deux"))


def test_a_page_of_the_day_before_is_sent_again(later):
    stamp = stamp_of(Message())
    later(25 * 3600)
    form = sent(**{STAMP: stamp})

    assert "plus d’un jour" in why(form)
    assert stamp_of(form) != stamp


def test_the_line_that_nobody_sees_must_stay_empty_and_comes_back_empty(later):
    stamp = stamp_of(Message())
    later(3)
    form = sent(**{STAMP: stamp, TRAP: "https://exemple.fr"})

    assert "ligne cachée" in why(form)
    assert f'name="{TRAP}" value=""' in form.guard()


@pytest.mark.parametrize("stamp", ["", "1", ":1w:abc", "a:b:c:d", "\0"])
def test_a_stamp_of_nobody_is_refused(stamp):
    assert "vérifier" in why(sent(**{STAMP: stamp}))


def test_the_page_of_one_form_opens_no_other(later):
    stamp = stamp_of(Message())
    later(3)

    assert "vérifier" in why(sent(OtherMessage, **{STAMP: stamp}))


def test_a_message_full_of_addresses_is_refused(later):
    stamp = stamp_of(Message())
    later(3)

    assert sent(text="Voir https://a.fr", **{STAMP: stamp}).is_valid()
    assert "une seule adresse" in why(sent(text="http://a.fr www.b.fr", **{STAMP: stamp}))


@pytest.mark.browser
def test_nobody_sees_the_trap(live_server, page):
    page.goto(f"{live_server.url}/composants/")
    trap = page.locator(f"[name={TRAP}]").first

    assert trap.bounding_box()["x"] < 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

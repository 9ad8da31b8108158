import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from traboule.ui.throttle import client_address, throttled


@throttled(rate="2/h")
def page(request: HttpRequest) -> HttpResponse:
    """A page that may be asked twice an hour."""
    return HttpResponse("page")


@throttled(rate="1/h", methods=("POST",))
def form(request: HttpRequest) -> HttpResponse:
    """A form that may be posted once an hour and read for ever."""
    return HttpResponse("form")


@pytest.fixture
def ask():
    """Send a request from an address."""

    def send(view, method: str = "GET", address: str = "192.0.2.1", **headers) -> HttpResponse:
        request = RequestFactory().generic(method, "/", REMOTE_ADDR=address, **headers)
        request.user = AnonymousUser()
        return view(request)

    return send


def test_whoever_asks_too_much_is_told_to_wait(ask):
    answers = [ask(page) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Vous allez un peu vite" in answers[-1].content.decode()
    assert 1 <= int(answers[-1]["Retry-After"]) <= 3600


def test_one_address_does_not_slow_down_another(ask):
    for _ in range(3):
        ask(page)

    assert ask(page, address="192.0.2.2").status_code == 200


def test_only_the_named_methods_count(ask):
    answers = [ask(form, method).status_code for method in ("GET", "GET", "POST", "POST", "GET")]

    assert answers == [200, 200, 200, 429, 200]


def test_the_forwarded_address_counts_only_behind_our_own_proxy(settings):
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 192.0.2.9"
    )
    settings.SECURE_PROXY_SSL_HEADER = None
    alone = client_address(request)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert (alone, client_address(request)) == ("10.0.0.1", "192.0.2.9")

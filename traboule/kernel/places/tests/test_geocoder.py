"""Addresses are asked over a real socket, of a stand-in that speaks the geocoder's protocol."""

import pytest

from traboule.kernel.places import geocoder, standin
from traboule.kernel.places.models import Commune


@pytest.fixture
def service(communes, settings):
    """The stand-in, running, and named by the settings."""
    with standin.running(standin.towns(Commune.objects.prefetch_related("postal_codes"))) as server:
        settings.GEOCODER_URL = server.url
        yield server


@pytest.mark.usefixtures("service")
def test_an_address_is_found():
    [address] = geocoder.find_address("12 rue Victor-Hugo 38200 Vienne", "38544")

    assert address.label == "12 Rue Victor Hugo 38200 Vienne"
    assert (address.commune_code, address.score) == ("38544", 0.95)
    assert (address.latitude, address.longitude) == pytest.approx((45.5297, 4.8788))


@pytest.mark.usefixtures("service")
def test_a_point_has_an_address():
    assert geocoder.address_at(45.53, 4.87).commune_code == "38544"
    assert geocoder.address_at(0, 0) is None


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize("text", ["zzz", "", "?!", "x" * 5000])
def test_nothing_found_is_an_empty_answer(text):
    assert geocoder.find_address(text) == []


@pytest.mark.parametrize("mode", ["down", "slow", "malformed"])
def test_a_service_in_trouble_is_down(service, mode, monkeypatch):
    monkeypatch.setattr(geocoder, "TIMEOUT_SECONDS", 0.2)
    service.mode = mode

    with pytest.raises(geocoder.GeocoderDown):
        geocoder.find_address("rue Victor Hugo, Vienne")


def test_a_failure_is_tried_once_more(service):
    service.mode = "down"

    with pytest.raises(geocoder.GeocoderDown):
        geocoder.find_address("rue Victor Hugo, Vienne")
    assert service.requests == 2


def test_nobody_listening_is_down(settings):
    settings.GEOCODER_URL = "http://127.0.0.1:9"

    with pytest.raises(geocoder.GeocoderDown):
        geocoder.find_address("rue Victor Hugo, Vienne")


def test_without_a_service_nothing_is_asked(settings):
    settings.GEOCODER_URL = ""

    assert not geocoder.is_available()
    assert geocoder.find_address("rue Victor Hugo, Vienne") == []
    assert geocoder.address_at(45.5, 4.8) is None

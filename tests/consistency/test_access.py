"""Who may open what: every address, with every role, against the reviewed table."""

import tomllib

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import override_settings
from django.urls import reverse

from tests.traps import HouseClient
from tests.world import ROLES, make_person_of, make_sample_space, make_sample_world

from . import house

TABLE = tomllib.loads((house.ROOT / "tests/access.toml").read_text())
WHO = {
    "everyone": ROLES,
    "person": ROLES[1:],
    "member": ("member", "facilitator", "coordinator", "superuser"),
    "facilitator": ("facilitator", "coordinator", "superuser"),
    "coordinator": ("coordinator", "superuser"),
    "editor": ("editor", "superuser"),
    "superuser": ("superuser",),
}


def test_the_table_names_every_address_and_no_other():
    assert list(TABLE) == sorted(TABLE), "keep the table sorted"
    assert set(TABLE) == set(house.addresses())


def test_public_views_are_those_of_the_table():
    public = {
        name
        for name, (pattern, _) in house.addresses().items()
        if not getattr(pattern.callback, "login_required", True)
    }

    assert public == {name for name, who in TABLE.items() if who == "everyone"}


def url_of(name, arguments, world):
    """The address of that name, its arguments taken from the world."""
    kwargs = {}
    for argument in arguments:
        value = world.get(f"{name} {argument}", world.get(argument))
        assert value is not None, f"sample_world has no value for “{name} {argument}”"
        kwargs[argument] = value
    return reverse(name, kwargs=kwargs)


def _opens(client, url):
    """Whether the address opens for this visitor; a page not found is a closed one."""
    response = client.get(url)
    if response.status_code == 405:
        response = client.post(url)
    if response.streaming:
        response.getvalue()  # A file opens once it is read to its end, and closes then.
    if response.status_code in {401, 403, 404}:
        return False
    sign_in = resolve_url(settings.LOGIN_URL)
    return not response.headers.get("Location", "").startswith(f"{sign_in}?")


def _visitor(person):
    client = HouseClient()
    if person:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_the_back_office_is_for_those_who_run_the_installation(person_of):
    opened = set()
    for role in ROLES:
        if _visitor(person_of(role)).get(reverse("admin:index")).status_code == 200:
            opened.add(role)

    assert opened == {"superuser"}


@pytest.fixture(scope="module")
def one_world(django_db_setup, django_db_blocker, tmp_path_factory):
    """The sample space, a value for each argument and the folder of files, made once for all."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media):
            space = make_sample_space()
            values = make_sample_world(space)
        yield space, values, media
        transaction.set_rollback(True)


@pytest.mark.django_db  # Or no database is made when this file runs alone.
@pytest.mark.parametrize("name", house.addresses())
def test_an_address_opens_for_those_of_the_table(name, one_world, settings):
    space, sample_world, settings.MEDIA_ROOT = one_world
    who = TABLE.get(name, ())
    expected = set(who if isinstance(who, list) else WHO.get(who, ()))
    url = url_of(name, house.addresses()[name][1], sample_world)

    opened = set()
    for role in ROLES:
        with transaction.atomic():  # What one of them does, the next one finds undone.
            if _opens(_visitor(make_person_of(space, role)), url):
                opened.add(role)
            transaction.set_rollback(True)

    assert opened == expected, url

"""The traps of ``tests.traps`` close on what they are made for, and on nothing else."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from .traps import OURS


@login_not_required
def writes(request):
    Group.objects.create(name="written while reading")
    return HttpResponse("ok")


@login_not_required
def leaks(request):
    return HttpResponse('<p onclick="x()" style="color:red">{{ name }}</p><script>x()</script>')


@login_not_required
def behaves(request):
    request.session["seen"] = True
    return HttpResponse('<p>ok</p><script src="/x.js"></script>')


urlpatterns = [path("writes/", writes), path("leaks/", leaks), path("behaves/", behaves)]

here = pytest.mark.urls(__name__)


@here
def test_a_get_that_writes_fails(client, db):
    with pytest.raises(AssertionError, match="GET /writes/ writes"):
        client.get("/writes/")


@here
def test_a_post_may_write(client, db):
    assert client.post("/writes/").status_code == 200


@here
def test_a_page_that_leaks_fails_and_says_what(client):
    with pytest.raises(AssertionError) as found:
        client.get("/leaks/")

    for leak in ("template code", "an inline handler", "an inline script", "an inline style"):
        assert leak in str(found.value)


@here
def test_a_session_and_a_script_file_are_no_faults(client, db):
    assert client.get("/behaves/").status_code == 200


def _render(text, **context):
    return engines["django"].from_string(text).render(context)


def test_an_undefined_variable_fails():
    with pytest.raises(AssertionError, match=r"undefined variable \{\{ nam \}\}"):
        _render("{{ nam }}", name="Nadia")


def test_a_condition_may_ask_for_what_is_not_there():
    assert _render("{% if nam %}x{% endif %}{{ name }}", name="Nadia") == "Nadia"


def test_the_back_office_of_django_still_works(client, db, person_of):
    client.force_login(person_of("superuser"))

    assert client.get("/gestion/").status_code == 200


def test_queries_are_counted(count_queries, db):
    assert count_queries("/sante/") == 2  # The tables there are, the migrations applied.


def test_some_rows_in_no_order_fail_in_our_code_only(db):
    Group.objects.create(name="relecture")
    ours = compile("Group.objects.all()[:1]", f"{OURS}/somewhere.py", "eval")

    with pytest.raises(AssertionError, match="slice of Group rows without an order"):
        eval(ours)
    assert [group.name for group in Group.objects.all()[:1]] == ["relecture"]

import pytest
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
def test_x(phone, live_server, assert_accessible):
    phone.goto(live_server.url + "/sante/")
    assert "ok" in phone.content()
    phone.set_content("<html lang=fr><title>x</title><main><h1>x</h1><p>y</p></main></html>")
    assert_accessible(phone)
def test_y(desk, live_server, assert_accessible):
    desk.set_content("<html lang=fr><title>x</title><main><h1>x</h1><img src=x></main></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(desk)
    from traboule.kernel.people.models import Person
    Person.objects.count()

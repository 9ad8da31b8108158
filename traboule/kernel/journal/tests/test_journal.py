import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import AppendOnly, Entry

Person = get_user_model()
pytestmark = pytest.mark.django_db


def test_an_entry_says_who_did_what_for_whom():
    amina = Person.objects.create_person(name="Amina")
    relay = Person.objects.create_person(name="Relais")

    entry = record("sign-up", amina, by=relay, for_=amina, places=2)

    entry.refresh_from_db()
    assert (entry.act, entry.by_key, entry.for_key) == ("sign-up", relay.pk, amina.pk)
    assert (entry.subject_type, entry.subject_key) == ("people.person", str(amina.pk))
    assert entry.details == {"places": 2}


def test_a_visitor_and_nobody_have_no_key():
    amina = Person.objects.create_person(name="Amina")

    entries = [record("read", amina, by=AnonymousUser()), record("read", amina)]

    assert [entry.by_key for entry in entries] == [None, None]


def test_the_journal_finds_what_is_about_a_thing_and_what_someone_did():
    amina = Person.objects.create_person(name="Amina")
    bruno = Person.objects.create_person(name="Bruno")
    first = record("join", amina, by=bruno)
    second = record("sign-in", bruno, by=bruno)

    assert list(Entry.objects.about(amina)) == [first]
    assert list(Entry.objects.by(bruno)) == [second, first]


def test_an_entry_outlives_the_person_and_does_not_repeat_their_name():
    amina = Person.objects.create_person(name="Amina")
    entry = record("join", amina, by=amina)

    amina.delete()

    entry.refresh_from_db()
    assert entry.by_key is not None
    assert "Amina" not in entry.subject_label


def test_no_entry_is_ever_changed_or_deleted():
    entry = record("join", Person.objects.create_person(name="Amina"))

    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        Entry.objects.update(act="other")
    with pytest.raises(AppendOnly):
        Entry.objects.filter(pk=entry.pk).delete()
    with pytest.raises(AppendOnly):
        Entry._base_manager.filter(pk=entry.pk).update(act="other")

    assert list(Entry.objects.values_list("act", flat=True)) == ["join"]


def test_the_back_office_only_reads_the_journal(client):
    samira = Person.objects.create_superuser(name="Samira")
    entry = record("join", samira, by=samira)
    client.force_login(samira)

    pages = {
        "list": client.get(reverse("admin:journal_entry_changelist")).status_code,
        "entry": client.get(reverse("admin:journal_entry_change", args=[entry.pk])).status_code,
        "add": client.get(reverse("admin:journal_entry_add")).status_code,
        "delete": client.get(reverse("admin:journal_entry_delete", args=[entry.pk])).status_code,
    }

    assert pages == {"list": 200, "entry": 200, "add": 403, "delete": 403}

import pytest
from django.urls import reverse
from django.utils import timezone
from traboule.kernel.people import duplicates
from traboule.kernel.people.models import *
from traboule.kernel.people.contacts import *
from traboule.kernel.initiatives.tests.factories import make_initiative, make_person

@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_shots(live_server, client, open_page, assert_accessible):
    amina = Person.objects.create_superuser(name="Amina Benali")
    for k, v, ver, pref in (("mobile","+33612345678",True,True),("email","amina.benali@exemple.fr",False,False),("landline","+33476123456",False,False),("post","4 rue des Tilleuls\n38200 Vienne",False,False)):
        Channel.objects.create(person=amina, kind=k, value=v, verified_at=timezone.now() if ver else None, is_preferred=pref)
    bruno = make_person("Bruno Petit", mobile="+33612345670")
    ask_relay(person=amina, name="Bruno", address="+33612345670", by=amina)
    ask_relay(person=bruno, name="Amina", address="+33612345678", by=bruno)
    nadia = make_person("Nadia")
    ch = ask_relay(person=nadia, name="Amina", address="+33612345678", by=bruno); answer_relay(channel=ch, accepts=True, by=amina)
    org = Organisation.objects.create(name="La Roue du quartier")
    org.kind="association"; org.website="https://exemple.fr"; org.siret="73282932000074"; org.save()
    m = org.memberships.create(person=amina, role="coordinator"); org.memberships.create(person=bruno)
    a = Person.objects.create_person(name="Lina Moreau", channels=["06 12 34 56 90"], birth_year=1984)
    b = Person.objects.create_person(name="Lina", channels=["06 12 34 56 90", "04 76 12 34 57"], birth_year=1984)
    duplicates.merge(kept=make_person("Omar"), absorbed=make_person("Omar K."), by=amina)
    client.force_login(amina)
    cookie = client.cookies["sessionid"].value
    pages = {"me": reverse("people:me"), "wishes": reverse("people:wishes"), "totals": reverse("people:totals"),
      "landline": reverse("people:add-landline"), "relay": reverse("people:add-relay"), "rights": reverse("people:rights"),
      "erase": reverse("people:rights-erase"), "orgs": reverse("people:organisations"), "orgnew": reverse("people:organisation-new"),
      "org": reverse("people:organisation", args=[org.pk]), "orgadd": reverse("people:organisation-add", args=[org.pk]),
      "role": reverse("people:organisation-role", args=[m.pk]), "leave": reverse("people:organisation-leave", args=[m.pk]),
      "dups": reverse("people:duplicates"), "dup": reverse("people:duplicate", args=[a.pk, b.pk]), "register": reverse("privacy")}
    from tests.browser import PHONE, DESK
    from traboule.kernel.people.rights import rights_pdf
    __import__("pathlib").Path("/tmp/w/C2/rights.pdf").write_bytes(rights_pdf(amina))
    bad = []
    for name, vp in (("phone", PHONE), ("desk", DESK)):
        page = open_page(vp)
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        for key, url in pages.items():
            page.goto(live_server.url + url)
            if key == "rights":
                page.locator("details").nth(1).evaluate("d => d.open = true")
                page.locator("details").nth(0).evaluate("d => d.open = true")
            page.screenshot(path=f"/tmp/w/C2/{key}-{name}.png", full_page=True)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"): bad.append((key, name, "wide"))
            try: assert_accessible(page)
            except AssertionError as e: bad.append((key, name, str(e)[:500]))
            if key in ("me", "rights", "dup") and name == "desk":
                page.emulate_media(color_scheme="dark"); page.screenshot(path=f"/tmp/w/C2/{key}-dark.png", full_page=True); page.emulate_media(color_scheme="light")
        if name == "phone":
            Person.objects.filter(pk=amina.pk).update(large_type=True, read_aloud=True)
            for key in ("me", "erase"):
                page.goto(live_server.url + pages[key]); page.screenshot(path=f"/tmp/w/C2/{key}-large.png", full_page=True)
                print(key, page.locator("[data-listen-player]").evaluate_all("l => l.map(e => e.hidden)"))
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"): bad.append((key, "large", "wide"))
            Person.objects.filter(pk=amina.pk).update(large_type=False, read_aloud=False)
    print(bad)
    assert not bad

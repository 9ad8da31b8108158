import pytest
from django.utils import timezone
from traboule.kernel.people.models import *
from .test_oidc import issuer, providers, CLIENTS
from .test_passkeys import plug, enter_as, add_a_key
from tests.browser import PHONE, DESK

@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_shots(open_page, live_server, providers, settings, client, plug, assert_accessible):
    settings.SITE_URL = live_server.url
    base = live_server.url
    fc = providers["signed"] | {"name": "FranceConnect"}
    settings.OIDC_PROVIDERS = {"plain": providers["plain"], "signed": fc, "asks": providers["asks"] | {"issuer": "http://127.0.0.1:9/o"}}
    amina = Person.objects.create_person(name="Amina", channels=[Channel(kind="mobile", value="+33612345678", verified_at=timezone.now())])
    for name, view in (("phone", PHONE), ("desk", DESK)):
        for scheme in ("light", "dark"):
            Person.objects.exclude(pk=amina.pk).delete()
            Passkey.objects.all().delete()
            ExternalIdentity.objects.all().delete()
            page = open_page(view, color_scheme=scheme)
            plug(page)
            def shot(what):
                page.screenshot(path=f"/tmp/w/A1/{what}-{name}-{scheme}.png", full_page=True)
            page.goto(f"{base}/connexion/"); shot("signin")
            page.goto(f"{base}/connexion/cle/"); shot("key")
            page.goto(f"{base}/connexion/")
            page.get_by_role("button", name="Se connecter avec ProConnect").nth(1).click()
            page.get_by_text("ne répond pas").wait_for(); shot("refused"); 
            if scheme == "light" and name == "phone": assert_accessible(page); page.emulate_media(color_scheme=scheme)
            page.goto(f"{base}/connexion/")
            page.get_by_role("button", name="Se connecter avec ProConnect").first.click()
            page.get_by_label("Comment vous appelez-vous").wait_for(); shot("welcome")
            ExternalIdentity.objects.create(person=amina, provider="plain", subject="1")
            page.reload(); shot("enter")
            if scheme == "light" and name == "phone": assert_accessible(page); page.emulate_media(color_scheme=scheme)
            page.get_by_role("button", name="Oui, entrer").click()
            page.goto(f"{base}/moi/cles/"); shot("keys0")
            add_a_key(page, base)
            page.get_by_text("Votre clé est prête").wait_for(); shot("keys1")
            page.goto(f"{base}/moi/cles/ajouter/"); shot("add")
            if scheme == "light" and name == "phone": assert_accessible(page); page.emulate_media(color_scheme=scheme)
            page.goto(f"{base}/moi/cles/")
            page.get_by_role("link", name="Retirer Mon téléphone").click(); shot("remove")
            page.goto(f"{base}/moi/cles/")
            page.get_by_role("button", name="Relier mon compte FranceConnect").click()
            page.get_by_role("button", name="Relier ce compte").wait_for(); shot("link")
            page.goto(f"{base}/moi/"); shot("me")
            page.route("**/o/logout/**", lambda route: route.abort())
            page.get_by_role("button", name="Me déconnecter").click()
            page.wait_for_timeout(300)

from traboule.kernel.notices.tests.test_in_browser import *
from traboule.kernel.notices.tests.conftest import *
import pytest
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
@pytest.mark.parametrize("who,path,name",[("nadia","/messages/","mine"),("awa","/messages/suivi/","queue"),("awa","/messages/courriers/","letters"),("awa","/messages/boite/","box")])
def test_shots(open_page, visit, world, who, path, name):
    from tests.browser import PHONE, DESK
    for vp,n in ((PHONE,"360"),(DESK,"1280")):
        page=open_page(vp)
        visit(page, world[who], path)
        for scheme in ("light","dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"/tmp/w/D/{name}-{n}-{scheme}.png", full_page=True)
def test_pdfs(world, client):
    from traboule.kernel.notices.models import LetterBatch
    client.force_login(world["awa"])
    open("/tmp/w/D/calls.pdf","wb").write(client.get("/messages/suivi/appels.pdf").content)
    client.post("/messages/courriers/")
    open("/tmp/w/D/letters.pdf","wb").write(client.get(LetterBatch.objects.get().get_absolute_url()).content)

"""What arrives in the letter box: one reader, answers to the team, one press to stop."""

from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from django.core import mail
from django.urls import reverse

from traboule.blocks.mailings.models import Letter
from traboule.kernel.notices.delivering import deliver
from traboule.kernel.people import sms

from .factories import make_mailing, make_neighbour, sent


@pytest.fixture
def arrived(space, karim):
    """The e-mails of a letter to two neighbours, as programs read them."""

    def write(**fields):
        for name in ("Ali", "Rose"):
            make_neighbour(space, name, email=f"{name.lower()}@exemple.fr")
        mailing = sent(make_mailing(space, karim, **fields), karim)
        for one in mailing.recipients.order_by("pk"):
            if one.notice.state == "waiting":
                deliver(one.notice.pk, now=one.notice.created_at)
        return [message.message() for message in mail.outbox]

    return write


def parts(message) -> dict[str, str]:
    """What it says, by kind."""
    leaves = [part for part in message.walk() if not part.is_multipart()]
    return {part.get_content_type(): part.get_payload(decode=True).decode() for part in leaves}


def test_a_reply_to_all_reaches_the_team_alone(arrived):
    for message, to in zip(arrived(), ("ali@exemple.fr", "rose@exemple.fr"), strict=True):
        assert message.get_all("To") == [to]
        assert message.get_all("Cc") is message.get_all("Bcc") is None
        assert message.get_all("Reply-To") == ["equipe@exemple.fr"]


def test_the_address_of_the_letter_goes_before_that_of_the_sheet(space, arrived):
    Letter.objects.create(space=space, name="Le Petit Vélo", reply_to="velo@exemple.fr")

    assert arrived()[0]["Reply-To"] == "velo@exemple.fr"


def test_it_comes_under_the_name_of_the_letter(space, arrived):
    Letter.objects.create(space=space, name="La lettre d’à côté\n", reply_to="")

    name, address = parseaddr(str(make_header(decode_header(arrived()[0]["From"]))))

    assert (name, address) == ("La lettre d’à côté", "traboule@localhost")


def test_it_reads_in_words_and_in_html(arrived):
    read = parts(arrived(short_text="Fête samedi.")[0])

    assert set(read) == {"text/plain", "text/html"}
    assert "La fête est samedi à 14 h." in read["text/plain"]
    assert "– apportez une chaise\n– le plan (https://exemple.fr/)" in read["text/plain"]
    assert "<strong>samedi</strong>" in read["text/html"]
    assert "Bonjour Ali" in read["text/plain"]


def test_one_press_stops_it_without_signing_in(space, arrived, client):
    message = arrived()[0]
    address = message["List-Unsubscribe"].strip("<>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in parts(message)["text/plain"]

    client.handler.enforce_csrf_checks = True
    answer = client.post(address.removeprefix("http://127.0.0.1:8000"),
                         {"List-Unsubscribe": "One-Click"})  # fmt: skip

    assert answer.status_code == 200
    assert space.subscriptions.get().state == "ended"


def test_opening_the_link_stops_nothing(space, arrived, client):
    address = arrived()[0]["List-Unsubscribe"].strip("<>")

    page = client.get(address.removeprefix("http://127.0.0.1:8000"))

    assert "Ne plus recevoir" in page.content.decode()
    assert not space.subscriptions.exists()


@pytest.mark.parametrize("token", ["1-1.forged", "x", "1-1", "1-1.é"])
def test_nobody_stops_it_for_another(space, karim, client, token):
    assert client.post(reverse("mailings:unsubscribe", args=[token])).status_code == 404


def test_a_statutory_text_has_no_way_to_stop_and_says_so(arrived):
    message = arrived(nature="statutory")[0]

    assert message["List-Unsubscribe"] is None
    assert "on ne peut pas s’en désinscrire" in parts(message)["text/plain"]


def test_an_sms_is_short_and_says_where_to_read_on_and_how_to_stop(space, karim):
    make_neighbour(space, "Lina", mobile="+33612345601")
    mailing = sent(make_mailing(space, karim, short_text="Fête samedi à 14 h."), karim)
    notice = mailing.recipients.get(means="sms").notice

    deliver(notice.pk, now=notice.created_at.replace(hour=12))

    assert [message["text"] for message in sms.outbox] == [
        f"Fête samedi à 14 h.\nArrêter : répondez STOP\n127.0.0.1:8000/l/{mailing.code}"
    ]

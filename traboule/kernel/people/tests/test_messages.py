import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from traboule.kernel.people import sms
from traboule.kernel.people.channels import NotSent, deliver


class Gateway(ThreadingHTTPServer):
    """A stand-in for an SMS gateway: remembers what it got, answers or hangs up as told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[tuple[dict, dict]] = []
        self.status = 202
        self.hang_up = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/messages"


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.received.append((dict(self.headers), body))
        if self.server.hang_up:
            self.server.hang_up -= 1
            return  # No answer: the connection closes.
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.SMS_BACKEND = "traboule.kernel.people.sms.HttpBackend"
    settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = server.url, "jeton"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_gateway_gets_number_text_and_token(gateway):
    sms.send_sms("+33612345678", "L’atelier ouvre à 9 h.")

    ((headers, body),) = gateway.received
    assert body == {"to": "+33612345678", "text": "L'atelier ouvre à 9 h."}
    assert headers["Authorization"] == "Bearer jeton"


@pytest.mark.parametrize("status", [400, 401, 422, 500])
def test_a_refusal_is_told_and_not_tried_again(gateway, status):
    gateway.status = status

    with pytest.raises(sms.SmsNotSent, match=str(status)):
        sms.send_sms("+33612345678", "Bonjour")

    assert len(gateway.received) == 1


def test_a_broken_connection_is_tried_once_more_under_the_same_key(gateway):
    gateway.hang_up = 1

    sms.send_sms("+33612345678", "Bonjour")

    keys = [headers["Idempotency-Key"] for headers, _ in gateway.received]
    assert len(keys) == 2
    assert keys[0] == keys[1]


def test_a_connection_broken_twice_is_told(gateway):
    gateway.hang_up = 2

    with pytest.raises(sms.SmsNotSent, match="cannot be reached"):
        sms.send_sms("+33612345678", "Bonjour")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", ""])
def test_a_gateway_that_is_down_or_not_set_is_told(settings, url):
    settings.SMS_BACKEND = "traboule.kernel.people.sms.HttpBackend"
    settings.SMS_GATEWAY_URL = url

    with pytest.raises(NotSent):
        deliver("mobile", "+33612345678", subject="", text="Bonjour")


def test_the_file_back_end_adds_a_line_a_message(settings, tmp_path):
    settings.SMS_BACKEND = "traboule.kernel.people.sms.FileBackend"
    settings.SMS_FILE = tmp_path / "sms.jsonl"

    sms.send_sms("+33612345678", "Un")
    sms.send_sms("+33612345678", "Deux")

    lines = [json.loads(line) for line in settings.SMS_FILE.read_text().splitlines()]
    assert [(line["to"], line["text"]) for line in lines] == [
        ("+33612345678", "Un"),
        ("+33612345678", "Deux"),
    ]


def test_the_console_back_end_shows_the_message(settings, capsys):
    settings.SMS_BACKEND = "traboule.kernel.people.sms.ConsoleBackend"

    sms.send_sms("+33612345678", "Bonjour")

    assert capsys.readouterr().out.startswith("SMS → +33612345678\nBonjour\n")


def test_a_message_without_rare_signs_costs_one_sms(settings):
    sms.outbox.clear()

    sms.send_sms("+33612345678", "Ce n’est pas « grave »\u00a0: œuvre…")

    assert sms.outbox[0]["text"] == 'Ce n\'est pas "grave" : oeuvre...'


class _Letters(Message):
    """Keeps the messages that reach the SMTP server."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list = []

    def handle_message(self, message: object) -> None:
        self.messages.append(message)


def test_an_email_travels_through_a_real_smtp_server(settings):
    letters = _Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(letters, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port

    assert deliver("email", "marie@exemple.fr", subject="Votre code", text="À bientôt")
    server.stop()

    (message,) = letters.messages
    assert message["To"] == "marie@exemple.fr"
    assert message["Subject"] == "Votre code"
    assert message.get_payload(decode=True).decode().strip() == "À bientôt"


def test_an_smtp_server_that_is_down_is_told(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    with pytest.raises(NotSent):
        deliver("email", "marie@exemple.fr", subject="Votre code", text="À bientôt")

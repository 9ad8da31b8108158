"""A stand-in for Urssaf, for demonstrations and tests: nothing leaves the machine.

It speaks the two services with their token, remembers what it is told, and moves requests for
payment on by a clock that one may push. Its page shows all of it, and answers as a household or a
bank would.
"""

import datetime
import itertools
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from traboule.engines.payroll import Basis, Case, Unusable, payslip

from .access import TOKEN_PATH
from .advance import BASE, DUPLICATE, ENROLLED, ENROLLING
from .fields import word

MODES = ("normal", "down", "slow", "busy")
SLOW_SECONDS = 30.0
TOKEN_SECONDS = 3600
A_MOMENT = Decimal("0.01")
"""Hours, for a sum that pays none: the engine wants some."""
TWO_DAYS = datetime.timedelta(hours=48)
STEPS = {
    "10": (datetime.timedelta(hours=1), "20"),
    "20": (TWO_DAYS, "30"),
    "30": (TWO_DAYS, "50"),
    "50": (TWO_DAYS, "70"),
}
"""How long a request for payment stays in a state, and what follows: silence of 48 h is a yes."""

Answer = tuple[int, Any]


@dataclass
class Bill:
    """A request for payment."""

    id: str
    said: dict[str, Any]
    since: datetime.datetime
    state: str = "10"
    reject: str = ""

    def as_json(self) -> dict[str, Any]:
        """As a search gives it."""
        return {
            "idDemandePaiement": self.id,
            "demandePaiement": self.said,
            "statut": {"code": self.state, "libelle": ""},
            "infoRejet": {"code": self.reject, "commentaire": ""} if self.reject else None,
        }


@dataclass
class Books:
    """All that it remembers."""

    tokens: dict[str, datetime.datetime] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    bills: dict[str, Bill] = field(default_factory=dict)
    mandates: set[str] = field(default_factory=set)
    declarations: dict[str, dict[str, Any]] = field(default_factory=dict)


class StandIn(ThreadingHTTPServer):
    """The server. ``refuses`` is the code with which all that is sent is refused, if any.

    ``ahead`` is how far its clock is pushed, ``more`` what it counts beyond us, in euros,
    ``unpaid`` whether banks say no.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int = 0, mode: str = "normal") -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.mode, self.refuses = mode, ""
        self.ahead = datetime.timedelta()
        self.more, self.unpaid = Decimal(0), False
        self.books, self.lock = Books(), threading.RLock()
        self.requests: list[str] = []
        self._numbers = itertools.count(1)

    @property
    def url(self) -> str:
        """What ``TRABOULE_URSSAF_URL`` should say."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def now(self) -> datetime.datetime:
        """By its own clock."""
        return datetime.datetime.now(datetime.UTC) + self.ahead

    def number(self, kind: str) -> str:
        """Another number of its own."""
        return f"{kind}{next(self._numbers):08d}"

    def token(self) -> Answer:
        """An hour."""
        token = secrets.token_hex(16)
        self.books.tokens[token] = self.now + datetime.timedelta(seconds=TOKEN_SECONDS)
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}

    def knows(self, token: str) -> bool:
        """Whether a token is its own, and still good."""
        return self.books.tokens.get(token, self.now) > self.now

    def answer_enrolment(self, client: str, state: str = ENROLLED) -> None:
        """What a household does with Urssaf's message."""
        self.books.people[client]["state"] = state

    def answer_bill(self, number: str, state: str, reject: str = "") -> None:
        """What a household, a bank or Urssaf makes of a request."""
        bill = self.books.bills[number]
        bill.state, bill.reject, bill.since = state, reject, self.now

    def grow(self, bill: Bill) -> Bill:
        """Move it on as far as the clock goes."""
        while bill.state in STEPS and self.now - bill.since >= STEPS[bill.state][0]:
            wait, state = STEPS[bill.state]
            bill.since += wait
            bill.state = "60" if state == "70" and self.unpaid else state
        return bill


@contextmanager
def running(mode: str = "normal") -> Iterator[StandIn]:
    """A stand-in on a free port of this machine, for as long as the block lasts."""
    server = StandIn(mode=mode)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _error(code: str) -> Answer:
    return 400, [{"code": code, "message": f"message de {code}", "description": ""}]


def enrol(server: StandIn, said: Any) -> Answer:
    """``POST particulier``."""
    if not str(said.get("coordonneeBancaire", {}).get("iban", "")).startswith("FR76"):
        return _error("ERR_COORDONNEES_BANCAIRES")
    client = server.number("CLI")
    born = str(said.get("dateNaissance", ""))[:10]
    server.books.people[client] = {"state": ENROLLING, "born": born}
    return 200, {"idClient": client}


def enrolment(server: StandIn, query: dict[str, str]) -> Answer:
    """``GET particulier``."""
    known = server.books.people.get(query.get("idClient", ""))
    if known is None:
        return _error("ERR_RECHERCHE_PARTICULIER")
    return 200, {"statut": {"code": known["state"], "etat": "", "description": ""}}


def bill(server: StandIn, said: Any) -> Answer:
    """``POST demandePaiement``: an answer for each, with its errors."""
    answers = []
    for one in said:
        if code := _wrong(server, one):
            errors = _error(code)[1]
            answers.append({"numFactureTiers": one.get("numFactureTiers"), "errors": errors})
            continue
        made = Bill(id=server.number("DP"), said=one, since=server.now)
        server.books.bills[made.id] = made
        answers.append({"idDemandePaiement": made.id, "statut": "10", "errors": []})
    return 200, answers


def _wrong(server: StandIn, one: dict[str, Any]) -> str:
    """The first rule of Urssaf's that a request breaks."""
    person = server.books.people.get(one["idClient"], {})
    begins, ends = one["dateDebutEmploi"][:10], one["dateFinEmploi"][:10]
    lines = one["inputPrestations"]
    sums = [Decimal(str(line["mntPrestationTTC"])) for line in lines]
    products = [
        Decimal(str(line["quantite"])) * Decimal(str(line["mntUnitaireTTC"])) for line in lines
    ]
    known = {bill.said["numFactureTiers"] for bill in server.books.bills.values()}
    rules = {
        "ERR_PARTICULIER_INCONNU": person.get("born") != one["dateNaissanceClient"][:10],
        "ERR_LIEN_PARTICULIER_PRESTATAIRE": person.get("state") != ENROLLED,
        DUPLICATE: one["numFactureTiers"] in known,
        "ERR_PERIODE_EMPLOI_MOIS_NON_UNIQUE": begins[:7] != ends[:7],
        "ERR_DATE_FIN_AVANT_DATE_DEB": ends < begins,
        "ERR_CODE_NATURE": not all(line["codeNature"] for line in lines),
        "ERR_MNT_PREST_TTC": products != sums,
        "ERR_TOTAL_PRESTATIONS": sum(sums, Decimal()) != Decimal(str(one["mntFactureTTC"])),
    }
    return next((code for code, broken in rules.items() if broken), "")


def search(server: StandIn, said: Any) -> Answer:
    """``POST demandePaiement/rechercher``: ten at most."""
    ids, numbers = said.get("idDemandePaiements", []), said.get("numFactureTiers", [])
    if not ids and not numbers:
        return _error("ERR_CRITERE_RECHERCHE_VIDE")
    if len(ids) > 10:
        return _error("ERR_NBRE_MAX_RESULTAT")
    found = [
        server.grow(one).as_json()
        for one in server.books.bills.values()
        if one.id in ids or one.said["numFactureTiers"] in numbers
    ]
    return 200, {"infoDemandePaiements": found}


def sign(server: StandIn, said: Any) -> Answer:
    """A mandate is recorded."""
    server.books.mandates.add(said[word("employer_number")])
    return 201, None


def estimate(server: StandIn, said: Any) -> Answer:
    """What Urssaf counts: by our own engine, which stands for its own, and ``more``."""
    if said[word("employer_number")] not in server.books.mandates:
        return _error("ERR_MANDAT_INCONNU")
    case = Case(
        month=said[word("begins_on")][:7],
        basis=Basis.NET_MONTH,
        rate=Decimal(str(said[word("net_total")])),
        hours=Decimal(str(said[word("hours")])) or A_MOMENT,
    )
    try:
        due = payslip(case).due
    except Unusable:
        return _error("ERR_SALAIRE_MINIMUM")
    return 200, {word("due"): float(due + server.more)}


def declare(server: StandIn, said: Any) -> Answer:
    """A wage is declared, once for a reference."""
    reference = said[word("reference")]
    if known := server.books.declarations.get(reference):
        return 409, [{"code": word("duplicate"), **known}]
    if said[word("employer_number")] not in server.books.mandates:
        return _error("ERR_MANDAT_INCONNU")
    made = {word("number"): server.number("CESU")}
    server.books.declarations[reference] = made | {"said": said}
    return 201, made


ADVANCE = {
    f"{BASE}/particulier": enrol,
    f"{BASE}/demandePaiement": bill,
    f"{BASE}/demandePaiement/rechercher": search,
}
CESU = {"mandates": sign, "estimates": estimate, "declarations": declare}


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_GET(self) -> None:
        """Show the page, or answer."""
        if self.path == "/":
            self._give(200, _page(self.server).encode(), "text/html; charset=utf-8")
        else:
            self._serve(None)

    def do_POST(self) -> None:
        """Take what is sent, or do what the page's buttons say."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/":
            self._press(body.decode())
        else:
            self._serve(body)

    def do_DELETE(self) -> None:
        """Let a mandate go."""
        self._serve(None)

    def _serve(self, body: bytes | None) -> None:
        address = urlsplit(self.path)
        self.server.requests.append(f"{self.command} {address.path}")
        if self.server.mode == "slow":
            time.sleep(SLOW_SECONDS)
        if self.server.mode == "down":
            self._answer(503, {"code": "MAINTENANCE"})
        elif self.server.mode == "busy":
            self._answer(429, None, {"Retry-After": "7200"})
        elif address.path == TOKEN_PATH:
            self._answer(*self.server.token())
        elif not self.server.knows(self.headers.get("Authorization", "").removeprefix("Bearer ")):
            self._answer(401, {"code": "TOKEN"})
        else:
            with self.server.lock:
                self._answer(*self._found(address.path, parse_qs(address.query), body))

    def _found(self, path: str, query: dict[str, list[str]], body: bytes | None) -> Answer:
        if self.command == "DELETE" and path.startswith(f"{word('mandates')}/"):
            self.server.books.mandates.discard(unquote(path.rpartition("/")[2]))
            return 204, None
        if self.command == "GET" and path == f"{BASE}/particulier":
            return enrolment(self.server, {key: values[0] for key, values in query.items()})
        posts = ADVANCE | {word(key): answers for key, answers in CESU.items()}
        serve = posts.get(path) if self.command == "POST" else None
        if serve is None:
            return 404, {"code": "INCONNU"}
        if self.server.refuses and not path.endswith("rechercher"):
            return _error(self.server.refuses)
        return serve(self.server, json.loads(body or b"{}"))

    def _press(self, body: str) -> None:
        told = {key: values[0] for key, values in parse_qs(body).items()}
        with self.server.lock:
            if "hours" in told:
                self.server.ahead += datetime.timedelta(hours=int(told["hours"]))
            elif "mode" in told:
                self.server.mode = told["mode"]
            elif "client" in told:
                self.server.answer_enrolment(told["client"], told["state"])
            elif "bill" in told:
                self.server.answer_bill(told["bill"], told["state"], told.get("reject", ""))
        self.send_response(303)
        self.send_header("Location", "/")
        self.end_headers()

    def _answer(self, status: int, said: Any, headers: dict[str, str] | None = None) -> None:
        data = b"" if said is None else json.dumps(said).encode()
        self._give(status, data, "application/json", headers)

    def _give(
        self, status: int, data: bytes, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        try:
            self.send_response(status)
            for name, value in {"Content-Type": kind, **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except ConnectionError:
            pass  # The client did not wait: that is what « slow » is for.

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent: the page shows what came."""


STYLE = (
    "body{font:1.1rem/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}button{font:inherit;min-height:3rem;padding:0 .8rem;margin:.2rem}"
)


def _page(server: StandIn) -> str:
    books = server.books
    people = "".join(
        f"<li>{escape(key)} : {escape(one['state'])} "
        + _button({"client": key, "state": ENROLLED}, "Dire oui")
        + _button({"client": key, "state": "APPAREILLAGE_NF"}, "Ne pas répondre")
        for key, one in books.people.items()
    )
    bills = "".join(
        f"<li>{escape(one.id)} : {server.grow(one).state} "
        + _button({"bill": one.id, "state": "30"}, "Accepter")
        + _button({"bill": one.id, "state": "40", "reject": "CONTEST_ERR_FACT"}, "Refuser")
        + _button({"bill": one.id, "state": "60"}, "La banque refuse")
        for one in books.bills.values()
    )
    declared = "".join(
        f"<li>{escape(reference)} : {escape(one[word('number')])}"
        for reference, one in books.declarations.items()
    )
    modes = "".join(_button({"mode": mode}, mode) for mode in MODES)
    return (
        '<!doctype html><html lang="fr"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Urssaf de démonstration</title>'
        f"<style>{STYLE}</style><h1>Urssaf de démonstration</h1>"
        f"<p>Il est {server.now:%d/%m/%Y %H:%M} UTC ici. Mode : {server.mode}.</p>"
        + _button({"hours": "48"}, "Avancer de 48 heures") + modes
        + f"<h2>Inscriptions</h2><ul>{people}</ul><h2>Demandes de paiement</h2><ul>{bills}</ul>"
        f"<h2>Mandats</h2><p>{escape(', '.join(sorted(books.mandates)))}</p>"
        f"<h2>Déclarations Cesu</h2><ul>{declared}</ul></html>"
    )  # fmt: skip


def _button(told: dict[str, str], label: str) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{k}" value="{escape(v)}">' for k, v in told.items()
    )
    return f'<form method="post" style="display:inline">{hidden}<button>{label}</button></form>'

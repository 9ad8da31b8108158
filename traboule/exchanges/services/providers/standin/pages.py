"""The pages of the stand-in, where one pays or opens an account as people would at Stripe's.

On the first one, a payment is disputed as at one's bank.
"""

from html import escape

from .books import DECLINES, Books, Refusal, Thing

STYLE = """
:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; }
input, button { font: inherit; min-height: 3rem; padding: 0 .8rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .6rem; }
"""


def pay_page(books: Books, id: str, said: dict[str, str]) -> str:
    """The page of a session, or the address to go back to. Raises Refusal once it is closed."""
    session = books.get(id, "checkout.session")
    if said.get("do") == "cancel":
        return str(session["cancel_url"])
    problem = ""
    if said.get("do") == "pay":
        try:
            with books.lock:
                return str(books.pay(id, said.get("card", ""))["success_url"])
        except Refusal as refusal:
            problem = f"<p role='alert'>{escape(str(refusal))}</p>"
    if session["status"] != "open":
        raise Refusal(400, "Cette page est fermée.")
    refused = ", ".join(DECLINES)
    return _page(
        f"{escape(session['name'])} : {_euros(session['amount_total'])}",
        f"{problem}<form method='post'><label>Carte <input name='card' inputmode='numeric' "
        "value='4242 4242 4242 4242'></label><button name='do' value='pay'>Payer</button>"
        "<button name='do' value='cancel'>Refuser</button></form>"
        f"<p><small>Cartes refusées, pour essayer : {refused}.</small></p>",
    )


def account_page(books: Books, id: str, said: dict[str, str]) -> str:
    """The page where a worker opens an account, or the address to go back to."""
    link = books.get(id, "account_link")
    if said.get("do") == "later":
        return str(link["return_url"])
    if said.get("do") == "ready":
        with books.lock:
            books.ready(link["account"])
        return str(link["return_url"])
    return _page(
        "Ouvrir un compte pour recevoir son argent",
        "<p>Ici, Stripe demanderait l’identité et le RIB.</p>"
        "<form method='post'><button name='do' value='ready'>C’est dit</button>"
        "<button name='do' value='later'>Plus tard</button></form>",
    )


def disputes_page(books: Books, said: dict[str, str]) -> str:
    """What was taken, to be disputed as at one's bank, and what the bank then says of it.

    The address to come back to once something is done. Raises Refusal when it cannot be.
    """
    with books.lock:
        match said:
            case {"do": "dispute" | "warning" as do, "id": charge}:
                books.dispute(charge, warning=do == "warning")
                return f"{books.here}/"
            case {"do": "won" | "lost" as do, "id": dispute}:
                books.settle(dispute, won=do == "won")
                return f"{books.here}/"
        lines = [_taken(books, one) for one in books.things.values() if one.get("captured")]
    return _page("Ce qui est payé", "".join(lines) or "<p>Rien encore.</p>")


def _taken(books: Books, charge: Thing) -> str:
    """A line, and what can be done with it."""
    disputes = books.disputes(charge["payment_intent"])
    words, id, acts = "payé", charge["id"], {"dispute": "Contester", "warning": "S’étonner"}
    if disputes:
        words, id = f"contesté ({disputes[0]['status']})", disputes[0]["id"]
        over = disputes[0]["status"] in ("won", "lost", "warning_closed")
        acts = {} if over else {"won": "Donner raison à l’association", "lost": "Donner tort"}
    buttons = [f"<button name='do' value='{do}'>{label}</button>" for do, label in acts.items()]
    return (
        f"<form method='post'>{_euros(charge['amount_captured'])} : {words}"
        f"<input type='hidden' name='id' value='{id}'>{''.join(buttons)}</form>"
    )


def _euros(cents: int) -> str:
    return f"{cents / 100:.2f} €".replace(".", ",")


def closed_page(title: str) -> str:
    """A page with nothing to do."""
    return _page(escape(title), "")


def _page(title: str, content: str) -> str:
    return (
        '<!doctype html><html lang="fr"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style>"
        f"<small>Stripe de démonstration : aucun argent ne bouge.</small><h1>{title}</h1>"
        f"{content}</html>"
    )

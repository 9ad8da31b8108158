"""Going through the interview in a browser, one question a screen."""

import re
from typing import Any

from playwright.sync_api import Page, expect

TITLE = "Le café des claviers"
CONTACT = "06 12 34 56 78"

STORY: dict[str, dict[str, Any]] = {
    "nom": {
        "Son nom": TITLE,
        "En une phrase": "À Rillieux-la-Pape, des voisins s’aident à écrire sur ordinateur.",
    },
    "lieu": {"Votre commune": "Rillieux-la-Pape"},
    "theme": {"Apprendre": True},
    "porteur": {
        "Le nom de l’association, du groupe ou du service": "Les voisins du 14",
        "Groupe d’habitants": True,
    },
    "etat": {"Elle est en cours": True, "Depuis quand ?": "juin 2023"},
    "public": {},
    "recit": {"Que se passe-t-il, concrètement ?": "Le mardi, on pose un clavier sur la table."},
    "outils": {},
    "resultats": {},
    "moyens": {},
    "lecons": {},
    "image": {},
    "contact": {},
    "rappel": {"Votre nom ou votre prénom": "Karim", "Où vous joindre ?": CONTACT},
}
"""What is answered to each question: texts to type and choices to tick, by their label."""


def start(page: Page, site: str) -> None:
    """Begin a sheet."""
    page.goto(f"{site}/contribuer/")
    page.get_by_role("button", name="Commencer").click()


def at(page: Page, question: str) -> None:
    """Wait until this question is asked."""
    expect(page).to_have_url(re.compile(f"/{question}/$"))


def answer(page: Page, question: str) -> None:
    """Wait for the question and give the story's answer."""
    at(page, question)
    fill(page, question)


def fill(page: Page, question: str) -> None:
    """Type and tick what the story answers to a question."""
    for label, value in STORY[question].items():
        if value is True:
            page.get_by_label(label).first.check()
        else:
            page.get_by_label(label).first.fill(value)


def go_on(page: Page) -> None:
    """Press « Continuer »."""
    page.get_by_role("button", name="Continuer").click()


def tell(page: Page, *, until: str = "rappel") -> None:
    """Answer the questions from the first one until this one, which is answered too."""
    keys = list(STORY)
    for question in keys[: keys.index(until) + 1]:
        answer(page, question)
        go_on(page)

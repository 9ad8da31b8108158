"""The camera of the guide: pages to look at, papers to print, and pictures that weigh little."""

# ruff: noqa: S101, S603, S607, T201 - a tool for whoever keeps the guide, not a part of Traboule.

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page

HERE = Path(__file__).parent
DATA = Path(os.environ["TRABOULE_DATA"])
SMS = "traboule.kernel.people.sms.FileBackend"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
COLOURS = 96
HEAVIEST = 150_000
PATIENCE = 90_000
"""Milliseconds: the machine may be busy."""


def open_page(browser: Browser, size: dict[str, int]) -> Page:
    """A page of a person's own, on a telephone or a desk."""
    phone = size == PHONE
    context = browser.new_context(
        viewport=size, locale="fr", is_mobile=phone, has_touch=phone, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def command(*words: str) -> str:
    """Run a command of the installation whose data folder this is; what it said."""
    line = [sys.executable, "-m", "traboule.config.command", *words]
    settings = os.environ | {"TRABOULE_SMS_BACKEND": SMS, "PYTHONPATH": str(HERE)}
    return subprocess.run(line, check=True, env=settings, stdout=subprocess.PIPE, text=True).stdout


def inside(act: str, *, of: str = "quartier") -> Any:
    """Do something inside the installation, and hear what it answers."""
    code = f"import json, {of}; print(json.dumps({of}.{act}))"
    return json.loads(command("shell", "--verbosity=0", "--no-imports", "-c", code))


def last_message(about: str = "") -> str:
    """The words of the SMS that left last, or of the last that says this."""
    texts = [json.loads(line)["text"] for line in (DATA / "sms.jsonl").read_text().splitlines()]
    return [text for text in texts if about in text][-1]


def come_in(page: Page, number: str, *, name: str = "") -> None:
    """Where the page asks who comes in: a number, the code of the SMS, for newcomers a name."""
    page.get_by_label("Votre numéro de téléphone").fill(number)
    page.get_by_role("button", name="Recevoir un code").click()
    digits = page.get_by_label("Le code reçu")
    digits.fill(re.search(r"\b\d{6}\b", last_message("Votre code"))[0])
    page.get_by_role("button", name="Continuer").click()
    if name:
        page.get_by_label("Comment vous appelez-vous ?").fill(name)
        page.get_by_role("button", name="Entrer").click()


def scroll_to(target: Locator) -> None:
    """Bring something near the top of the window."""
    target.evaluate("element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 24)")


def keep(page: Page, name: str, *, height: int = 0) -> None:
    """What the window shows, or would show if it were that high."""
    size = page.viewport_size
    if height:
        page.set_viewport_size(size | {"height": height})
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")
    write(Image.open(io.BytesIO(page.screenshot())), name)
    page.set_viewport_size(size)


def keep_paper(pdf: bytes, name: str, *, dots: int, top: float = 1) -> None:
    """The first page of a PDF, so many dots an inch; or only that much of its top."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page"
        file.with_suffix(".pdf").write_bytes(pdf)
        subprocess.run(
            ["pdftoppm", "-r", str(dots), "-png", "-singlefile", f"{file}.pdf", file], check=True
        )
        page = Image.open(file.with_suffix(".png"))
        write(page.crop((0, 0, page.width, round(page.height * top))), name)


def write(image: Image.Image, name: str) -> None:
    """Few colours are enough for a flat page, and weigh a third."""
    file = HERE / f"{name}.png"
    image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    weight = file.stat().st_size
    assert weight <= HEAVIEST, f"{file.name} weighs {weight} bytes"
    print(f"{file.name}  {image.width} × {image.height}  {weight // 1000} kB")

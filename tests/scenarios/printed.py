"""What comes out of the printer, read back."""

import io
from typing import Any

from pypdf import PdfReader


def words_of(pdf: bytes) -> str:
    """The words of a PDF, whatever the spaces between them."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def printed(page: Any, label: str) -> str:
    """The words of the PDF to which a link of the page leads."""
    address = page.get_by_role("link", name=label).get_attribute("href")
    response = page.request.get(address)
    assert response.headers["content-type"] == "application/pdf"
    return words_of(response.body())

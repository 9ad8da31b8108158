"""Markdown written by people, as HTML that is safe to show."""

import nh3
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "blockquote", "code", "hr"}
_parser = MarkdownIt("commonmark", {"breaks": True, "linkify": False, "html": False})
_parser.disable(["image", "html_block", "html_inline"])


def render(text: str) -> str:
    """HTML of some Markdown: paragraphs, lists, links and little headings; nothing that acts."""
    html = _parser.render(text)
    for level in (2, 1):  # Our own pages already use the higher headings.
        html = html.replace(f"<h{level}>", f"<h{level + 2}>").replace(
            f"</h{level}>", f"</h{level + 2}>"
        )
    return nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}
    )

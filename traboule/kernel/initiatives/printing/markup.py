"""Our Markdown as a tree of plain values, which a template draws: no text is ever code there."""

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Node = dict[str, Any]
"""``{"t": kind, "c": children}``; kinds of blocks: p h ul ol quote code, inside: text strong…"""

_parser = MarkdownIt("commonmark", {"breaks": True, "html": False})
_parser.disable(["image", "html_block", "html_inline"])
_SCHEMES = ("http://", "https://", "mailto:", "tel:")
_INLINE = {"strong": "strong", "em": "em"}


def blocks(text: str) -> list[Node]:
    """The blocks of some Markdown, as lists, dictionaries, strings and numbers only."""
    return list(_blocks(SyntaxTreeNode(_parser.parse(text)).children))


def _blocks(nodes: list[SyntaxTreeNode]) -> Iterator[Node]:
    for node in nodes:
        match node.type:
            case "paragraph":
                yield {"t": "p", "c": _inline_of(node)}
            case "heading":
                yield {"t": "h", "c": _inline_of(node)}
            case "bullet_list":
                yield {"t": "ul", "c": _items(node)}
            case "ordered_list":
                start = min(int(node.attrGet("start") or 1), 9999)
                yield {"t": "ol", "start": start, "c": _items(node)}
            case "blockquote":
                yield {"t": "quote", "c": list(_blocks(node.children))}
            case "fence" | "code_block":
                yield {"t": "p", "c": [{"t": "text", "s": node.content.rstrip()}]}


def _items(node: SyntaxTreeNode) -> list[list[Node]]:
    return [list(_blocks(item.children)) for item in node.children]


def _inline_of(node: SyntaxTreeNode) -> list[Node]:
    return [part for inline in node.children for part in _inline(inline.children)]


def _inline(nodes: list[SyntaxTreeNode]) -> Iterator[Node]:
    for node in nodes:
        match node.type:
            case "text" | "code_inline":
                yield {"t": "text", "s": node.content}
            case "softbreak" | "hardbreak":
                yield {"t": "br"}
            case "strong" | "em":
                yield {"t": _INLINE[node.type], "c": list(_inline(node.children))}
            case "link":
                yield from _link(node)


def _link(node: SyntaxTreeNode) -> Iterator[Node]:
    """A link that leads out of the page by a known way; any other is only its words."""
    address = str(node.attrGet("href") or "")
    words = list(_inline(node.children))
    if address.startswith(_SCHEMES) and words:
        yield {"t": "a", "href": address, "c": words}
    else:
        yield from words

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
DEEPEST = 4
"""Lists and quotations within each other; deeper ones are drawn as plain paragraphs."""
_INLINE = {"strong": "strong", "em": "em"}


def blocks(text: str) -> list[Node]:
    """The blocks of some Markdown, as lists, dictionaries, strings and numbers only."""
    return list(_blocks(SyntaxTreeNode(_parser.parse(text)).children))


def _blocks(nodes: list[SyntaxTreeNode], depth: int = 0) -> Iterator[Node]:
    for node in nodes:
        match node.type:
            case "paragraph":
                yield {"t": "p", "c": _inline_of(node)}
            case "heading":
                yield {"t": "h", "c": _inline_of(node)}
            case "blockquote" | "bullet_list" | "ordered_list" if depth == DEEPEST:
                yield from _words_within(node)
            case "bullet_list":
                yield {"t": "ul", "c": _items(node, depth)}
            case "ordered_list":
                start = min(int(node.attrGet("start") or 1), 9999)
                yield {"t": "ol", "start": start, "c": _items(node, depth)}
            case "blockquote":
                yield {"t": "quote", "c": list(_blocks(node.children, depth + 1))}
            case "fence" | "code_block":
                yield {"t": "p", "c": [{"t": "text", "s": node.content.rstrip()}]}


def _items(node: SyntaxTreeNode, depth: int) -> list[list[Node]]:
    return [list(_blocks(item.children, depth + 1)) for item in node.children]


def _words_within(node: SyntaxTreeNode) -> Iterator[Node]:
    """The paragraphs of what is nested too deep to draw."""
    for inner in node.walk():
        if inner.type in {"paragraph", "heading"}:
            yield {"t": "p", "c": _inline_of(inner)}


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

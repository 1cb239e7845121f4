"""A web page as the text a person copies from it: headings, items, rows and paragraphs as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from atalaya.model.errors import BadInput, Place

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEFT_OUT = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "aside",
        "footer",
        "head",
        "iframe",
        "button",
    )
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
        "form",
        "fieldset",
        "address",
        "hr",
        "details",
        "summary",
    ]
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_COPYRIGHT = re.compile(r"©|\(c\) ?\d{4}|\bcopyright\b", re.IGNORECASE)
_TAB = re.compile(r"\s+[|–—·-]\s+")
_TAGS = re.compile(r"(?:(?:post|entry|article|node|field)[-_])?tags?(?:[-_](?:links?|list|cloud))?")
_DEEPEST = 200  # nested elements: deeper pages are made to break readers


def page_text(payload: bytes, name: str) -> str:
    """Give a page's text, one block a line.

    Args:
        payload: The page's bytes; its encoding is the one it declares, else UTF-8.
        name: The file's name, for messages.

    Returns:
        Lines: headings with ``#``, items with a bullet or their number, rows between bars.

    Raises:
        BadInput: The page has no text, or is nested too deeply to be one.
    """
    from lxml import etree, html

    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", payload[:2048])
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        parser = html.HTMLParser(encoding=encoding, remove_comments=True, remove_pis=True)
        root = html.document_fromstring(payload, parser=parser)
    except (etree.ParserError, LookupError) as error:
        raise _no_text(name) from error
    lines = [line for line in _lines(root, 0) if line.strip()]
    if not lines:
        raise _no_text(name)
    lines = [*_site(root), *lines]
    return "\n".join(lines) + "\n"


def _site(root: HtmlElement) -> Iterator[str]:
    """Give the name of the site, which its pages show in the tab beside their title."""
    heading = root.find(".//h1")
    title = root.findtext(".//title") or ""
    parts = [_plain([one]) for one in _TAB.split(title)]
    if len(parts) > 1 and heading is not None and parts[-1] not in heading.text_content():
        yield parts[-1]
        yield ""


def _no_text(name: str) -> BadInput:
    return BadInput(
        "this page holds no text",
        do="open it in a browser and copy what it shows",
        where=Place(name),
    )


def _lines(element: HtmlElement, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise BadInput(
            f"elements are nested more than {_DEEPEST} deep",
            why="no page that people read is built so",
            do="open it in a browser and copy what it shows",
        )
    held: list[str] = [element.text or ""]
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if _is_left_out(child, name):
            if name == "footer":
                yield from _holder(child)
        elif name == "br":
            yield _plain(held)
            held = []
        elif name == "tr":
            yield _plain(held)
            held = []
            yield (
                "| "
                + " | ".join(_cell(one, depth) for one in child if one.tag in ("td", "th"))
                + " |"
            )
        elif name in _BLOCKS:
            yield _plain(held)
            held = []
            yield from _marked(child, name, depth)
        else:
            inner = [*_lines(child, depth + 1)]
            if len(inner) > 1:
                held.append(inner[0])
                yield _plain(held)
                yield from inner[1:-1]
                held = [inner[-1]]
            else:
                held += inner
        held.append(_between(child))
    yield _plain(held)


def _is_left_out(element: HtmlElement, name: str) -> bool:
    """Whether an element is of the page; the foot of an article is of the article."""
    if name == "footer":
        return not any(one.tag in ("article", "main") for one in element.iterancestors())
    return name in _LEFT_OUT


def _holder(footer: HtmlElement) -> Iterator[str]:
    """Give the line of a page's foot that says whose page it is."""
    for words in footer.itertext():
        if _COPYRIGHT.search(words):
            yield _plain([words])
            return


def _between(element: HtmlElement) -> str:
    """Give what stands behind an element; links in a row are parted, as their frames part them."""
    after, tail = element.getnext(), element.tail or ""
    in_row = element.tag == "a" and after is not None and after.tag == "a"
    return " · " if in_row and not tail.strip() else tail


def _marked(element: HtmlElement, name: str, depth: int) -> Iterator[str]:
    lines = [line for line in _lines(element, depth + 1) if line.strip()]
    if not lines:
        return
    if len(lines) == 1 and _is_row_of_tags(element, lines[0]):
        yield f"Tags: {lines[0]}"
        return
    if re.fullmatch(r"h[1-6]", name):
        yield f"{'#' * int(name[1])} {' '.join(lines)}"
    elif name == "dd" and (told := element.getprevious()) is not None and told.tag == "dt":
        yield f"• {' '.join(_lines(told, depth + 1)).strip(' :')}: {' '.join(lines)}"
    elif name == "dt" and _is_described(element):
        return  # said with what describes it
    elif name == "li":
        bold = len(lines) > 1 and any(
            " ".join(one.text_content().split()) == lines[0].strip()
            for one in element.iter("b", "strong")
        )
        yield f"{_bullet(element)} **{lines[0]}**" if bold else f"{_bullet(element)} {lines[0]}"
        yield from (f"  {line}" for line in lines[1:])
    else:
        yield from lines
        if name in ("p", "table", "ul", "ol", "div"):
            yield ""


def _is_row_of_tags(element: HtmlElement, line: str) -> bool:
    """Whether an element is marked as the row of a page's tags, and shows no word for them."""
    names = (element.get("class") or "").lower().split()
    return (
        element.find(".//a") is not None
        and ":" not in line
        and any(_TAGS.fullmatch(name) for name in names)
    )


def _is_described(element: HtmlElement) -> bool:
    after = element.getnext()
    return after is not None and after.tag == "dd"


def _bullet(element: HtmlElement) -> str:
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return "•"
    first = parent.get("start", "1")
    before = sum(one.tag == "li" for one in element.itersiblings(preceding=True))
    return f"{(int(first) if first.isdigit() else 1) + before}."


def _cell(element: HtmlElement, depth: int) -> str:
    lines = [line.strip(" •") for line in _lines(element, depth + 1) if line.strip()]
    return "; ".join(lines).replace("|", "/")


def _plain(held: list[str]) -> str:
    return _SPACES.sub(" ", "".join(held)).strip(" ")

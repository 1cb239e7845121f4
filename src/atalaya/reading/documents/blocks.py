"""The main text of a page that marks it well: paragraphs under one roof, less what surrounds them.

Most pages of news say where their text stands (``article``, ``main``, ``itemprop``, a class such as
``entry-content``), and a reader that believes them is several times faster than one that weighs
every element. Where a page marks nothing, ``None`` is the answer and the slow reader is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NO_TEXT = (
    *("script", "style", "noscript", "template", "nav", "footer", "aside", "iframe", "svg"),
    *("button", "select", "object", "embed", "audio", "video", "canvas", "menu", "dialog"),
    *("figure", "figcaption", "address"),
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | {"p", "li", "blockquote", "pre", "tr", "dt", "dd", "div"}
_CELLS = frozenset(("td", "th"))
_NAMED = ("div", "section", "article", "main", "ul", "ol", "p", "span", "table", "header", "td")
_MARKED = frozenset(("article", "main"))
# Parts of class names and ids of what stands around a text, wherever in the name they stand ...
_AROUND = re.compile(
    r"comment(?!ary|ator)|respond|disqus|sidebar|related|recommend|empfehl|promo(?!t)|news-?letter|"
    r"cookie|consent|social|shar(?:e|ing)(?!d|holder)|footer|breadcrumb|widget|banner|advert|"
    r"pop-?up|modal|overlay|subscri|tag-?(?:cloud|list|s?-?links)|pagination|trending|most-?read|"
    r"paywall|caption|gallery|slider|carousel|copyright|screen-reader|sr-only|outbrain|taboola|"
    r"rating|info-?box|contact|print-|appstore|linklist|link-list|more-?(?:on|from|stories|posts)|"
    r"read-?more|author-?(?:bio|box)|"
    # ... and those that mean it only as a word of their own.
    r"(?:^|[\s_-])(?:nav\w*|menus?|adv?|ads|tags?|byline|bio|pager|meta|metadata|popular|login|"
    r"signup|hidden|toc|feedback|donat\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:mehr (?:zum|von|aus|zu|in)|lesen sie|auch interessant|das könnte|weitere |viel gelesen|"
    r"read (?:more|also|next)|more (?:on|from|stories)|related|see also|recommended|"
    r"(?:lea|le[eé]|te puede|también|más) (?:también|más|interesar|sobre|noticias|información)|"
    r"(?:leia|veja|saiba) (?:também|mais)|lire aussi|à lire|vous aimerez|sur le même|"
    r"leggi anche|lees ook|advertisement|anzeige|publicidad|publicidade|reklama|follow us|share)\b",
    re.IGNORECASE,
)
_ROOF = re.compile(
    r"(?:^|[\s_-])(?:article-?_*(?:body|content|text)|entry-?content|post-?(?:content|body|entry|"
    r"text)|story-?(?:body|content|text)|news-?(?:content|body|text|detail)|content-?body|main-?"
    r"content|single-?content|td-post-content|field--?name-body|rich-?text|bodytext|articleBody|"
    r"(?:cuerpo|texto|contenido|nota|noticia|corpo|conteudo|materia)-?\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")
_SHORTEST = 250  # characters of main text: below it a page is a list, a notice or badly marked
_LINKED = 0.5  # share of a block's letters in links: above it the block is navigation
_OF_PAGE = 0.5  # share of the page's paragraphs under the roof, in characters
_INVITES = 90  # characters: a longer line is a sentence, whatever it begins with
_NARROWER = 0.8  # share of an outer roof's paragraphs that an inner one must hold to be preferred
_OF_TEXT = 0.5  # share of the text that stands in paragraphs of its own


def main_text(root: HtmlElement) -> str | None:
    """Give the main text of a parsed page, one block a paragraph.

    Args:
        root: The page; it is pruned on the way.

    Returns:
        Blocks parted by an empty line, cells of a row by a bar; None where the page does not say
        where its text is, or much stands elsewhere.
    """
    from lxml import etree

    etree.strip_elements(root, *_NO_TEXT, with_tail=False)
    roofs = _prune(root)
    whole = _weight(root)
    roof = _best(roofs)
    if roof is None:
        return None
    text = "\n\n".join(_worth_reading(_blocks(roof)))
    weight = _weight(roof)
    if len(text) < _SHORTEST or weight < _OF_PAGE * whole or weight < _OF_TEXT * len(text):
        return None
    return text


def _prune(root: HtmlElement) -> list[HtmlElement]:
    """Remove what surrounds a text; give the elements that say that they hold one."""
    roofs: list[HtmlElement] = []
    doomed: list[HtmlElement] = []
    for element in root.iter(*_NAMED):
        said = f"{element.get('class', '')} {element.get('id', '')}"
        if element.tag in _MARKED:
            roofs.append(element)
        elif said != " " and _AROUND.search(said):
            doomed.append(element)
        elif _is_roof(element, said):
            roofs.append(element)
    for element in doomed:
        if element.find(".//h1") is None and element.find(".//article") is None:
            _drop(element)
    return roofs


def _is_roof(element: HtmlElement, said: str) -> bool:
    if said != " " and element.tag in ("div", "section", "td") and _ROOF.search(said):
        return True
    return bool(element.get("itemprop") == "articleBody" or element.get("role") == "main")


def _drop(element: HtmlElement) -> None:
    """Remove an element; the words behind it stay."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _best(roofs: list[HtmlElement]) -> HtmlElement | None:
    """Give the narrowest roof over most of the paragraphs under roofs."""
    best, held = None, 0
    for roof in roofs:
        weight = _weight(roof)
        inner = best is not None and weight >= _NARROWER * held and _within(roof, best)
        if weight > held or inner:
            best, held = roof, max(weight, held)
    return best


def _within(inner: HtmlElement, outer: HtmlElement) -> bool:
    return any(one is outer for one in inner.iterancestors())


def _weight(element: HtmlElement) -> int:
    """Count the characters in paragraphs, without those in links and other inline elements."""
    return sum(
        len(paragraph.text or "") + sum(len(child.tail or "") for child in paragraph)
        for paragraph in element.iter("p")
    )


@dataclass(slots=True)
class _Gathered:
    """Words of the block that is being read.

    Args:
        words: As they stand, in order.
        linked: How many characters of them stand in links.
        links: How many links are open.
        blocks: Finished blocks, each with whether it is a heading.
    """

    words: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    blocks: list[tuple[bool, str]] = field(default_factory=list)

    def add(self, words: str | None) -> None:
        if words:
            self.words.append(words)
            if self.links:
                self.linked += len(words)

    def close(self, heading: bool) -> None:
        if not self.words:
            return
        text = _SPACES.sub(" ", "".join(self.words)).strip(" |")
        if text and self.linked <= _LINKED * len(text):
            self.blocks.append((heading, text))
        self.words, self.linked = [], 0


def _blocks(roof: HtmlElement) -> list[tuple[bool, str]]:
    """Give the blocks under a roof, in order, each with whether it is a heading."""
    from lxml import etree

    gathered = _Gathered()
    for event, element in etree.iterwalk(roof, events=("start", "end")):
        name = element.tag
        opening = event == "start"
        if name in _BLOCKS:
            gathered.close(not opening and name in _HEADINGS)
        elif name == "a":
            gathered.links += 1 if opening else -1
        elif name == "br" and opening:
            gathered.words.append(" ")
        elif name in _CELLS and not opening:
            gathered.words.append(" | ")
        if opening:
            gathered.add(element.text)
        elif element is not roof:
            gathered.add(element.tail)
    gathered.close(False)
    return gathered.blocks


def _worth_reading(blocks: list[tuple[bool, str]]) -> list[str]:
    """Leave out lines that invite to read elsewhere, and headings over nothing at the end."""
    kept = [one for one in blocks if len(one[1]) > _INVITES or not _MORE.match(one[1])]
    while kept and kept[-1][0]:
        kept.pop()
    return [text for _, text in kept]

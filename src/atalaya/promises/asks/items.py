"""The items of a paragraph - (a), (i), 1) - and those inside them, told by their order alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from atalaya.reading.reports.spans import Span

_MARK = re.compile(
    r"(?:(?<=[:;,.])|(?<=\band)|(?<=\bor)|(?<=\by)|(?<=\be)|(?<=\bo)|(?<=\bet)|(?<=\bou)|\n)[\s\u00a0]{0,40}[*_]{0,3}"
    r"(?:\(?(?P<mark>[a-z]|[ivx]{1,5}|\d{1,2})\)"
    r"|(?<=[\n\x20\t])(?<![^\s]\x20)(?P<stop>[a-z]|\d{1,2}(?=\.\s+[a-zà-ÿ]))\.)[*_]{0,3}[\s\u00a0]+"
)
_ROMAN = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
)
_FEWEST = 2  # one item is no list
_TAIL = " \n\t\u00a0;,."
_JOINING = re.compile(r"[;,]?[\s\u00a0]+(?:and|or|y|e|o|et|ou)$")


@dataclass(frozen=True, slots=True)
class Item:
    """An item without items of its own.

    Args:
        part: Its marks from the outermost, joined by full stops: ``a``, ``a.i``.
        span: Its words.
        heads: Words of the items it stands in, which hold for it too.
    """

    part: str
    span: Span
    heads: tuple[Span, ...]


@dataclass
class _Node:
    """An item with what stands in it; ``kind`` says which series its mark continues."""

    kind: str
    nth: int
    mark: str
    start: int
    opened: int
    below: list[_Node] = field(default_factory=list)


def items(text: str, span: tuple[int, int]) -> tuple[Item, ...]:
    """Give the innermost items of a stretch, in order; empty where there are not two in order.

    A mark counts where it continues the series it stands in, or begins another one inside it: an
    "i" behind "h" is the ninth letter, behind any other letter the first of the Roman numbers.
    """
    root: list[_Node] = []
    open_: list[list[_Node]] = [root]
    for found in _MARK.finditer(text, *span):
        mark = found["mark"] or found["stop"]
        _place(open_, mark, found)
    if len(root) < _FEWEST:
        return ()
    return tuple(_leaves(text, root, span[1], "", ()))


def _place(open_: list[list[_Node]], mark: str, found: re.Match[str]) -> None:
    """Put a mark where it belongs; one that fits nowhere is words of the item it stands in."""
    for depth in range(len(open_) - 1, -1, -1):
        last = open_[depth][-1] if open_[depth] else None
        if last is not None and _nth(mark, last.kind) == last.nth + 1:
            del open_[depth + 1 :]
            node = _Node(last.kind, last.nth + 1, mark, found.end(), found.start())
            open_[depth].append(node)
            open_.append(node.below)
            return
    innermost = open_[-1]
    kind = next((one for one in ("roman", "letter", "number") if _nth(mark, one) == 1), None)
    held = {level[-1].kind for level in open_ if level}
    if kind is None or innermost or kind in held:
        return
    node = _Node(kind, 1, mark, found.end(), found.start())
    innermost.append(node)
    open_.append(node.below)


def _nth(mark: str, kind: str) -> int | None:
    if kind == "number":
        return int(mark) if mark.isdecimal() else None
    if kind == "roman":
        return _ROMAN.index(mark) + 1 if mark in _ROMAN else None
    return ord(mark) - ord("a") + 1 if len(mark) == 1 and mark.isalpha() else None


def _leaves(
    text: str, nodes: Sequence[_Node], end: int, outer: str, heads: tuple[Span, ...]
) -> list[Item]:
    found: list[Item] = []
    edges = [*(one.opened for one in nodes[1:]), end]
    for node, edge in zip(nodes, edges, strict=True):
        part = f"{outer}{node.mark}"
        if len(node.below) >= _FEWEST:
            head = Span(node.start, node.below[0].opened)
            found += _leaves(text, node.below, edge, f"{part}.", (*heads, head))
        else:
            found.append(Item(part, _trimmed(text, node.start, edge), heads))
    return found


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end].rstrip(_TAIL)
    joining = _JOINING.search(words)
    words = words[: joining.start()] if joining else words
    return Span(start, start + len(words.rstrip(_TAIL)))

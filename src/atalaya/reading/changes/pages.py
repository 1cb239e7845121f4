"""A web page as passages, its frame told apart from what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atalaya.reading.changes.frames import INLINE, is_frame, unshown
from atalaya.reading.changes.passages import Passage, plain, row, sentences
from atalaya.reading.changes.record import Unit
from atalaya.reading.changes.table_rows import Table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ITEMS = frozenset(("li", "dd", "dt"))
_WIDEST = 50  # columns a cell may span


def page_passages(payload: bytes) -> tuple[Passage, ...]:
    """Give a page's passages, in order; none where it has no words.

    Args:
        payload: Its bytes; the encoding is the one it declares, else UTF-8, else Windows-1252.
    """
    root = _parsed(payload)
    return () if root is None else tuple(_Walk().passages(root))


def _parsed(payload: bytes) -> HtmlElement | None:
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return html.document_fromstring(decoded(payload).encode(), parser=parser)
    except etree.ParserError:  # nothing but spaces and comments
        return None


def decoded(payload: bytes) -> str:
    """Decode a page as it declares; signs that are none are replaced, so that nothing is lost."""
    declared = _CHARSET.search(payload[:4096])
    names = ["utf-8-sig", *([declared[1].decode("ascii")] if declared else []), "cp1252"]
    if payload.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16"]
    for name in names:
        try:
            return _writable(payload.decode(name))
        except (UnicodeDecodeError, LookupError):
            continue
    return _writable(payload.decode("utf-8", "replace"))


def _writable(text: str) -> str:
    """NUL ends a page for the parser; what no encoding holds cannot be handed to it."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


@dataclass
class _Walk:
    """One walk through a page, element by element.

    Args:
        where: The last heading.
        held: Words of the block that is being read.
        marks: Its markup.
        open: For each open part, whether it begins the frame of the page.
        tables: Tables that are open; None for one that only lays out the page.
        pre: How many open parts keep their line ends.
    """

    where: str = ""
    held: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    open: list[bool] = field(default_factory=list)
    tables: list[Table | None] = field(default_factory=list)
    units: list[Unit] = field(default_factory=lambda: [Unit.SENTENCE])
    table: int = 0
    pre: int = 0

    def passages(self, root: HtmlElement) -> Iterator[Passage]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = element.tag if isinstance(element.tag, str) else ""
            shown = not unshown(element, name)
            if event == "start" and not shown:
                walk.skip_subtree()
            elif event == "start":
                yield from self._begins(element, name)
                yield from self._says(element.text)
            else:
                if shown:
                    yield from self._ends(element, name)
                yield from self._says(element.tail)
        yield from self._block()

    def _says(self, text: str | None) -> Iterator[Passage]:
        if not text:
            return
        first, *others = text.split("\n") if self.pre else [text]
        self.held.append(first)
        for line in others:
            yield from self._block()
            self.held.append(line)

    def _begins(self, element: HtmlElement, name: str) -> Iterator[Passage]:
        if name in INLINE:
            self.marks.append(_mark(element, name))
            return
        yield from self._block()
        self.marks.append(_mark(element, name))
        self.open.append(is_frame(element, name))
        if name == "table":
            self.table += 1
            self.tables.append(None if _lays_out(element) else Table(self.table))
        elif name == "tr" and self.rows:
            self.rows.begin()
        elif name in _ITEMS:
            self.units.append(Unit.ITEM)
        elif name in _HEADINGS:
            self.units.append(Unit.HEADING)
        self.pre += name == "pre"

    def _ends(self, element: HtmlElement, name: str) -> Iterator[Passage]:
        if name in INLINE:
            return
        if name in ("td", "th") and self.rows:
            spans = tuple(_span(element.get(one)) for one in ("colspan", "rowspan"))
            self.rows.cell(plain("".join(self.held)), name, (spans[0], spans[1]))
            self.held = []
        yield from self._block()
        if name == "tr" and self.rows:
            yield from self._row(self.rows)
        elif name == "table":
            self.tables.pop()
        elif name in _ITEMS or name in _HEADINGS:
            self.units.pop()
        self.pre -= name == "pre"
        self.open.pop()

    @property
    def rows(self) -> Table | None:
        """The table whose rows are being read, or None."""
        return self.tables[-1] if self.tables else None

    def _block(self) -> Iterator[Passage]:
        """Give what was read up to here; inside a row it is held for its cell."""
        words = plain("".join(self.held))
        if self.rows and self.rows.open:
            self.held = [words + "\n"] if words else []
            return
        unit, marks = self.units[-1], hash(tuple(self.marks))
        self.held, self.marks = [], []
        if not words:
            return
        if unit is Unit.HEADING:
            self.where = words
        for sentence in (words,) if unit is Unit.HEADING else sentences(words):
            yield Passage(unit, sentence, self.where, any(self.open), written=marks)

    def _row(self, table: Table) -> Iterator[Passage]:
        marks, self.marks, self.held = hash(tuple(self.marks)), [], []
        cells, heads = table.end()
        if any(cells):
            yield Passage(
                unit=Unit.ROW,
                text=row(cells),
                where=self.where,
                apart=any(self.open),
                cells=cells,
                table=table.number,
                heads=heads,
                written=marks,
            )


def _span(said: str | None) -> int:
    return min(int(said), _WIDEST) if said and said.isdecimal() and len(said) < 4 else 1  # noqa: PLR2004


def _lays_out(table: HtmlElement) -> bool:
    """Whether a table holds parts of the page rather than rows."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    return (
        next(table.iterdescendants("table", "h1", "h2", "h3", "main", "article"), None) is not None
    )


def _mark(element: HtmlElement, name: str) -> str:
    return f"{name} {sorted(map(str, element.attrib.items()))}"

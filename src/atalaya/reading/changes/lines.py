"""Plain text, Markdown and the text of a PDF as passages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from atalaya.reading.changes.passages import Passage, plain, row, sentences
from atalaya.reading.changes.record import Unit

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<words>\S.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*$")
_RULE = re.compile(r"[ \t]*(?:[-*_=~+•·.][ \t]*){3,}$")
_ITEM = re.compile(
    r"[ \t]*(?:[•·▪◦‣●○■□➢►✓✔*+–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)](?!\d))"
    r"[ \t\u00a0]+(?=\S)"
)
_NUMBERED = re.compile(r"[ \t]*\(?[\w.]{1,5}[.)]")
_LABELLED = re.compile(r"[^\W\d_][\w ()/'’-]{0,40}:(?:\s|$)")
_BARS = re.compile(r"(?<!\\)\|")
_DRAWN = re.compile(r"[\s|:+=-]+$")
_TABS = re.compile(r"\t+|\u00a0{3,}| {4,}")
_NARROW = 30  # letters; lines of a text that is never wider are no wrapped paragraphs
_FULL = 0.6  # share of a paragraph's widest line from which a line was ended by wrapping
_LINK = re.compile(r"!?\[(?P<words>[^\]\n]{0,500})\]\((?:[^()\n]{0,1000})\)")
_MARKS = re.compile(
    r"(?<![\w\\])(?:\*\*\*|\*\*|\*|___|__|_|~~|`+)(?=\S)|(?<=[^\s\\])(?:\*\*\*|\*\*|\*|___|__|_|~~|`+)(?!\w)"
)
_FEWEST_PAGES = 3


@dataclass
class _Reader:
    """Reads lines into passages; holds the paragraph that is being read.

    Args:
        markdown: Whether a line end inside a paragraph is only a space, and marks are no words.
    """

    markdown: bool
    where: str = ""
    unit: Unit = Unit.SENTENCE
    held: list[str] = field(default_factory=list)
    table: int = 0
    rows: int = 0

    def line(self, line: str) -> Iterator[Passage]:
        bare = line.strip()
        if not bare:
            yield from self.ended()
            self.rows = 0
            return
        if (cells := _cells(line)) is not None:
            yield from self.ended()
            yield from self._row(cells, line)
            return
        self.rows = 0
        if heading := _HEADING.match(line):
            yield from self.ended()
            yield self._heading(heading["words"], line)
        elif self.held and self.unit is Unit.SENTENCE and _UNDERLINE.match(line):
            words, self.held = " ".join(self.held), []
            yield self._heading(words, line)
        elif _RULE.match(line):
            yield from self.ended()
        elif item := _ITEM.match(line):
            yield from self.ended()
            numbered = _NUMBERED.match(item[0])  # the number of a paragraph is part of what it says
            self.unit, self.held = Unit.ITEM, [line if numbered else line[item.end() :]]
        else:
            self.held.append(line)

    def ended(self) -> Iterator[Passage]:
        """Give the paragraph that was read up to here."""
        lines, unit = self.held, self.unit
        self.held, self.unit = [], Unit.SENTENCE
        for part in [lines] if self.markdown or unit is Unit.ITEM else _unwrapped(lines):
            raw = " ".join(part)
            for sentence in sentences(self.words(raw)):
                yield Passage(unit, sentence, self.where, written=hash("\n".join(part)))

    def words(self, raw: str) -> str:
        """Give the words of some lines, without Markdown's marks."""
        if not self.markdown:
            return plain(raw)
        return plain(_MARKS.sub("", _LINK.sub(lambda link: link["words"], raw)).replace("\\", ""))

    def _heading(self, words: str, line: str) -> Passage:
        self.where = self.words(words)
        return Passage(Unit.HEADING, self.where, self.where, written=hash(line))

    def _row(self, cells: Sequence[str], line: str) -> Iterator[Passage]:
        if _DRAWN.match(line):
            return
        self.table += self.rows == 0
        self.rows += 1
        said = tuple(self.words(cell) for cell in cells)
        yield Passage(
            Unit.ROW,
            row(said),
            self.where,
            cells=said,
            table=self.table,
            heads=self.rows == 1,
            written=hash(line),
        )


def text_passages(text: str, *, markdown: bool = False) -> tuple[Passage, ...]:
    """Give a text's passages, in order.

    Args:
        text: Plain text or Markdown.
        markdown: Whether it is Markdown.
    """
    return tuple(_read(text.splitlines(), _Reader(markdown)))


def pdf_passages(text: str) -> tuple[Passage, ...]:
    """Give the passages of a PDF's text, whose pages a form feed parts.

    Lines that stand at the edge of most pages, but for their numbers, are its frame.
    """
    pages = [page.splitlines() for page in text.split("\f")]
    frame = _running(pages)
    reader, made = _Reader(markdown=False), []
    for number, lines in enumerate(pages, start=1):
        page = f"p. {number}"
        for at, line in enumerate(lines):
            edge = at in _edges(lines)
            if edge and _numberless(line) in frame:
                made.append(Passage(Unit.SENTENCE, plain(line), page, apart=True))
                continue
            reader.where = page if not reader.held else reader.where
            made += reader.line(line)
    return (*made, *reader.ended())


def _read(lines: Sequence[str], reader: _Reader) -> Iterator[Passage]:
    for line in lines:
        yield from reader.line(line)
    yield from reader.ended()


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Give the lines, numbers blanked, that stand at the edge of at least half of the pages."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_numberless(lines[at]) for at in _edges(lines)})
    needed = max(_FEWEST_PAGES, len(pages) // 2)
    return frozenset(line for line, count in seen.items() if count >= needed)


def _edges(lines: Sequence[str]) -> frozenset[int]:
    there = [at for at, line in enumerate(lines) if line.strip()]
    return frozenset([*there[:2], *there[-2:]])


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "#", plain(line))


def _cells(line: str) -> list[str] | None:
    """Give the cells of a row drawn with bars or set apart by tabs; None where it is none."""
    bare = line.strip()
    bars = len(_BARS.findall(bare))
    if bars > 1 or (bars and bare.startswith("|")):
        inner = bare.removeprefix("|")
        inner = inner.removesuffix("|")
        return [cell.strip() for cell in _BARS.split(inner)]
    parts = _TABS.split(bare)
    return [part.strip() for part in parts] if len(parts) > 2 or "\t" in bare else None  # noqa: PLR2004 - two wide gaps


def _unwrapped(lines: Sequence[str]) -> Iterator[list[str]]:
    """Part the lines of a paragraph where one was not ended by wrapping, but by its writer."""
    widest = max((len(line.strip()) for line in lines), default=0)
    part: list[str] = []
    for line in lines:
        if part and not _goes_on(part[-1].strip(), line.strip(), widest):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _goes_on(before: str, line: str, widest: int) -> bool:
    if _LABELLED.match(line) and not line[:1].islower():
        return False
    if line[:1].islower():
        return True
    return widest >= _NARROW and len(before) >= _FULL * widest and not before.endswith((":", ";"))

"""Lists of names, cut into States: what the register knows is never cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.reading.reports.names import state
from atalaya.reading.reports.spans import Span

_CUT = re.compile(
    r"[\x20\t\u00a0]*(?:;|·|•|(?:(?<=[a-zà-ÿ.)])|(?<=[\x20\u00a0]))/(?=[\x20\u00a0]*[A-ZÀ-Ý])|"
    r"\t+|,(?:[\s\u00a0]+(?:and|y|e|et)(?=[\s\u00a0]))?|"
    r"\n(?:[\s\u00a0]*(?:and|y|e|et)(?=[\s\u00a0]))?|"
    r"[\x20\u00a0][–—-](?=[\s\u00a0])|"
    r"[\x20\u00a0](?:and|y|e|et|&)(?=[\x20\u00a0\n]))[\s\u00a0]*",
)
_EDGE = " \t\r\n\f\v\u00a0\u202f*_`|•▪◦‣●–—-:;,."
_MARKER = re.compile(r"(?:\(?\d{1,3}[.)]|[•▪◦‣●*–-])[\x20\t\u00a0]+")
_NOTE = re.compile(r"[\s\u00a0]*(?:\*+|\[[^\]]{1,60}\]|\(\d{1,3}\)|[¹²³⁴-⁹]+|[a-d]/)$")
_SAINT = re.compile(r"\bSt\.?\s+")
_BRACKET = re.compile(r"(?P<name>.+?)[\s\u00a0]*\((?P<form>[^()]+)\)")
_MOST_PIECES = 5  # "United Kingdom of Great Britain and Northern Ireland" has two
_LONGEST_PIECE = 200  # characters of a piece that may hold several names
_MOST_WORDS = 9  # of the longest name of a State: what is longer is no name


@dataclass(frozen=True, slots=True)
class Listed:
    """A name in a list.

    Args:
        name: As written, spaces evened.
        iso3: The State's code, or None where the register knows no such name.
        span: Where it stands.
    """

    name: str
    iso3: str | None
    span: Span


def code(words: str) -> str | None:
    """Give a State's code, with its form of government in brackets or without.

    >>> code("Netherlands (Kingdom of the)"), code("Iran (Islamic Republic of)"), code("Korea")
    ('NLD', 'IRN', None)
    """
    plain = " ".join(words.split())
    found = state(plain)
    if found is not None:
        return found
    spelt = _SAINT.sub("Saint ", plain.replace(" & ", " and "))
    if spelt != plain:
        return code(spelt)
    if "- " in plain:  # broken at a line's end, inside a word or at a hyphen of its own
        return code(plain.replace("- ", "")) or code(plain.replace("- ", "-"))
    bracket = _BRACKET.fullmatch(plain)
    if bracket is None:
        return None
    joint = "" if bracket["form"].endswith(("'", "’")) else " "
    return state(f"{bracket['form']}{joint}{bracket['name']}")


def listed(text: str, span: tuple[int, int]) -> tuple[Listed, ...]:
    """Cut a list into its names; the longest name that the register knows is taken at each place.

    Args:
        text: The document.
        span: The list, without its label.
    """
    pieces = [*_pieces(text, span)]
    found: list[Listed] = []
    at = 0
    while at < len(pieces):
        taken = _longest(text, pieces[at : at + _MOST_PIECES])
        whole = Span(pieces[at].start, pieces[at + taken - 1].end)
        words = " ".join(whole.of(text).split())
        found += [*_blanks(text, whole)] or [Listed(words, code(words), whole)]
        at += taken
    return tuple(found)


def known(text: str, words: Sequence[Span]) -> int:
    """Count the words, from the first on, that make the longest name the register knows, or 0."""
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        if code(text[words[0].start : words[count - 1].end]) is not None:
            return count
    return 0


def _blanks(text: str, span: Span) -> Iterator[Listed]:
    """Give the names of a piece that copying parted by blanks alone, if it holds names alone."""
    words = [
        Span(span.start + one.start(), span.start + one.end())
        for one in re.finditer(r"\S+", span.of(text)[:_LONGEST_PIECE])
    ]
    found: list[Listed] = []
    while words and code(span.of(text)) is None:
        count = known(text, words)
        if not count:
            return
        name = Span(words[0].start, words[count - 1].end)
        found.append(Listed(" ".join(name.of(text).split()), code(name.of(text)), name))
        words = words[count:]
    yield from found


def is_name(words: str) -> bool:
    """Whether words may be a name at all: few, with a capital, without figures or a colon."""
    tokens = words.split()
    plain = not any(one.isdecimal() or one == ":" for one in words)
    return plain and 0 < len(tokens) <= _MOST_WORDS and any(one.isupper() for one in words)


def _longest(text: str, pieces: list[Span]) -> int:
    for count in range(len(pieces), 1, -1):
        words = text[pieces[0].start : pieces[count - 1].end]
        if words.count("\n") < count and code(words) is not None:
            return count
    return 1


def _pieces(text: str, span: tuple[int, int]) -> Iterator[Span]:
    at, end = span
    for start, stop in _cuts(text, at, end):
        kept = _trimmed(text, at, start)
        if kept is not None:
            yield kept
        at = stop
    kept = _trimmed(text, at, end)
    if kept is not None:
        yield kept


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, at = 0, start
    for found in _CUT.finditer(text, start, end):
        depth += text.count("(", at, found.start()) - text.count(")", at, found.start())
        at = found.start()
        depth = max(depth, 0)
        if depth == 0 or "\n" in found[0]:
            depth = 0
            yield found.span()


def _trimmed(text: str, start: int, end: int) -> Span | None:
    marker = re.compile(r"[\s\u00a0]*").match(text, start, end)
    start = marker.end() if marker else start
    listed_as = _MARKER.match(text, start, end)
    start = listed_as.end() if listed_as else start
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE and not _abbreviated(text, start, end):
        end -= 1
    note = _NOTE.search(text, start, end)
    if note is not None and note.start() > start:
        end = note.start()
    return Span(start, end) if start < end else None


def _abbreviated(text: str, start: int, end: int) -> bool:
    return re.search(r"(?:[A-Z]\.){2,}$", text[start:end]) is not None

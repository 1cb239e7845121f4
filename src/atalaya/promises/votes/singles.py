"""A vote beside each name: rows of a name and its vote, or of a vote and the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.promises.votes.rolls import Listed, code, is_name
from atalaya.promises.votes.words import load, which
from atalaya.reading.reports.spans import Span

LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_PIECE = re.compile(r"[^\n;]+")
_CELL = re.compile(r"[^\t\n]*[^\s][^\t\n]*")
_MARKER = re.compile(r"[\s|*_•▪◦‣●]*(?:[–-]\s+|\(?\d{1,3}[.)]\s+)?[\s|*_]*")
_TOKEN = re.compile(r"[|:=]|[^\s|:=]+")
_FIRST = re.compile(
    r"[(\[]?(?P<vote>[A-Za-zÀ-ÿ]{1,12})[)\]]?[^\S\n]+(?P<name>[^\n]{3,70}?)[\s*_|.,]*$"
)
_FUSED = re.compile(r"(?<!\S)(?P<vote>[YNA])[^\S\n]+(?P<name>[^\n]+?)(?=\s*$|[^\S\n]+[YNA][^\S\n])")
_BETWEEN = " \t\u00a0|:=*_–—-.…(["
_MOST_WORDS = 4  # of a vote: "did not vote"
_LONGEST = 120  # characters of a line that is a name and its vote
FEWEST = 2  # names of States that make a roll call
_PARTING = 20  # characters of a line of other text that parts two roll calls


@dataclass(frozen=True, slots=True)
class Cast:
    """A name with its vote, and the words in which they stand.

    Args:
        vote: One of the four votes.
        who: The name.
        span: Name and vote.
        how: ``behind`` the name or ``first``, before it, in words or as a ``sign``.
    """

    vote: str
    who: Listed
    span: Span
    how: str = "behind"


def casts(text: str, taken: Sequence[Span]) -> Iterator[tuple[Cast, ...]]:
    """Find every roll call of this kind; each has the names of two States at least.

    Args:
        text: The document.
        taken: What was read another way.
    """
    held: list[Cast] = []
    for line in LINE.finditer(text):
        if any(one.start <= line.start() < one.end for one in taken):
            continue
        found = [*_of_line(text, Span(*line.span()))]
        other = not found and len(line[0].strip()) > _PARTING
        if held and (other or (found and found[0].how != held[-1].how)):
            yield from _whole(held)
            held = []
        held += found
    yield from _whole(held)


def unvoted(text: str, run: Sequence[Cast]) -> Iterator[Span]:
    """Give the lines inside a roll call that hold a State's name and no vote."""
    spans = [one.span for one in run]
    for line in LINE.finditer(text, spans[0].start, spans[-1].end):
        words = line[0].strip(" \t\u00a0*_|•-")
        beside = not any(one.start < line.end() and line.start() < one.end for one in spans)
        if beside and code(words) is not None:
            start = line.start() + line[0].index(words)
            yield Span(start, start + len(words))


def _whole(run: Sequence[Cast]) -> Iterator[tuple[Cast, ...]]:
    """Give a run that is a roll call: two States, and where signs or letters vote, one yes."""
    known = sum(one.who.iso3 is not None for one in run)
    bare = bool(run) and run[0].how != "behind"
    if known >= FEWEST and (not bare or any(one.vote == "in favour" for one in run)):
        yield tuple(run)


def _of_line(text: str, line: Span) -> Iterator[Cast]:
    fused = [*_FUSED.finditer(text, *line)] if line.end - line.start > FEWEST else []
    if len(fused) > 1 and all(code(one["name"]) is not None for one in fused):
        yield from (_first(text, one) for one in fused)
        return
    pairs = [*_paired(text, line)]
    if pairs:
        yield from pairs
        return
    for piece in _PIECE.finditer(text, *line):
        marker = _MARKER.match(text, *piece.span())
        start = marker.end() if marker else piece.start()
        if piece.end() - start > _LONGEST:
            continue
        one = _behind(text, start, piece.end()) or _before(text, start, piece.end())
        if one is not None:
            yield one


def _paired(text: str, line: Span) -> Iterator[Cast]:
    """Read a row of several names, each with its vote in the next cell."""
    cells = [Span(*one.span()) for one in _CELL.finditer(text, *line)]
    if len(cells) <= FEWEST or len(cells) % 2:
        return
    found = [
        _behind(text, name.start, vote.end)
        for name, vote in zip(cells[::2], cells[1::2], strict=True)
    ]
    if all(one is not None and one.who.iso3 is not None for one in found):
        yield from (one for one in found if one is not None)


def _behind(text: str, start: int, end: int) -> Cast | None:
    """Read "Peru: yes", "Peru | A favor", "Peru +"; where a blank parts them, the name is known."""
    end = start + len(text[start:end].rstrip(" \t\u00a0*_|.,)]"))
    tokens = [*_TOKEN.finditer(text, start, end)]
    for at in range(len(tokens) - 1, max(0, len(tokens) - 1 - _MOST_WORDS), -1):
        if tokens[at][0] in "|:=":
            return None
        vote = Span(tokens[at].start(), end).of(text).strip("([*_ ")
        name = Span(start, start + len(text[start : tokens[at].start()].rstrip(_BETWEEN)))
        said = load().single.fullmatch(vote)
        sign = None if said else load().sign.fullmatch(vote)
        gap = text[name.end : tokens[at].start()]
        told = bool(gap.strip(" *_\u00a0")) or len(gap) > 1
        if (said or sign) and _may_be(name.of(text), told=told):
            found = said or sign
            assert found is not None
            return Cast(
                which(found), _who(text, name), Span(start, end), "sign" if sign else "behind"
            )
    return None


def _may_be(name: str, *, told: bool) -> bool:
    """Whether words may be a name: known, or, where a mark parts them, of any that are no label."""
    if code(name.strip(" *_")) is not None:
        return True
    label = load().heading.fullmatch(name) or load().total.fullmatch(name)
    return told and label is None and is_name(name)


def _before(text: str, start: int, end: int) -> Cast | None:
    """Read "Y AFGHANISTAN"."""
    found = _FIRST.match(text, start, end)
    if found is None or load().single.fullmatch(found["vote"]) is None:
        return None
    return _first(text, found) if code(found["name"]) is not None else None


def _first(text: str, found: re.Match[str]) -> Cast:
    said = load().single.fullmatch(found["vote"])
    assert said is not None
    name = Span(found.start("name"), found.start("name") + len(found["name"].rstrip(" *_\t")))
    return Cast(which(said), _who(text, name), Span(*found.span()), "first")


def _who(text: str, name: Span) -> Listed:
    words = " ".join(name.of(text).split())
    return Listed(words, code(words.strip(" *_")), name)

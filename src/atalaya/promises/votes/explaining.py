"""Explanations of vote: which State explained, before the vote or after, and in which words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from atalaya.promises.votes.rolls import Listed, code, listed
from atalaya.promises.votes.words import load
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.spans import Span

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_LABELLED = re.compile(
    r"[\s*_•–-]*(?P<name>[^\n:–—]{2,90}?)[*_]*[\s\u00a0]*(?::|\s[–—])[*_]*(?:\s+(?=\S)|$)"
)
_BRACKETS = re.compile(r"\((?P<in>[^()]{2,60}(?:\([^()]{2,40}\)[^()]*)?)\)")
_OWNER = re.compile(r"['’]s?$")  # "Canada's delegate"
_MOST_WORDS = 9  # of the longest name of a State
_SHORT = 90  # characters: a heading, no paragraph
_AHEAD = 400  # characters behind "the representatives of" in which States are named
_OPENS = 30  # characters of a sentence in which its speaker is named, where it is about one


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation of vote.

    Args:
        who: The State that explained, or None where the sentence does not name one.
        when: ``before`` or ``after`` the vote, or None.
        span: The sentence, or all that the delegation said in the record of the meeting.
        vote: Where the vote begins that it belongs to, told by the order of speeches, or None.
    """

    who: Listed | None
    when: str | None
    span: Span
    vote: int | None = None


@dataclass
class _Floor:
    """Whether explanations were announced, before which vote or after, and where.

    Args:
        open: Whether delegations may be explaining.
        when: As of Explanation.
        vote: Where the vote begins that they explain, or None.
        until: Where the next vote begins, which ends the explanations, or None.
        heading: Whether a heading announced them; a short line of other words ends those.
    """

    open: bool = False
    when: str | None = None
    vote: int | None = None
    until: int | None = None
    heading: bool = False


def explanations(text: str, votes: Sequence[int]) -> Iterator[Explanation]:
    """Find every explanation, in the order of the text.

    Args:
        text: The document.
        votes: Where each vote begins, in order.
    """
    floor = _Floor()
    held: Explanation | None = None  # a speech that may go on in the next line
    for line in _LINE.finditer(text):
        span = Span(*line.span())
        label = _LABELLED.match(text, *span)
        if floor.until is not None and floor.until <= span.start:
            floor = _Floor()
        opened = _opened(text, span, label, votes, floor)
        said = [] if opened else [*_said(text, span, label, floor)]
        if held is not None and not (opened or said or label or _is_heading(line[0])):
            held = replace(held, span=Span(held.span.start, span.end))
            continue
        if held is not None:
            yield held
        spoken = label is not None and bool(said) and floor.open
        held = said[0] if spoken else None
        yield from [] if spoken else said
        floor = opened or _after(floor, line[0], said)
    if held is not None:
        yield held


def _opened(
    text: str, span: Span, label: re.Match[str] | None, votes: Sequence[int], floor: _Floor
) -> _Floor | None:
    """Give the floor that a line opens or closes, or None: the chair or a heading does."""
    words = load().found
    phrase = words["phrase"].search(text, *span)
    chair = label is not None and _is_chair(label["name"])
    heading = phrase is not None and _is_heading(span.of(text))
    if phrase is None or not (chair or heading or words["floor"].search(text, *span)):
        return _Floor() if chair and floor.heading else None
    if words["closing"].search(text, *span):
        return _Floor()
    when = _when(span.of(text))
    ahead = bisect_right(votes, span.start)
    behind = votes[ahead - 1] if ahead else None
    until = votes[ahead] if ahead < len(votes) else None
    vote = {"before": until, "after": behind}.get(when or "")
    return _Floor(True, when, vote, until, heading)


def _after(floor: _Floor, line: str, said: Sequence[Explanation]) -> _Floor:
    """Close a floor that a heading opened at a short line that is nobody's explanation."""
    ended = floor.heading and not said and len(line.strip()) <= _SHORT
    return _Floor() if ended else floor


def _said(
    text: str, span: Span, label: re.Match[str] | None, floor: _Floor
) -> Iterator[Explanation]:
    if label is not None and floor.open and not _is_chair(label["name"]):
        who = _labelled(text, label)
        if who is not None:
            yield Explanation(who, floor.when, span, floor.vote)
            return
    speaker = None if label is None else _labelled(text, label)
    for one in sentences(text, span):
        for each in _of_sentence(text, one, floor):
            yield replace(each, who=each.who or speaker)


def _of_sentence(text: str, span: Span, floor: _Floor) -> Iterator[Explanation]:
    """Read "The representative of Peru explained ..."; announced, its start alone tells it."""
    words = load().found
    told = words["phrase"].search(text, *span) is not None
    speaker = words["speaker"].search(text, *span)
    grounds = speaker is not None and words["ground"].search(text, *span) is not None
    begins = floor.open and speaker is not None and speaker.start() - span.start <= _OPENS
    if not (told or grounds or begins):
        return
    when = _when(span.of(text)) or (floor.when if begins else None)
    for who in speakers(text, span) or ((None,) if told else ()):
        yield Explanation(who, when, span, floor.vote if begins else None)


def _is_heading(line: str) -> bool:
    plain = line.strip(" *_#\t")
    ended = plain.endswith((".", "!", "?", ";", ","))
    return len(plain) <= _SHORT and not ended and _LABELLED.match(line) is None


def _is_chair(name: str) -> bool:
    plain = _BRACKETS.sub("", name).strip(" *_")
    return load().found["chair"].fullmatch(plain) is not None


def _labelled(text: str, label: re.Match[str]) -> Listed | None:
    """Give the State that a label names: "France", or the one in "Ms. Ruiz (Argentina)"."""
    name = Span(label.start("name"), label.start("name") + len(label["name"].rstrip(" *_\u00a0")))
    whole = _listed(text, name)
    if whole.iso3 is not None:
        return whole
    for one in _BRACKETS.finditer(text, *name):
        inside = _listed(text, Span(*one.span("in")))
        if inside.iso3 is not None:
            return inside
        before = _listed(
            text, Span(name.start, name.start + len(text[name.start : one.start()].rstrip()))
        )
        if before.iso3 is not None:
            return before
    return None


def _listed(text: str, span: Span) -> Listed:
    words = " ".join(span.of(text).split())
    return Listed(words, code(words), span)


def _when(words: str) -> str | None:
    if load().found["before"].search(words):
        return "before"
    return "after" if load().found["after"].search(words) else None


def speakers(text: str, span: Span) -> tuple[Listed, ...]:
    """Give the States that spoke: named behind "the representative of", or heading the sentence."""
    spoken = load().found["speaker"].search(text, *span)
    before = _before_office(text, span) if spoken is None else None
    if before is not None:
        return (before,)
    start = span.start if spoken is None else spoken.end()
    names = listed(text, (start, min(span.end, start + _AHEAD)))
    found = []
    for one in names:
        known = one if one.iso3 else _head(text, one.span)
        if known is None:
            break
        found.append(known)
        if known is not one:
            break
    return tuple(found)


def _before_office(text: str, span: Span) -> Listed | None:
    """Give the State right before "representative": "the United States representative said"."""
    office = load().found["office of"].search(text, *span)
    if office is None:
        return None
    words = [*re.finditer(r"\S+", text[span.start : office.start()])][-_MOST_WORDS:]
    for first in words:
        name = Span(span.start + first.start(), span.start + words[-1].end())
        kept = _OWNER.sub("", name.of(text))
        if code(kept) is not None:
            return Listed(kept, code(kept), Span(name.start, name.start + len(kept)))
    return None


def _head(text: str, span: Span) -> Listed | None:
    """Give the State with which a longer piece begins: "France explained its vote"."""
    words = [*re.finditer(r"\S+", span.of(text))][:9]
    for last in reversed(words):
        part = Span(span.start, span.start + last.end())
        name = _OWNER.sub("", part.of(text).strip(" ,.;:"))
        if code(name) is not None:
            return Listed(name, code(name), Span(span.start, span.start + len(name)))
    return None

"""What came of a vote, where a sentence of its own says it: "The draft was therefore adopted."."""

from __future__ import annotations

import re

from atalaya.promises.votes.words import OUTCOMES, load
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.spans import Span

_AHEAD = 250  # characters behind a vote in which its outcome is told
_LONGEST = 250  # characters of a sentence that tells an outcome and little else
_LINE = re.compile(r"[^\n]+")


def outcome_said(text: str, span: tuple[int, int]) -> str | None:
    """Give the outcome that words tell, or None."""
    found = (one for one in OUTCOMES if load().outcomes[one].search(text, *span))
    return next(found, None)


def outcome_beside(text: str, span: Span, end: int) -> str | None:
    """Give the outcome that sentences within a vote's words or shortly behind them tell.

    Such a sentence says in the passive, or in the chair's words, what became of the text; it names
    no speaker, and is not about a text that was not voted on. Two different ones tell nothing.

    Args:
        text: The document.
        span: The vote.
        end: Where the next vote begins.
    """
    words = load().found
    said: set[str] = set()
    for line in _LINE.finditer(text, span.start, min(end, span.end + _AHEAD)):
        for one in sentences(text, line.span()):
            told = words["became"].search(text, *one) is not None
            other = any(words[name].search(text, *one) for name in ("unvoted", "speaker", "phrase"))
            outcome = outcome_said(text, one)
            if told and not other and outcome is not None and one.end - one.start <= _LONGEST:
                said.add(outcome)
    return said.pop() if len(said) == 1 else None

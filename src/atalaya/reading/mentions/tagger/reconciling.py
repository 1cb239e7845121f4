"""One answer from rules and model: which of two spans of a thing stands.

The policy, label by label, for English texts; other languages keep what the rules found.

1. The model looks only at sentences in which a rule has found something it knows of.
2. Where a span of the model and spans of rules of one label overlap, the model's span stands - it
   has learnt how far a reader would mark - with the identifier, name and status of the longest of
   the rules' spans, and the surer of the two's confidence.
3. A span that only one of them found stands as it is, the model's with its own probability.
4. A forum's model knows of substances alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.tagger.genre import FORUM, genre_of
from atalaya.reading.mentions.tagger.model import VERSION, Span, load

LANGUAGE = "en"
LABELS = {
    "DRUG": Label.SUBSTANCE,
    "QUANTITY": Label.QUANTITY,
    "GPE": Label.PLACE,
    "ORG": Label.ORGANISATION,
    "FAC": Label.FACILITY,
    "CONCEAL": Label.CONCEALMENT,
}
_CUES = frozenset((Label.SUBSTANCE, Label.QUANTITY, Label.CONCEALMENT))


def mentions(page: Page, ruled: Sequence[Mention], language: str | None) -> list[Mention]:
    """Join what rules found with what the model finds.

    Args:
        page: The text.
        ruled: Mentions of all rules, in any order.
        language: ISO 639-1 code of the text, or None where unknown.

    Returns:
        Mentions ordered by start; those of one label do not overlap where the model found one.
    """
    if language != LANGUAGE or not ruled:
        return sorted(ruled, key=lambda one: (one.start, one.end))
    kind = genre_of(page.folded.text)
    tagger = load(kind)
    cues = [one.start for one in ruled if one.label in _CUES or kind == FORUM]
    cut = _sentences(page, cues)
    spans = [span for start, end in cut for span in tagger.spans(page.text, start, end)]
    return reconciled(ruled, spans, kind)


def _sentences(page: Page, cues: Iterable[int]) -> Iterator[tuple[int, int]]:
    last = -1
    for cue in sorted(cues):
        if cue >= last:
            start, last = page.sentence_of(cue)
            yield start, last


def reconciled(ruled: Sequence[Mention], spans: Sequence[Span], kind: str) -> list[Mention]:
    """Apply the policy of this module to what both found."""
    by_label: dict[Label, list[Mention]] = {}
    for one in sorted(ruled, key=lambda one: one.start):
        by_label.setdefault(one.label, []).append(one)
    taken: set[int] = set()
    joined = []
    for span in spans:
        label = LABELS[span.label]
        same = _overlapping(by_label.get(label, ()), span)
        taken.update(map(id, same))
        joined.append(_joined(span, label, same, kind))
    joined += [one for one in ruled if id(one) not in taken]
    return sorted(joined, key=lambda one: (one.start, one.end))


def _overlapping(ruled: Sequence[Mention], span: Span) -> list[Mention]:
    first = bisect_left(ruled, span.end, key=lambda one: one.start)
    return [one for one in ruled[:first] if one.end > span.start]


def _joined(span: Span, label: Label, same: Sequence[Mention], kind: str) -> Mention:
    rule = f"tagger {kind} {VERSION}"
    sure = round(span.sure, 3)
    if not same:
        return Mention(span.start, span.end, label, confidence=sure, rule=rule)
    held = max(same, key=lambda one: (one.end - one.start, -one.start))
    rules = f"{rule} + {held.rule}" if held.rule else rule
    return replace(
        held,
        start=span.start,
        end=span.end,
        confidence=max(sure, held.confidence),
        rule=rules,
    )

"""One answer from rules and model: which of two spans of a thing stands.

The policy, label by label, for English texts; other languages keep what the rules found.

1. The model looks at the beginning of a text, which of an alert or a title is all of it, and behind
   it at sentences in which a rule has found a substance, an amount or a hiding place. A text of
   no known language is read so only where a rule has found something.
2. Where a span of the model and spans of rules of one label overlap, the model's span stands - it
   has learnt how far a reader would mark - with the identifier, name and status of the longest of
   the rules' spans, and the surer of the two's confidence.
3. What only the model found stands with the model's probability.
4. What only rules found stands - in news of places, bodies and substances only where the model, if
   it looked at the sentence, does not think it all but impossible: "Perth Airport" is a facility.
5. A forum's model knows of substances alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.tagger.genre import NEWS, genre_of
from atalaya.reading.mentions.tagger.model import VERSION, Read, Span, load

LANGUAGE = "en"
LABELS = {
    "DRUG": Label.SUBSTANCE,
    "QUANTITY": Label.QUANTITY,
    "GPE": Label.PLACE,
    "ORG": Label.ORGANISATION,
    "FAC": Label.FACILITY,
    "CONCEAL": Label.CONCEALMENT,
}
# Label -> the model's, and the chance below which what a rule found alone is left out in news. Set
# by what rules alone found in sentences held out, so that how both do together is not unseen.
_ASKED = {
    Label.PLACE: ("GPE", 0.3),
    Label.ORGANISATION: ("ORG", 0.15),
    Label.SUBSTANCE: ("DRUG", 0.05),
}
_READ_WHOLE = 600  # characters
_CUES = frozenset((Label.SUBSTANCE, Label.QUANTITY, Label.CONCEALMENT))


def mentions(page: Page, ruled: Sequence[Mention], language: str | None) -> list[Mention]:
    """Join what rules found with what the model finds.

    Args:
        page: The text.
        ruled: Mentions of all rules, in any order.
        language: ISO 639-1 code of the text, or None where unknown: then it is read as English.

    Returns:
        Mentions ordered by start; those of one label do not overlap where the model found one.
    """
    if language != LANGUAGE and (language is not None or not ruled):
        return sorted(ruled, key=lambda one: (one.start, one.end))
    kind = genre_of(page.folded.text)
    tagger = load(kind)
    cues = [one.start for one in ruled if one.label in _CUES]
    reads = [tagger.read(page.text, *one) for one in _sentences(page, cues)]
    doubted = _doubted(ruled, reads) if kind == NEWS else set()
    kept = [one for one in ruled if id(one) not in doubted]
    return reconciled(kept, [span for read in reads for span in read.spans], kind)


def _doubted(ruled: Sequence[Mention], reads: Sequence[Read]) -> set[int]:
    """Give the mentions that the model thinks all but impossible."""
    held = [read for read in reads if read.cut.starts]
    starts = [read.cut.starts[0] for read in held]
    doubted = set()
    for one in ruled:
        asked = _ASKED.get(one.label)
        number = bisect_right(starts, one.start) - 1
        if asked is not None and number >= 0 and one.start < held[number].cut.ends[-1]:
            label, least = asked
            if held[number].chance(one.start, one.end, label) < least:
                doubted.add(id(one))
    return doubted


def _sentences(page: Page, cues: Iterable[int]) -> Iterator[tuple[int, int]]:
    begun = [start for start in page.sentences if start < _READ_WHOLE]
    last = -1
    for cue in sorted({*begun, *cues}):
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

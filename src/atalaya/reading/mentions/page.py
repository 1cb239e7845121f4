"""A text as recognisers see it: its folded form, what the scan found, and its sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from atalaya.reading.mentions.folding import Folded, fold
from atalaya.reading.mentions.lexicon import Hit, Lexicon

# A mark that ends a sentence, then a gap and what may begin one; an empty line. Each begins with a
# class of characters, which the engine looks for fast.
_BREAK = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[¿¡]*[A-Z0-9À-ÖØ-ÞΑ-ΩА-Я])|[。！？؟।]\s*")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
# A full stop after one capital or a short title ("J. Pérez", "Dr. Ruiz") ends nothing.
_SHORT = re.compile(
    r"(?:^|[\s(\"'“«])(?:[A-ZÀ-Ý]|Mr|Mrs|Ms|Dr|Dra|Sr|Sra|Gen|Art|No|Nº|St|Lic|Ing|Col|Cpl|Sgt|Lt|Capt|"
    r"Prof|Rev|Hon|approx|vs|ca|etc|núm|pág|[Aa]rt|M|MM|Mme|Hr|Fr)\.\Z"
)
_LOOKED_BACK = 8
_NOTHING: Sequence[Hit] = ()


@dataclass(slots=True)
class Page:
    """One text, read once.

    Args:
        text: The original.
        folded: Its folded form.
        hits: Kind -> what the scan found, with offsets into the original.
    """

    text: str
    folded: Folded
    hits: Mapping[str, Sequence[Hit]]
    _starts: list[int] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, text: str, lexicon: Lexicon) -> Page:
        """Fold and scan a text."""
        folded = fold(text)
        return cls(text, folded, lexicon.scan(folded))

    def found(self, kind: str) -> Sequence[Hit]:
        """Give the hits of a kind, in order of their ends; empty where there are none."""
        return self.hits.get(kind, _NOTHING)

    @property
    def sentences(self) -> Sequence[int]:
        """Offsets at which sentences begin, ascending; the first is 0."""
        if self._starts is None:
            self._starts = _starts(self.text)
        return self._starts

    def sentence_of(self, offset: int) -> tuple[int, int]:
        """Give start and end of the sentence that holds an offset of the original."""
        starts = self.sentences
        number = bisect_right(starts, offset) - 1
        end = starts[number + 1] if number + 1 < len(starts) else len(self.text)
        return starts[number], end


def _starts(text: str) -> list[int]:
    """Give where sentences begin."""
    starts = {0}
    for found in _BREAK.finditer(text):
        mark = found.start()
        before = text[max(0, mark - _LOOKED_BACK) : mark + 1]
        if text[mark] != "." or not _SHORT.search(before):
            starts.add(found.end())
    starts.update(found.end() for found in _EMPTY_LINE.finditer(text))
    starts.discard(len(text))
    return sorted(starts)

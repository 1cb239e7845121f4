"""Does a word that is also an ordinary one, an agency or a code stand for a drug here?

A name that means nothing else speaks for itself. Any other starts with the prior of its form and is
judged by what stands around it: words that go with a drug (a quantity, using, selling), other names
of drugs in the sentence and the text, words that go with another sense, and the way it is written.
The weights are hand-set (one sure sign makes up for a doubtful form) and were tried on the ``tune``
half of ``tests/material/open_sources/substances.jsonl`` alone.

Source of the idea: D. Yarowsky, "One sense per collocation", ARPA HLT (1993): the words beside a
word tell its sense; "one sense per discourse" (Gale, Church and Yarowsky, 1992): so does the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.reading.mentions.lexicon import Entry, Hit
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.substances_names import Naming
from atalaya.reading.mentions.words_read import frequencies, spelt_out, table, words

CONTEXT = "drug-context"
# A material ("plaster") is near drugs as packing or food too: a list or an amount must say so.
_PRIOR = {"capitals": 0.0, "context": -0.5, "material": -1.5, "weak": -2.5}
_COMMON, _EVERYWHERE = 4.0, 5.0  # Zipf frequencies of ordinary words
_AROUND = 48  # characters looked at on each side, about seven words
_JOINED = re.compile(r"[\s,/;()\"'&+]*(?:and|or|y|o|e|et|ou|und|oder|with|con)?[\s,/;()\"'&+]*")
_QUOTES = frozenset("\"“«'‘„")
_NEAR = 28
_FARTHEST = 120  # characters from which a name that ends near may begin
_QUANTITY = re.compile(
    r"\b\d+ (?:[a-z]+ )?(?:of|de|d|da|do) $|\b(?:g|kg|mg|gramm|kilo|kilogramm) $"
)


@dataclass(frozen=True, slots=True)
class Homograph:
    """A form with other senses.

    Args:
        prior: What speaks for the drug before anything around it is read.
        before: Words that, right before it, speak for another sense.
        after: Words that, right after it, do.
        near: Words that do anywhere in the same sentence.
        drug_before: Words that, right before it, speak for the drug ("de heroína").
    """

    prior: float
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    drug_before: frozenset[str] = frozenset()


def entries() -> Iterator[Entry]:
    """Give the words that say a text is about drugs, of kind ``drug-context``."""
    for row in table("context_cues"):
        for cue in spelt_out(row["cue"]):
            yield Entry(cue, CONTEXT, float(row["weight"]))


class Surroundings:
    """What a page says around its hits.

    Args:
        page: The page.
        hits: Its hits of names, longest first resolved, in order.
        told: Whether it is known from elsewhere that the document is about drugs.
        nouns: Whether the language writes every noun with a capital, which then names nobody.
    """

    def __init__(self, page: Page, hits: Sequence[Hit], *, told: bool = False, nouns: bool = False):
        self.page = page
        self._nouns = nouns
        self._told = told
        self._all, self._all_starts = hits, [hit.start for hit in hits]
        self._sure = [hit for hit in hits if other_senses(hit) is None]
        self._starts = [hit.start for hit in self._sure]
        self._cues = sorted(hit.start for hit in page.found(CONTEXT))

    @property
    def about_drugs(self) -> bool:
        """Whether anything on the page speaks of drugs."""
        return bool(self._told or self._sure or self._cues)

    def means_a_drug(self, hit: Hit) -> bool:
        """Tell whether a hit stands for its substance here."""
        senses = other_senses(hit)
        return senses is None or self._score(hit, senses) >= 1.0

    def _score(self, hit: Hit, senses: Homograph) -> float:
        text = self.page.folded.text
        before = text[max(0, hit.at - _AROUND) : hit.at].split()[-6:]
        after = text[hit.to : hit.to + _AROUND].split()[:6]
        score = senses.prior + self._licence(hit)
        score += _written(hit, self.page.text, bool(self._sure))
        score -= 2.0 * (not self._nouns and _is_named(hit, self.page.text))
        used = words("use_words", "use")
        score += 1.0 * (not used.isdisjoint(before[-3:])) + 0.5 * (not used.isdisjoint(after[:3]))
        events = words("use_words", "event")
        score += 1.5 * (not events.isdisjoint((*before[-3:], *after[:2])))
        score += 1.0 * bool(_QUANTITY.search(text, max(0, hit.at - 24), hit.at + 1))
        score -= 2.0 * (not senses.after.isdisjoint(after[:1]))
        score -= 1.0 * (not senses.before.isdisjoint(before[-1:]))
        score += 0.5 * (not senses.drug_before.isdisjoint(before[-1:]))
        if senses.near and not senses.near.isdisjoint((*before, *after)):
            score -= 1.5
        return score

    def _licence(self, hit: Hit) -> float:
        """Weigh other names of drugs and words about drugs, the nearer the more."""
        start, end = self.page.sentence_of(hit.start)
        score = 0.5 * bool(self._cues or self._told) + 0.5 * bool(self._sure)
        score += 1.0 * (_between(self._cues, start, end) > 0)
        score += 1.0 * (_between(self._starts, start, end) > 0)
        lo = bisect_left(self._all_starts, max(start, hit.start - _FARTHEST))
        hi = bisect_left(self._all_starts, min(end, hit.end + _NEAR))
        listed = [other for other in self._all[lo:hi] if self._coordinated(hit, other)]
        sure = any(other_senses(other) is None for other in listed)
        return score + (1.5 if sure else 0.75 * bool(listed))

    def _coordinated(self, hit: Hit, other: Hit) -> bool:
        a, b = (other.end, hit.start) if other.end <= hit.start else (hit.end, other.start)
        return (
            other is not hit
            and 0 <= b - a <= _NEAR
            and bool(_JOINED.fullmatch(self.page.text, a, b))
        )


def other_senses(hit: Hit) -> Homograph | None:
    """Give what else a hit's form may mean; None where it means nothing else."""
    naming = hit.entry.value
    assert isinstance(naming, Naming)
    return _senses(hit.entry.name, naming.needs)


@cache
def _senses(name: str, needs: str) -> Homograph | None:
    form = name.strip()
    listed = _homographs().get(form)
    if listed is not None or not needs:
        return listed
    return _by_needs(needs, frequencies().get(form, 0.0))


def _by_needs(needs: str, zipf: float) -> Homograph:
    """Give the prior of a name that the register says is also something else."""
    prior = _PRIOR[needs]
    if needs != "capitals" and zipf >= _COMMON:
        prior -= 0.5 + (zipf >= _EVERYWHERE)
    return Homograph(prior)


def _written(hit: Hit, text: str, licensed: bool) -> float:
    """Weigh the way it is written: an agency's capitals, a name's capital, quotation marks."""
    word = text[hit.start : hit.end]
    naming = hit.entry.value
    code = isinstance(naming, Naming) and naming.written.isupper()
    quoted = hit.start > 0 and text[hit.start - 1] in _QUOTES
    around = text[max(0, hit.start - 30) : hit.start] + text[hit.end : hit.end + 30]
    if word.isupper() and len(word) > 1 and around.upper() != around:
        return 1.0 if code else -3.0
    if word.islower() and len(word) == 1:
        return -3.0  # "e" is a conjunction more often than ecstasy
    if code and word.islower():
        return 0.0 if licensed and hit.entry.name.strip() not in frequencies() else -1.5
    return 0.5 if quoted and licensed else 0.0


def _is_named(hit: Hit, text: str) -> bool:
    """Tell whether a word is capitalised as a name is: within a sentence, or before another."""
    naming = hit.entry.value
    if not isinstance(naming, Naming) or naming.kind != "street" or not naming.written[0].islower():
        return False
    if not text[hit.start : hit.end].istitle() or text[hit.start - 1 : hit.start] in _QUOTES:
        return False
    before = text[max(0, hit.start - 24) : hit.start].split()
    within = bool(before) and before[-1][:1].islower()
    followed = text[hit.end : hit.end + 2].lstrip()[:1].isupper()
    return within or (followed and not (before and before[-1].istitle()))


def _between(starts: Sequence[int], start: int, end: int) -> int:
    return bisect_left(starts, end) - bisect_left(starts, start)


@cache
def _homographs() -> Mapping[str, Homograph]:
    return {
        row["form"]: Homograph(
            float(row["prior"]),
            *(
                frozenset(row[column].split())
                for column in ("before", "after", "near", "drug_before")
            ),
        )
        for row in table("homographs")
    }

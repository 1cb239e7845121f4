"""Finds the substances a page names.

Names of the register come from the page's one scan; the longest of overlapping ones wins, and a
name of a salt or form ("cocaine hydrochloride", "heroin base") belongs to the span but not to the
identity. Words that the scan does not know are looked into only on a page about drugs: for names
run together ("ofprotonitazene"), compounds ("Kokainfund"), slips ("fenatnyl") and new names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atalaya.reading.mentions import candidates, negation, senses, substances_names
from atalaya.reading.mentions.lexicon import Entry, Hit, longest
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.negation import Statuses
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.senses import Surroundings
from atalaya.reading.mentions.substances_names import KIND, Naming, forms
from atalaya.reading.mentions.substances_unlisted import JOINED, MISSPELT, RULE, Found, unlisted
from atalaya.reading.mentions.words_read import words

_LESS_SURE = {RULE: 0.0, JOINED: 0.05, MISSPELT: 0.2}
_SALT = re.compile(
    r"[ -]{1,2}(?:hydrochloride|hydrobromide|hcl|hbr|sulfate|sulphate|citrate|tartrate|maleate|"
    r"fumarate|phosphate|free ?base|base|clorhidrato|sulfato|cloridrato|chlorhydrate|"
    r"hydrochlorid)\b",
    re.IGNORECASE,
)
_SALT_BEFORE = re.compile(
    r"(?:clorhidrato|cloridrato|sulfato|chlorhydrate|sulfate|base|citrato) d[e'’] ?$", re.IGNORECASE
)
_LONGEST_SALT = 18
_OF = frozenset(("e ", "d'", "d’"))
# A radical right before a name makes another substance of it ("valeryl fentanyl").
_RADICAL = re.compile(
    r"(?:[a-z]{2,}(?:yl|oyl)|(?:di|tri)?(?:fluoro|chloro|bromo|iodo)|(?:methoxy|ethoxy|hydroxy|nitro)|"
    r"(?:des|nor)[a-z]*yl|iso|para|meta|ortho|alpha|beta)"
)
_FUSED = words("glued_words", "fused")
_GLUE = re.compile(r"^(?:of|and|with)(?=[a-z]{4})")


def entries() -> Iterator[Entry]:
    """Give everything the scan has to look for on behalf of substances."""
    yield from substances_names.entries()
    yield from senses.entries()
    yield from negation.entries()
    yield from candidates.entries()


def mentions(
    page: Page, *, about_drugs: bool = False, language: str | None = None
) -> list[Mention]:
    """Find the substances that a page names.

    Args:
        page: A page scanned with ``entries``.
        about_drugs: Whether it is known from elsewhere that the document is about drugs, as for a
            title whose text was read first.
        language: Two letters, where known: German writes every noun with a capital.

    Returns:
        Mentions of label ``SUBSTANCE``, ordered by start, none overlapping; without identifier
        where the name only looks like a substance's (``candidates.raised``).
    """
    hits = longest(page.found(KIND))
    around = Surroundings(page, hits, told=about_drugs, nouns=language == "de")
    found = [_widened(page, hit) for hit in hits if around.means_a_drug(hit)]
    found += unlisted(page, around.about_drugs)
    kept = _apart(found)
    statuses = Statuses(page).of_list([(f.start, f.end, f.at, f.to) for f in kept])
    return [
        Mention(
            each.start,
            each.end,
            Label.SUBSTANCE,
            status,
            each.naming.id if each.naming else None,
            each.naming.name if each.naming else None,
            _confidence(each),
            each.rule,
        )
        for each, status in zip(kept, statuses, strict=True)
    ]


def _confidence(found: Found) -> float:
    if found.naming is None:
        return candidates.CONFIDENCE
    return round(found.naming.confidence - _LESS_SURE[found.rule], 2)


def _widened(page: Page, hit: Hit) -> Found:
    """Add salt and radical to a hit; a radical that makes another substance takes its identity."""
    naming = hit.entry.value
    assert isinstance(naming, Naming)
    start, end = hit.start, hit.end
    if (salt := _SALT.match(page.text, end, end + _LONGEST_SALT)) is not None:
        end = salt.end()
    if page.text[start - 2 : start] in _OF:
        salt = _SALT_BEFORE.search(page.text, max(0, start - _LONGEST_SALT), start)
        start = start if salt is None else salt.start()
    if hit.entry.name.strip() in _FUSED:
        return _with_radical(page, hit, naming, end)
    return Found(start, end, hit.at, hit.to, naming, RULE)


def _with_radical(page: Page, hit: Hit, naming: Naming, end: int) -> Found:
    text = page.folded.text
    before = text.rfind(" ", 0, hit.at)
    word = _GLUE.sub("", text[before + 1 : hit.at])
    gap = page.text[int(page.folded.offsets[hit.at]) : hit.start]
    if before < 0 or not _RADICAL.fullmatch(word) or f" {word} " in forms() or gap.strip("- –"):
        return Found(hit.start, end, hit.at, hit.to, naming, RULE)
    at = hit.at - len(word) - 1
    known = forms().get(f" {word}{text[hit.at : hit.to + 1]}") or forms().get(
        f" {word}{text[hit.at + 1 : hit.to + 1]}"
    )
    start = int(page.folded.offsets[at + 1])
    return Found(start, end, at, hit.to, known, RULE if known else candidates.RULE)


def _apart(found: list[Found]) -> list[Found]:
    """Keep of overlapping spans the longest, of equal ones the one that resolves."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda f: (f.start, -f.end, f.naming is None)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
        elif each.end - each.start > kept[-1].end - kept[-1].start:
            kept[-1] = each
    return kept

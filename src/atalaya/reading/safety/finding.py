"""Find sentences that explain how to make, hide or dose, or that sell: they may not be shown (R5).

A sentence is judged by how many signs of each kind it holds; what tells news, policy and advice
that keeps people alive counts against. One line that is clear enough alone, such as a market's
address, is found wherever it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from atalaya.reading.mentions.page import Page
from atalaya.reading.safety.signs import SIGN

RULE = "safety-1"
"""Name and version of the rules, on every find."""


class Kept(StrEnum):
    """What is kept out."""

    MAKING = "making"
    HIDING = "hiding"
    DOSING = "dosing"
    MARKET = "market"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Unsafe:
    """A sentence that may not be shown: where it stands, what it holds, how sure that is."""

    start: int
    end: int
    kept: Kept
    confidence: float
    rule: str = RULE


_CLEAR = 3.0
"""Weight of signs from which a sentence is withheld; found on the project's red-team file."""

# A market's address, or an account named as one: enough alone.
_USUAL = 260  # characters of a sentence; signs strewn over a longer one, such as a list, count less
_ADDRESS = re.compile(r"\.onion\b")
_LINK = re.compile(r"(?i)\b(?:t\.me|wa\.me|discord\.gg|wickr\.me)/\w+")
_ACCOUNT = re.compile(
    r"(?i)\b(?:wickr|telegram|threema|session|signal|whatsapp|snap(?:chat)?|kik|insta(?:gram)?)\b"
    r"[^.\n]{0,24}?(?:@\w+|\+\d[\d ]{6,}|[:=]\s?\w{4,})"
)
_AMOUNT = re.compile(r"(?i)\b(?:\d[\d.,]{0,14}|number|some)\s?(?:mg|mcg|µg|ug|ml)\b")
_NUM = (
    r"(?:\d[\d.,]{0,14}|five|ten|twenty|cinco|diez|veinte|"
    r"dix|cinq|vingt|dez|vinte|funf|fünf|acht|zehn|zwanzig|einen)"
)
_COIN = (
    r"(?:[€$£]|\b(?:eur|usd|balles|zehner|"
    r"gbp|euros?|dollars?|d[óo]lares|pesos|reais|bucks|soles|francs?)\b)"
)
_UNIT = (
    r"(?:g|gr|grams?|gramm|gramos?|gramas?|grammes?|pills?|pastillas?|p[íi]lulas?|tabletas?|tablets?|"
    r"dos[ei]s?|each|apiece|bolsitas?|bolsas?|pochons?|beutel|buchinhas?|zehner|"
    r"comprimidos?|comprim[ée]s?|hits?|bags?|points?|bars?|balas?|pille|päckchen|stück|"
    r"pi[èe]ce)"
)
_PRICE = re.compile(
    rf"(?i)(?:{_COIN}\s?\d[\d.,]{0, 14}|{_NUM}\s?{_COIN})"
    rf"(?:\s*(?:/|per|an?\b|por|el|la|cada|o|le|das|die|pro)\s*\d*\s?{_UNIT}\b|(?=.{{0,80}}\b{_UNIT}\b))"
    rf"|\b{_UNIT}\b[^.\n]{{0,40}}?(?:{_COIN}\s?\d|{_NUM}\s?{_COIN})"
)
_LARGE = re.compile(
    r"(?i)\b(?:per|por|par|pro|the|un|le|das)?\s?"
    r"(?:kg|kilos?|kilogram\w*|tonn\w+|tonelada\w*)\b"
)


def unsafe(page: Page) -> list[Unsafe]:
    """Find what may not be shown of a page.

    Args:
        page: Scanned with a lexicon that holds ``signs.entries()``.

    Returns:
        Sentences, ordered by start, each with the kind that weighs most.
    """
    found = []
    for start, end, signs in _sentences(page):
        said = page.text[start:end]
        weights = _weights(said, signs)
        kept = max(weights, key=lambda kind: weights[kind])
        if weights[kept] >= _CLEAR:
            found.append(Unsafe(start, end, kept, min(0.99, 0.5 + weights[kept] / 10)))
    return found


def withhold(text: str, found: Sequence[Unsafe], mark: str) -> str:
    """Give a text with a mark in the place of each sentence that may not be shown.

    >>> withhold("A. B. C.", [Unsafe(3, 6, Kept.MARKET, 0.9)], "[withheld] ")
    'A. [withheld] C.'
    """
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start], mark]
        at = one.end
    return "".join((*parts, text[at:]))


def _sentences(page: Page) -> Iterable[tuple[int, int, Counter[str]]]:
    """Give sentences that hold a sign, an address, an account or a price, with their signs."""
    by_start: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    starts = page.sentences
    for hit in page.found(SIGN):
        by_start[_sentence(starts, hit.start)].append((hit.start, hit.end, str(hit.entry.value)))
    for pattern in (_ADDRESS, _LINK, _ACCOUNT, _PRICE):
        for found in pattern.finditer(page.text):
            by_start[_sentence(starts, found.start())]  # a sentence without signs is judged too
    for start in sorted(by_start):
        yield start, page.sentence_of(start)[1], _counted(by_start[start])


def _sentence(starts: Sequence[int], offset: int) -> int:
    return starts[bisect_right(starts, offset) - 1]


def _counted(signs: Iterable[tuple[int, int, str]]) -> Counter[str]:
    """Count signs by sort; a sign within a longer one of its sort is not counted again."""
    counted: Counter[str] = Counter()
    ends: dict[str, int] = {}
    for _, end, sort in sorted(signs, key=lambda sign: (sign[0], -sign[1])):
        if end > ends.get(sort, -1):
            counted[sort] += 1
            ends[sort] = end
    return counted


def _weights(said: str, signs: Counter[str]) -> dict[Kept, float]:
    """Weigh a sentence for each kind of what is kept out."""
    clear = 9.0 * bool(_ADDRESS.search(said)) + 4.0 * bool(_LINK.search(said))
    weights = _strewn(said, signs)
    rarer = min(1.0, _USUAL / len(said))
    return {
        kept: weight * rarer + clear * (kept == Kept.MARKET) for kept, weight in weights.items()
    }


def _strewn(said: str, signs: Counter[str]) -> dict[Kept, float]:
    told, care = min(signs["report"], 2), min(signs["care"], 2)
    price = bool(_PRICE.search(said)) and not _LARGE.search(said)
    amount = min(len(_AMOUNT.findall(said)), 3)
    account = bool(_ACCOUNT.search(said))
    instructed = min(signs["instruct"], 2)
    return {
        Kept.MAKING: 2 * signs["making"]
        + 1.5
        * min(signs["process"], 3)
        * bool(instructed or signs["making"] or signs["process"] > 1)
        + instructed
        - 2 * told
        - 2 * care,
        Kept.HIDING: 2.5 * signs["hiding"] + instructed - 2 * told - 1.5 * care,
        Kept.DOSING: (2 * signs["effect"] + amount) * bool(amount and signs["effect"])
        - 2 * told
        - 2 * care,
        Kept.MARKET: 1.5 * min(signs["sale"], 4) * bool(signs["sale"] > 1 or account)
        + 2 * account
        - 1.5 * told
        - 2 * care,
        Kept.PRICE: 2.5 * price + signs["local"] * price - 2 * told - 2 * care,
    }

"""A draft, what amended it, and the number under which it was adopted - where a text says so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atalaya.model.errors import BadInput
from atalaya.reading.symbols.finding import Mention, mentions
from atalaya.reading.symbols.symbol import Symbol

_AMENDED = re.compile(
    r",?\s+(?:as\s+(?:orally\s+)?(?:amended|revised)\s+by|amended\s+by|"
    r"en\s+su\s+forma\s+(?:enmendada|revisada)\s+por|enmendad[oa]\s+por|"
    r"tel(?:le)?\s+que\s+(?:modifiée?|amendée?)\s+par|(?:modifié|amendé)e?\s+par)\s+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*,\s*(?:and\s+|y\s+|et\s+)?|\s+(?:and|y|e|et)\s+")
_NUMBERED = re.compile(
    r"\b(?:resolution|decision|resolución|decisión|résolution|décision)s?\s+"
    r"(?:No\.?\s*|núm\.?\s*|n°\s*)?(?P<number>[1-9]\d{0,3}/[1-9]\d{0,3})(?![\w/])",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"\b(?:adopted|became|contained in|aprob\w+|pas[óo] a ser|figura en|adopté\w*|devenue?|"
    r"publiée?s? sous)\b|[(]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was put to the body.

    Args:
        symbol: Its symbol.
        amended_by: Symbols of the amendments that were taken in.

    >>> one = Draft.parse("E/CN.7/2025/L.6/Rev.1 as amended by L.10")
    >>> str(one.symbol), [str(each) for each in one.amended_by]
    ('E/CN.7/2025/L.6/Rev.1', ['E/CN.7/2025/L.10'])
    """

    symbol: Symbol
    amended_by: tuple[Symbol, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Draft:
        """Read a draft's symbol with its amendments, in English, Spanish or French.

        Raises:
            BadInput: A symbol in it cannot be read.
        """
        parts = _AMENDED.split(text.strip(), maxsplit=1)
        symbol = Symbol.parse(parts[0].strip())
        given = _AND.split(parts[1].strip()) if len(parts) > 1 else []
        return cls(symbol, tuple(symbol.related(one) for one in given))


@dataclass(frozen=True, slots=True)
class Adoption:
    """A sentence that says under which number a draft was adopted.

    Args:
        draft: The draft.
        number: The number as adopted, such as ``68/6``.
        start: Where the sentence begins in the text.
        end: Where it ends.
    """

    draft: Draft
    number: str
    start: int
    end: int


def adoptions(text: str) -> tuple[Adoption, ...]:
    """Find which draft became which resolution, where one sentence says it and no other reading is.

    Args:
        text: Running text.

    Returns:
        In the order of the text. A sentence with two numbers, or two drafts of which neither is
        said to amend the other, says nothing here: the pairs would be guessed.

    >>> (one,) = adoptions("Draft resolution E/CN.7/2025/L.6/Rev.1, as amended by L.10, "
    ...     "was adopted as resolution 68/6.")
    >>> one.number, str(one.draft.symbol), len(one.draft.amended_by)
    ('68/6', 'E/CN.7/2025/L.6/Rev.1', 1)
    """
    found = []
    for sentence in re.finditer(r"(?:[^.;\n]|\.(?=\S))+[.;]?", text):
        said = _adoption(sentence[0], sentence.start())
        if said is not None:
            found.append(said)
    return tuple(found)


def _adoption(words: str, start: int) -> Adoption | None:
    numbers = {one["number"] for one in _NUMBERED.finditer(words)}
    if len(numbers) != 1 or _ADOPTED.search(words) is None:
        return None
    found, _ = mentions(words)
    drafts = [one for each in found if (one := _draft(words, each)) is not None]
    amending = {symbol for one in drafts for symbol in one.amended_by}
    main = [one for one in drafts if one.symbol not in amending]
    if len(main) != 1:
        return None
    return Adoption(main[0], numbers.pop(), start, start + len(words))


def _draft(words: str, found: Mention) -> Draft | None:
    """Give the draft at a place, with the amendments that follow it, or None."""
    symbol = found.symbol
    if not symbol.is_draft:
        return None
    amended = _AMENDED.match(words, found.span.end)
    if amended is None:
        return Draft(symbol)
    listed = re.compile(r"[A-Z][\w./-]*[\w](?:\s*(?:,|and|y|et)\s*(?=[A-Z]+[./])[A-Z][\w./-]*\w)*")
    given = listed.match(words, amended.end())
    try:
        named = _AND.split(given[0]) if given else []
        return Draft(symbol, tuple(symbol.related(one) for one in named))
    except BadInput:
        return None

"""A page as passages: headings, sentences, items, rows of tables, with where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from atalaya.reading.changes.record import Unit

# Invisible signs that publishing systems put into words: soft hyphen, zero-width signs, marks of
# direction, byte order mark.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"'}
    | {"»": '"', "′": "'", "″": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"}
    | {"…": "..."}
)
# One sign at a time: a run of full stops as long as a page must not be read again from each.
_END = re.compile(
    r"[.!?…][\"”’»)\]]{0,3}\s+(?=[\"“‘«(\[¿¡]{0,2}[^\W_a-zß-öø-ÿ])|[。！？][」』”]{0,2}\s*(?=\S)"
)
# What ends with a full stop and no sentence: single letters, and short forms before names and
# numbers. Splitting there would do no harm but that one change is told as two.
_SHORT = re.compile(
    r"(?:^|[\s(])(?:\w|cf|vs|etc|approx|ca|St|Drs?|Mrs?|Ms|Prof|Sras?|Srs?|Gen|Col|e\.g|i\.e|p\.\s?ej|"
    r"[A-Z](?:\.[A-Z])+)\.$"
)
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(])(?:[Nn]os?|[Aa]rts?|[Pp]aras?|pp|[Vv]ol|[Cc]h|[Ss]ec|[Nn][úu]ms?|[Pp][áa]gs?|[Cc]ap|"
    r"[Ff]ig|[Tt]ab|[Rr]ev|[Aa]dd|[Cc]orr)\.$"
)
_LONGEST_SHORT = 12
_LONGEST = 1_500  # letters of a sentence that is not cut; the longest of treaties are shorter
_ONE_IN = 40  # words, on average, after which a longer one is cut


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of a page.

    Args:
        unit: What it is.
        text: Its words, spaces made plain; cells of a row between bars.
        where: The heading it stands under, or the page of a PDF.
        apart: Whether it belongs to the frame of the page and not to what it says.
        cells: For a row, its cells.
        table: For a row, the number of its table, from 1; else 0.
        heads: For a row, whether it holds the headings of the columns.
        written: How it is written beside its words, such as its markup; compared, never shown.
    """

    unit: Unit
    text: str
    where: str = ""
    apart: bool = False
    cells: tuple[str, ...] = ()
    table: int = 0
    heads: bool = False
    written: int = 0

    @property
    def key(self) -> str:
        """Its words as they are compared."""
        return folded(self.text)


def plain(text: str) -> str:
    r"""Make spaces plain and drop what nobody sees.

    >>> plain("  Forty\u00a0\u200bfour \n cases ")
    'Forty four cases'
    """
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip(" ")


def folded(text: str) -> str:
    """Fold what is only typography: composed letters, quotation marks, dashes.

    >>> folded("“12–14”")
    '"12-14"'
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).translate(_SIGNS)


def sentences(text: str) -> Iterator[str]:
    """Cut plain text into sentences; short forms and symbols such as ``Rev.1`` hold.

    What goes on for more than ``_LONGEST`` letters is cut after words that a rule chooses by the
    word alone, so that both versions are cut at the same words.

    >>> list(sentences("Art. 3 was read. It says no. See p. 4."))
    ['Art. 3 was read.', 'It says no.', 'See p. 4.']
    """
    at = 0
    for found in _END.finditer(text):
        stop = found.start() + len(found[0].rstrip())
        if text[found.start()] == "." and _is_short(text, at, found):
            continue
        yield from _cut(text[at:stop])
        at = found.end()
    if at < len(text):
        yield from _cut(text[at:])


def _is_short(text: str, at: int, found: re.Match[str]) -> bool:
    """Whether a full stop ends a short form and no sentence."""
    around = max(at, found.start() - _LONGEST_SHORT), found.start() + 1
    if _SHORT.search(text, *around):
        return True
    return text[found.end()].isdigit() and bool(_BEFORE_NUMBER.search(text, *around))


def _cut(sentence: str) -> Iterator[str]:
    if len(sentence) <= _LONGEST:
        yield sentence
        return
    held: list[str] = []
    for word in sentence.split(" "):
        held.append(word)
        if crc32(word.encode("utf-8", "replace")) % _ONE_IN == 0:
            yield " ".join(held)
            held = []
    if held:
        yield " ".join(held)


def row(cells: tuple[str, ...]) -> str:
    """Give the words of a row.

    >>> row(("Peru", "", "44"))
    'Peru |  | 44'
    """
    return " | ".join(cells)

"""Names that grow from a cue: the capital words before "Police", those behind "Ministerio"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from importlib import resources

from atalaya.reading.mentions.lexicon import Hit

_WORD = r"[A-ZÀ-ÖØ-Þ0-9][\w'’.&/-]*(?<![.])"
_JOIN = r"(?:and|y|e|et|und|&)"  # with a name right behind it: "Customs and Border Protection"
_LINK = (
    r"(?:(?:of|for|de|del|da|do|dos|das|du|des|für|der|am|an|zur|contra|against)"
    r"(?: (?:the|el|la|los|las|le|les|l))?)"
)
_GAP = rf"(?:[ \u00a0-]|[ \u00a0][dl]['’]|[ \u00a0]{_JOIN}[ \u00a0]|[ \u00a0]{_LINK}[ \u00a0'’])"
_ONE = rf"{_GAP}{_WORD}"
# French writes bodies' names in small letters: "Agence nationale de sécurité du médicament".
_FRENCH = (
    r"(?:[ \u00a0]\w+(?:al|ale|aux|ien|ienne|ais|aise))?"
    r"(?:[ \u00a0](?:(?:de|du|des|contre|pour)(?: (?:la|le|les))?[ \u00a0]|(?:de l|d)['’])"
    r"(?!la |le )\w+(?:[ \u00a0]\w+(?:ite|aux|aire|ique|ives?|al))?(?: et \w+)?)+"
)
_SHORT = r"[ \u00a0]\([A-Z]{2,8}\)"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’.&/-]*(?<![.])"  # no figures before a cue: they are a date's
_LEFT = re.compile(rf"(?:{_NAME}(?:[ \u00a0-](?:and|of|&|de|y)(?=[ \u00a0]))?[ \u00a0-])+\Z")
_RIGHT = re.compile(rf"(?:{_ONE})+(?:{_SHORT})?")
_RIGHT_FRENCH = re.compile(_FRENCH)
_RIGHT_WORD = re.compile(_ONE)
_ACRONYM = re.compile(_SHORT)
_FRENCH_HEADS = frozenset(
    ("agence", "office", "observatoire", "direction", "brigade", "office central")
)
_BACK = 80
# Capital words that but open a sentence.
_OPENERS = frozenset(
    {
        *("The", "A", "An", "In", "On", "At", "By", "And", "But", "According", "When", "After"),
        *("El", "La", "Los", "Las", "En", "De", "Del", "Un", "Una", "Y", "Según"),
        *("Le", "Les", "L", "Dans", "Une", "Des", "Selon"),
        *("O", "Os", "As", "Em", "No", "Na", "Um", "Uma", "Segundo"),
        *("Der", "Die", "Das", "Im", "Am", "Ein", "Eine", "Nach"),
    }
)


class Side(StrEnum):
    """Where the name stands, seen from its cue."""

    ALONE = "alone"
    HEAD = "head"
    SMALL = "small"  # as above, whatever case the cue is in
    WORD = "word"  # one word behind it, for German writes every noun with a capital
    TAIL = "tail"
    ACRONYM = "acronym"


def cues(file: str, lists: Mapping[str, Side]) -> dict[str, frozenset[Side]]:
    """Read cue words that ship with the package.

    Args:
        file: Name of the file in ``data``.
        lists: List of the file -> where the name of its cues stands.

    Returns:
        Cue -> every side on which its name may stand.
    """
    source = resources.files("atalaya.reading.mentions").joinpath("data", file)
    said = tomllib.loads(source.read_text(encoding="utf-8"))
    sides: dict[str, set[Side]] = {}
    for listed, side in lists.items():
        for name in said[listed]:
            sides.setdefault(name, set()).add(side)
    return {name: frozenset(found) for name, found in sides.items()}


def grown(text: str, hit: Hit, sides: frozenset[Side]) -> tuple[int, int, bool]:
    """Widen a cue over the name it belongs to.

    Args:
        text: The original.
        hit: The cue.
        sides: Where its name may stand.

    Returns:
        Start, end, and whether there is a name beside the cue.
    """
    start, end = hit.start, hit.end
    if Side.TAIL in sides and (text[hit.start].isupper() or Side.SMALL in sides):
        found = _LEFT.search(text, max(0, start - _BACK), start)
        start = _past_opener(text, found.start(), hit.start) if found else start
    if Side.HEAD in sides:
        found = _RIGHT.match(text, end) or _french(text, hit)
        end = found.end() if found else end
    elif Side.WORD in sides:
        found = _RIGHT_WORD.match(text, end)
        end = found.end() if found else end
    named = (start, end) != (hit.start, hit.end)
    short = _ACRONYM.match(text, end)
    return start, short.end() if short else end, named


def _french(text: str, hit: Hit) -> re.Match[str] | None:
    """Read the small words of a French name behind a head with a capital."""
    capital = text[hit.start].isupper() and hit.entry.name in _FRENCH_HEADS
    return _RIGHT_FRENCH.match(text, hit.end) if capital else None


def _past_opener(text: str, start: int, stop: int) -> int:
    """Leave out a capital word that but opens the sentence."""
    while start < stop:
        first = text[start:stop].split(maxsplit=1)[0]
        if first not in _OPENERS:
            break
        start += len(first) + 1
    return min(start, stop)


def outermost(spans: Iterable[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Keep of overlapping spans the one that begins first, of those the longest."""
    kept: list[tuple[int, int, bool]] = []
    for one in sorted(spans, key=lambda one: (one[0], -one[1])):
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept

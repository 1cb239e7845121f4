"""What intake leaves of a listed document: its words without private persons, as a readable part.

Called while the plain bytes are at hand, before a sealed original is closed. What may not leave is
taken out here, counted by reason, and never stored outside the original (R2, R5).
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

from atalaya.evidence.fetched import Fetched
from atalaya.model.declarations import SourceDeclaration
from atalaya.pipeline.intake import Named
from atalaya.reading.analysis.analyst import Analyst
from atalaya.reading.analysis.given import GivenText
from atalaya.reading.analysis.part import Part
from atalaya.reading.documents.document import TextDocument
from atalaya.reading.documents.opening import read
from atalaya.reading.persons.finding import is_unread
from atalaya.reading.safety.finding import Kept

_JSON = "application/json"
_FEWEST_WORDS = 4  # of a value of an entry that is prose rather than a name or code
_UNREAD = "unread script"
_NO_TEXT = "no text"
# Of a text that explains or sells no sentence is kept: what stands around one often goes on.
_NOTHING = ""


def reads(said: SourceDeclaration, named: Named, fetched: Fetched) -> bytes | None:
    """Give what may leave of a listed document.

    Args:
        said: Its source.
        named: What the listing says of it.
        fetched: Its plain bytes.

    Returns:
        The payload of a readable part; None for versions of a table, which are no texts.
    """
    if named.listing.kind == "versions" or named.item is None:
        return None
    found = _document(named, fetched)
    language = found.language.code or said.language
    published = _day(named.dated) or _day(found.published)
    address = named.name if "://" in named.name else ""
    if is_unread(f"{found.title} {found.text}"):
        return Part("", "", address, published, language, {_UNREAD: 1}).payload()
    title = found.title or named.item.title
    given = GivenText("", found.text or title, title, language, published, address or None)
    told = _analyst().analyse(given)
    withheld = Counter(told.withheld)
    if not given.text.strip():
        withheld[_NO_TEXT] += 1
    text, title = told.redacted_text, told.redacted_title
    if told.unsafe:
        withheld.update(one.kept.value for one in told.unsafe)
        whole = any(one.kept is not Kept.PRICE for one in told.unsafe)
        text = _NOTHING if whole else told.shown_text
    return Part(text, title, address, published, told.language, withheld).payload()


@cache
def _analyst() -> Analyst:
    return Analyst()


def _document(named: Named, fetched: Fetched) -> TextDocument:
    if named.listing.item == "entry" and fetched.media_type == _JSON:
        return _entry(json.loads(fetched.payload), named)
    return read(fetched.payload, fetched.media_type, named.name)


def _entry(said: Any, named: Named) -> TextDocument:
    """Read an entry of an interface: its title where the source declares it, and its prose."""
    title = named.item.title if named.item is not None else ""
    prose = [words for words in _strings(said) if words != title and _is_prose(words)]
    return TextDocument("\n\n".join(dict.fromkeys(prose)), title)


def _strings(said: Any) -> list[str]:
    if isinstance(said, str):
        return [" ".join(said.split())]
    values = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    return [words for value in values for words in _strings(value)]


def _is_prose(words: str) -> bool:
    return words.count(" ") + 1 >= _FEWEST_WORDS and "://" not in words


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said[:10]) if said else None
    except ValueError:
        return None

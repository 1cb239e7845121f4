"""Street names, brands and class words: names that a text uses and no table of figures does.

They stand apart from the register's own names: a cell that says ``ice`` names no substance, a text
that says how much ice was seized does. Each says what it needs before it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.registers.rows import rows, shipped
from atalaya.registers.substances import load

_COLUMNS = (
    "name",
    "substance",
    "kind",
    "country",
    "language",
    "from",
    "to",
    "needs",
    "checked",
    "sources",
)
_KINDS = frozenset({"street", "brand", "word"})
_CHECKED = frozenset({"verified", "unverified"})
NEEDS = frozenset({"free", "capitals", "context", "weak"})


@dataclass(frozen=True, slots=True)
class StreetName:
    """A name by which people call a substance.

    Args:
        text: The name.
        substance: Identifier of the entry.
        kind: ``street``, ``brand`` (of a medicine) or ``word`` (an everyday or official word).
        country: Two letters, None where not known or not tied to one.
        language: Two letters, None likewise.
        first: Year in which the oldest dated source used it, None where none is dated.
        last: Year of the newest, None likewise.
        needs: ``free``, ``capitals``, ``context`` or ``weak``, as ``senses.csv`` says of names.
        verified: Whether two independent sources use it so.
        sources: Who does.
    """

    text: str
    substance: str
    kind: str
    country: str | None
    language: str | None
    first: int | None
    last: int | None
    needs: str
    verified: bool
    sources: tuple[str, ...]


@cache
def street_names() -> Sequence[StreetName]:
    """Read the street names that ship with the package, once.

    Raises:
        BadInput: The file is missing or a row is broken, with file, line, column and remedy.

    >>> {n.substance for n in street_names() if n.text == "basuco"}
    {'substance:coca-paste'}
    """
    known = load()
    found = []
    for row in rows(shipped(), "street_names.csv", _COLUMNS):
        if known.known(row["substance"]) is None:
            row.refuse("substance", "is not in substances.csv", "correct it, or add the substance")
        found.append(
            StreetName(
                row.needed("name"),
                row["substance"],
                row.one_of("kind", _KINDS),
                row["country"] or None,
                row["language"] or None,
                row.year("from"),
                row.year("to"),
                row.one_of("needs", NEEDS),
                row.one_of("checked", _CHECKED) == "verified",
                tuple(row.needed("sources").split()),
            )
        )
    return tuple(found)

"""What retractions leave out of the evidence that is read; the archive and the log keep it all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.findings.retractions import Retraction, Words
from atalaya.model.records import Capture


def still_counting(
    captures: Iterable[Capture], retracted: Sequence[Retraction]
) -> tuple[Capture, ...]:
    """Give the captures whose document nobody retracted, in order.

    Where the newest document of an address is retracted, the one before it stands again.

    Args:
        captures: Captures of any sources.
        retracted: The retractions.
    """
    gone = {(one.source, one.address, one.sha256) for one in retracted if one.words is None}
    return tuple(one for one in captures if (one.source, one.address, one.sha256) not in gone)


def without_retracted(
    claims: pa.Table, source: str, address: str, retracted: Iterable[Retraction]
) -> pa.Table:
    """Give the claims of one document that nobody retracted.

    Args:
        claims: Claims with the schema ``model.tables.CLAIMS``, of one document.
        source: Slug of its source.
        address: Its address.
        retracted: The retractions.
    """
    for one in retracted:
        if one.words is not None and (one.source, one.address) == (source, address):
            claims = claims.filter(pc.invert(saying(claims, one.words)))
    return claims


def saying(claims: pa.Table, words: Words) -> pa.ChunkedArray:
    """Say of each claim whether it says exactly these words."""
    found = pc.is_valid(claims["id"])
    for name, said in words.content().items():
        column = claims[name]
        if said is not None:
            found = pc.and_(found, pc.fill_null(pc.equal(column, said), False))
        elif name != "quote":
            found = pc.and_(found, pc.is_null(column))
    return found


def words_of(claims: pa.Table, row: dict[str, object]) -> Words:
    """Say what a claim says, with its quote only where its document says the same elsewhere.

    Args:
        claims: The claims of its document.
        row: The claim, as a row of that table.
    """
    names = ("subject", "predicate", "territory", "period", "value", "text")
    bare = Words(**{name: row[name] for name in names})  # type: ignore[arg-type]
    alone = pc.sum(saying(claims, bare)).as_py() == 1
    if alone:
        return bare
    return Words(**{name: row[name] for name in (*names, "quote")})  # type: ignore[arg-type]

"""The rows of the release table ``follow_up``: one for each ask, resolution and session."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from atalaya.model.identifiers import record_id
from atalaya.promises.following import Matter

_text = pa.string()
# ``key`` is the last part of the address of its page; ``by`` is empty where the text sets no date.
# Where pages differ on an ask, ``asks`` and ``by`` hold each side, parted by " / ".
# ``funded`` is ``yes``, ``no`` or ``unknown``. ``dated`` is the day or month of the newest piece of
# evidence, ``searched`` of the newest search. ``claims`` are those it rests on, the ask's first.
FOLLOW_UP = pa.schema(
    [
        pa.field("id", _text, nullable=False),
        pa.field("key", _text, nullable=False),
        pa.field("kind", _text, nullable=False),
        pa.field("session", _text, nullable=False),
        pa.field("resolution", _text),
        pa.field("symbol", _text),
        pa.field("n", pa.int64()),
        pa.field("asks", _text),
        pa.field("asks_es", _text),
        pa.field("of_whom", _text),
        pa.field("by", _text),
        pa.field("money", _text),
        pa.field("status", _text, nullable=False),
        pa.field("funded", _text, nullable=False),
        pa.field("evidence", pa.int64(), nullable=False),
        pa.field("dated", _text),
        pa.field("searches", pa.int64(), nullable=False),
        pa.field("searched", _text),
        pa.field("claims", pa.list_(_text), nullable=False),
    ]
)
_FUNDED = {True: "yes", False: "no", None: "unknown"}


def matter_table(matters: Iterable[Matter]) -> pa.Table:
    """Give the release table of what is followed.

    Args:
        matters: From ``following.matters``.

    Returns:
        Rows with the schema FOLLOW_UP, in the order of the matters.
    """
    rows = []
    for one in matters:
        row = _row(one)
        rows.append({"id": record_id("matter", row), **row})
    return pa.Table.from_pylist(rows, schema=FOLLOW_UP)


def _row(one: Matter) -> dict[str, object]:
    evidence, searches = one.standing.evidence, one.standing.searches
    grounds = (*one.told, *one.bearing)
    return {
        "key": one.key,
        "kind": str(one.kind),
        "session": one.session,
        "resolution": one.resolution.id if one.resolution else None,
        "symbol": one.resolution.symbol if one.resolution else None,
        "n": one.n,
        "asks": _sides(said.value for said in one.told),
        "asks_es": _sides(said.notes.get("es") for said in one.told),
        "of_whom": one.of_whom,
        "by": _sides(map(str, one.dates)),
        "money": one.money,
        "status": str(one.standing.status),
        "funded": _FUNDED[one.funding.funded],
        "evidence": len(evidence),
        "dated": evidence[-1].when if evidence else None,
        "searches": len(searches),
        "searched": searches[-1].on if searches else None,
        "claims": [claim for said in grounds for claim in said.claims],
    }


def _sides(told: Iterable[str | None]) -> str | None:
    return " / ".join(dict.fromkeys(filter(None, told))) or None

"""The rows of the release table ``promises``: one a resolution, property and thing said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from atalaya.model.identifiers import record_id
from atalaya.promises.fields import Field, Said, Status
from atalaya.promises.resolutions import Resolution
from atalaya.promises.sessions import Session

_text = pa.string()
# ``value`` is null where ``status`` is unknown; a disputed property has a row for each side.
# ``symbol`` is the number as adopted, or the draft's symbol with the word draft.
# ``claims`` are the claims the row rests on, the main one first.
PROMISES = pa.schema(
    [
        pa.field("id", _text, nullable=False),
        pa.field("session", _text, nullable=False),
        pa.field("resolution", _text, nullable=False),
        pa.field("symbol", _text),
        pa.field("topic", _text),
        pa.field("property", _text, nullable=False),
        pa.field("value", _text),
        pa.field("value_es", _text),
        pa.field("territory", _text),
        pa.field("period", _text),
        pa.field("status", _text, nullable=False),
        pa.field("source", _text),
        pa.field("checked", _text),
        pa.field("claims", pa.list_(_text), nullable=False),
    ]
)


def table(sessions: Iterable[Session]) -> pa.Table:
    """Give the release table of what was promised.

    Args:
        sessions: From ``promises.record``.

    Returns:
        Rows with the schema PROMISES, by session, resolution and property; a property nobody says
        anything of has one row with the status ``unknown``.
    """
    rows = [
        row
        for session in sessions
        for resolution in session.resolutions
        for row in _rows(session, resolution)
    ]
    return pa.Table.from_pylist(rows, schema=PROMISES)


def _rows(session: Session, resolution: Resolution) -> Iterator[dict[str, object]]:
    about = {
        "session": session.id,
        "resolution": resolution.id,
        "symbol": resolution.symbol,
        "topic": resolution.topic.value,
    }
    for name, field in resolution.properties():
        for said in field.said or (None,):
            row = about | _row(name, field, said)
            yield {"id": record_id("promise", row), **row}


def _row(name: str, field: Field, said: Said | None) -> dict[str, object]:
    if said is None:
        empty = dict.fromkeys(("value", "value_es", "territory", "period", "source", "checked"))
        return {"property": name, **empty, "status": str(Status.UNKNOWN), "claims": []}
    followed = name == "follow-up"
    return {
        "property": f"{name}: {said.predicate}" if followed else name,
        "value": said.value,
        "value_es": said.notes.get("es"),
        "territory": said.territory,
        "period": said.period,
        "status": str(_own(said) if field.several else field.status),
        "source": said.cites,
        "checked": str(said.checked),
        "claims": list(said.claims),
    }


def _own(said: Said) -> Status:
    """Of several values, each is known or disputed by itself."""
    return Status.DISPUTED if said.disputed else Status.KNOWN

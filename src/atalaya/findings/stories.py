"""Stories: what reports of one happening say together, and how many independent voices say it.

A story is a machine's finding that nobody has checked, and is marked so. Its title is that of its
earliest report whose licence lets titles be passed on; copies of one agency's report count once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from atalaya.model.identifiers import record_id

Row = Mapping[str, Any]

STORIES = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("title", pa.string()),
        pa.field("language", pa.string()),
        pa.field("first_day", pa.string()),
        pa.field("last_day", pa.string()),
        pa.field("territory", pa.string()),
        pa.field("confidence", pa.float64()),
        pa.field("because", pa.string()),
        pa.field("substances", pa.list_(pa.string()), nullable=False),
        pa.field("texts", pa.int64(), nullable=False),
        pa.field("sources", pa.int64(), nullable=False),
        pa.field("origins", pa.int64(), nullable=False),
        pa.field("implausible", pa.string()),
        pa.field("claims", pa.list_(pa.string()), nullable=False),
    ]
)
CANDIDATES = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("first_day", pa.string()),
        pa.field("last_day", pa.string()),
        pa.field("texts", pa.int64(), nullable=False),
        pa.field("sources", pa.int64(), nullable=False),
        pa.field("territories", pa.list_(pa.string()), nullable=False),
        pa.field("claims", pa.list_(pa.string()), nullable=False),
    ]
)


def stories(texts: Iterable[Row]) -> pa.Table:
    """Give one row a story that is about drugs or drug policy.

    Args:
        texts: Rows with the schema ``model.tables.TEXTS``.

    Returns:
        Rows with the schema STORIES, the newest first.
    """
    told: dict[str, list[Row]] = defaultdict(list)
    for text in texts:
        if text["relevant"]:
            told[text["story"]].append(text)
    rows = [_story(sorted(group, key=_when)) for group in told.values()]
    rows.sort(key=lambda row: (row["last_day"] or "", row["id"]), reverse=True)
    return pa.Table.from_pylist(rows, schema=STORIES)


def candidates(texts: Iterable[Row], claims: Iterable[Row]) -> pa.Table:
    """Give one row a name that looks like a new substance and is in no register.

    Args:
        texts: Rows with the schema ``model.tables.TEXTS``.
        claims: Claims that name candidates: ``id, document, subject, text, territory, period``.

    Returns:
        Rows with the schema CANDIDATES, the newest first; a person decides on each.
    """
    known = {text["id"]: text for text in texts}
    named: dict[str, list[Row]] = defaultdict(list)
    for claim in claims:
        named[claim["subject"]].append(claim)
    rows = [_candidate(subject, group, known) for subject, group in named.items()]
    rows.sort(key=lambda row: (row["last_day"] or "", row["id"]), reverse=True)
    return pa.Table.from_pylist(rows, schema=CANDIDATES)


def _when(text: Row) -> tuple[str, str]:
    return text["published"] or text["read_on"], text["id"]


def _story(texts: Sequence[Row]) -> dict[str, Any]:
    days = sorted(text["published"] for text in texts if text["published"])
    titled = next((text for text in texts if text["title"]), None)
    placed = _placed(texts)
    substances = Counter(one for text in texts for one in set(text["substances"]))
    return {
        "id": texts[0]["story"],
        "title": titled and titled["title"],
        "language": titled and titled["language"],
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "territory": placed and placed["territory"],
        "confidence": placed and placed["confidence"],
        "because": placed and placed["because"],
        "substances": [name for name, _ in sorted(substances.items(), key=lambda p: (-p[1], p[0]))],
        "texts": len(texts),
        "sources": len({text["source"] for text in texts}),
        "origins": len({text["origin"] for text in texts}),
        "implausible": next((text["implausible"] for text in texts if text["implausible"]), None),
        "claims": [claim for text in texts for claim in text["claims"]],
    }


def _placed(texts: Sequence[Row]) -> Row | None:
    """Give the text whose place most texts name; of equally many, the surest one's."""
    named = Counter(text["territory"] for text in texts if text["territory"])
    placed = [text for text in texts if text["territory"]]
    return max(placed, key=lambda t: (named[t["territory"]], t["confidence"] or 0), default=None)


def _candidate(subject: str, claims: Sequence[Row], known: Mapping[str, Row]) -> dict[str, Any]:
    days = sorted(claim["period"] for claim in claims if claim["period"])
    spelt = Counter(claim["text"] for claim in claims)
    return {
        "id": record_id("candidate", {"subject": subject}),
        "name": min(spelt, key=lambda name: (-spelt[name], name)),
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "texts": len({claim["document"] for claim in claims}),
        "sources": len({known[claim["document"]]["source"] for claim in claims}),
        "territories": sorted({claim["territory"] for claim in claims if claim["territory"]}),
        "claims": [claim["id"] for claim in claims],
    }

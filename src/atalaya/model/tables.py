"""The schemas of the tables between the steps: what each column is, its type and its unit.

``tables/`` holds them as Parquet, rebuildable from evidence and decisions alone. Rows are ordered
by the columns named in ``ORDER``, so equal content gives equal bytes.
"""

from __future__ import annotations

import pyarrow as pa

_text, _number, _whole = pa.string(), pa.float64(), pa.int64()


def _schema(*columns: tuple[str, pa.DataType, bool]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, nullable) for name, kind, nullable in columns])


DOCUMENTS = _schema(
    ("id", _text, False),
    ("source", _text, False),
    ("address", _text, False),
    ("sha256", _text, False),
    ("capture", _text, False),
    ("media_type", _text, False),
    ("language", _text, False),
    ("title", _text, False),
    ("rows", _whole, False),
)

CLAIMS = _schema(
    ("id", _text, False),
    ("document", _text, False),
    ("source", _text, False),
    ("subject", _text, False),
    ("predicate", _text, False),
    ("value", _number, True),
    ("text", _text, True),
    ("unit", _text, True),
    ("territory", _text, True),
    ("period", _text, True),
    ("population", _number, True),
    ("quote", _text, False),
    ("start", _whole, False),
    ("end", _whole, False),
    ("line", _whole, False),
    ("checked", _text, False),
    ("how_checked", _text, False),
    ("cites", _text, True),
)

# One row an observation; ``series`` is the key that ``series.keys.series_key`` gives.
# ``status``: observed | gap (nothing was examined) | incomplete (reports still arrive).
# ``count`` and ``population`` are null unless observed. ``people``: counts of people (R3).
SERIES = _schema(
    ("id", _text, False),
    ("series", _text, False),
    ("source", _text, False),
    ("subject", _text, False),
    ("territory", _text, False),
    ("predicate", _text, False),
    ("unit", _text, False),
    ("period", _text, False),
    ("count", _number, True),
    ("population", _number, True),
    ("status", _text, False),
    ("people", pa.bool_(), False),
    ("made_from", pa.list_(_text), False),
)

# ``alarm`` is null where the period is not assessed; ``reason`` then says why.
# ``made_from`` holds the observations of the window the verdict rests on, this period's first.
VERDICTS = _schema(
    ("id", _text, False),
    ("series", _text, False),
    ("period", _text, False),
    ("detector", _text, False),
    ("observed", _number, True),
    ("expected", _number, True),
    ("threshold", _number, True),
    ("statistic", _number, True),
    ("p_value", _number, True),
    ("alarm", pa.bool_(), True),
    ("reason", _text, False),
    ("made_from", pa.list_(_text), False),
)

# One row an incomplete period of which something was reported. ``reported`` is what is known so
# far and no observation; ``lower``, ``median`` and ``upper`` are what it will come to, null where
# nothing tells, which ``reason`` then says. ``share``: how much is usually known at this ``age``,
# whole periods since its end. ``versions``: dated versions it rests on, 0 where it is declared.
NOWCASTS = _schema(
    ("series", _text, False),
    ("source", _text, False),
    ("period", _text, False),
    ("known_on", _text, False),
    ("age", _whole, False),
    ("reported", _number, False),
    ("population", _number, True),
    ("lower", _number, True),
    ("median", _number, True),
    ("upper", _number, True),
    ("share", _number, True),
    ("versions", _whole, False),
    ("reason", _text, False),
)

ISSUES = _schema(
    ("id", _text, False),
    ("kind", _text, False),
    ("says", _text, False),
    ("step", _text, False),
    ("source", _text, False),
    ("file", _text, False),
    ("line", _whole, True),
    ("column", _text, True),
    ("do", _text, False),
    ("parameters", _text, True),
)

# Signed alerts of which evidence was retracted: ``findings.alerts.doubts``.
DOUBTS = _schema(
    ("signal", _text, False),
    ("decision", _text, False),
    ("at", _text, False),
    ("because", _text, False),
    ("gone", pa.bool_(), False),
    ("lifted_at", _text, True),
    ("lifted", _text, True),
)

# Which body a name printed in the record is, as the resolver and people's decisions have it.
# ``country``: code, where a name itself or the register says it. ``parameters``: what ``because``
# is made of, JSON.
BODIES = _schema(
    ("name", _text, False),
    ("body", _text, False),
    ("canonical", _text, False),
    ("country", _text, True),
    ("confidence", _number, False),
    ("because", _text, False),
    ("parameters", _text, True),
)

# One row a change between two captures of an address, in the order of the newer one (``number``).
# ``kind``: added | removed | changed | moved; aside (``count`` differences that are no content, for
# what they are in ``because``); more (``count`` changes that are not listed); withheld and unread
# (``because``). ``words``: JSON, runs of a changed passage. See ``reading.changes``.
PAGE_CHANGES = _schema(
    ("id", _text, False),
    ("source", _text, False),
    ("address", _text, False),
    ("from_capture", _text, False),
    ("to_capture", _text, False),
    ("from_at", _text, False),
    ("to_at", _text, False),
    ("number", _whole, False),
    ("kind", _text, False),
    ("unit", _text, True),
    ("before", _text, True),
    ("after", _text, True),
    ("numbers", _text, True),
    ("where", _text, True),
    ("where_before", _text, True),
    ("row_name", _text, True),
    ("column_name", _text, True),
    ("words", _text, True),
    ("count", _whole, False),
    ("because", _text, True),
)

# One row a text of an open source that was read. ``id`` is its document's. ``published`` is the day
# it was put out, null where nobody says. ``territory``: where it happened, with how sure that is
# and because of what. ``origin``: what its words go back to, such as an agency, so that copies of
# one report count once. ``withheld``: what was taken out and how often, such as ``name 2``.
TEXTS = _schema(
    ("id", _text, False),
    ("source", _text, False),
    ("address", _text, False),
    ("title", _text, False),
    ("language", _text, False),
    ("published", _text, True),
    ("read_on", _text, False),
    ("relevant", pa.bool_(), False),
    ("score", _number, False),
    ("territory", _text, True),
    ("confidence", _number, True),
    ("because", _text, True),
    ("story", _text, False),
    ("origin", _text, False),
    ("substances", pa.list_(_text), False),
    ("implausible", _text, True),
    ("withheld", _text, True),
    ("claims", pa.list_(_text), False),
)

# One row a mention in such a text, ``start`` and ``end`` in characters of its ``field``. The words
# of people and of ways to hide things are null: of the latter only a class is kept, as ``name``.
MENTIONS = _schema(
    ("document", _text, False),
    ("source", _text, False),
    ("field", _text, False),
    ("start", _whole, False),
    ("end", _whole, False),
    ("label", _text, False),
    ("status", _text, False),
    ("id", _text, True),
    ("name", _text, True),
    ("text", _text, True),
    ("confidence", _number, False),
    ("rule", _text, False),
)

ORDER: dict[str, tuple[str, ...]] = {
    "documents": ("source", "address", "id"),
    "claims": ("source", "document", "start", "id"),
    "series": ("series", "period", "id"),
    "verdicts": ("series", "detector", "period", "id"),
    "issues": ("source", "step", "id"),
    "doubts": ("decision", "at", "because"),
    "nowcasts": ("series", "period"),
    "bodies": ("name",),
    "page_changes": ("to_at", "source", "address", "number"),
    "texts": ("source", "published", "id"),
    "mentions": ("source", "document", "field", "start", "label", "end"),
}

SCHEMAS: dict[str, pa.Schema] = {
    "documents": DOCUMENTS,
    "claims": CLAIMS,
    "series": SERIES,
    "verdicts": VERDICTS,
    "issues": ISSUES,
    "doubts": DOUBTS,
    "nowcasts": NOWCASTS,
    "bodies": BODIES,
    "page_changes": PAGE_CHANGES,
    "texts": TEXTS,
    "mentions": MENTIONS,
}

"""The rows of the release tables ``voting_agreement`` and ``sponsorship``: one a pair of States."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from atalaya.model.identifiers import record_id
from atalaya.promises.networks import Pair

_text = pa.string()
# ``of`` is the denominator: votes both took part in, or drafts that either sponsored.
PAIRS = pa.schema(
    [
        pa.field("id", _text, nullable=False),
        pa.field("territory", _text, nullable=False),
        pa.field("other", _text, nullable=False),
        pa.field("together", pa.int64(), nullable=False),
        pa.field("of", pa.int64(), nullable=False),
        pa.field("years", pa.list_(_text), nullable=False),
        pa.field("disputed", pa.int64(), nullable=False),
        pa.field("claims", pa.list_(_text), nullable=False),
    ]
)


def pair_table(pairs: Iterable[Pair], kind: str) -> pa.Table:
    """Give the release table of pairs.

    Args:
        pairs: From ``networks.agreement`` or ``networks.sponsorship``.
        kind: Kind of the rows' identifiers, such as ``agreement``.

    Returns:
        Rows with the schema PAIRS, in the order of the pairs.
    """
    rows = []
    for one in pairs:
        row: dict[str, object] = {
            "territory": one.one,
            "other": one.other,
            "together": one.together,
            "of": one.of,
            "years": [str(year) for year in one.years],
            "disputed": one.disputed,
            "claims": list(one.claims),
        }
        rows.append({"id": record_id(kind, row), **row})
    return pa.Table.from_pylist(rows, schema=PAIRS)

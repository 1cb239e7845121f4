"""What makes a row of counts unusable beyond a single cell: two cells or two rows that disagree."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.periods import KIND_NAMES, Period
from atalaya.model.sentences import sentence
from atalaya.reading.claims import Said

_KEY = ("subject", "territory", "period", "predicate")


def check_counts(said: Said) -> None:
    """Complain about rows of a table of counts that cannot all be right.

    A count above its population; a period of another kind than most rows have; two rows about the
    same subject, place and period. Of such rows with the same figures the first is kept; with
    different figures none is, because which one is right cannot be known.

    Args:
        said: What the rows say; complaints are added to its columns.
    """
    for claims in said.statements:
        _above_population(said, claims)
        _other_kinds(said, claims)
        _repeated(said, claims)


def _where(mask: pa.Array) -> list[int]:
    found: list[int] = np.flatnonzero(mask.fill_null(False).to_numpy(zero_copy_only=False)).tolist()
    return found


def _above_population(said: Said, claims: dict[str, pa.Array]) -> None:
    for row in _where(pc.greater(claims["value"], claims["population"])):
        count, population = (claims[of][row].as_py() for of in ("value", "population"))
        said.columns.complain(
            row,
            None,
            sentence(
                "the count {count} is above the population {population} it was found in",
                count=count,
                population=population,
            ),
            sentence("check which of the two is wrong, or whether they count different things"),
        )


def _other_kinds(said: Said, claims: dict[str, pa.Array]) -> None:
    encoded = claims["period"].dictionary_encode()
    kinds = [Period.parse(text).kind for text in encoded.dictionary.to_pylist()]
    if len(set(kinds)) <= 1:
        return
    each = pa.array(kinds, pa.string()).take(encoded.indices)
    usual = Counter(each.drop_null().to_pylist()).most_common(1)[0][0]
    for row in _where(pc.not_equal(each, usual)):
        said.columns.complain(
            row,
            None,
            sentence(
                "{period} is a {kind}, and most rows are of a {usual}",
                period=str(claims["period"][row]),
                kind=KIND_NAMES[each[row].as_py()],
                usual=KIND_NAMES[usual],
            ),
            sentence(
                "write every period as a {usual}, or put the others in a table of their own",
                usual=KIND_NAMES[usual],
            ),
        )


def _repeated(said: Said, claims: dict[str, pa.Array]) -> None:
    broken = said.columns.broken()
    rows = pa.array([row for row in range(len(said.columns)) if row not in broken], pa.int64())
    keys = pa.table({name: claims[name].take(rows) for name in _KEY} | {"row": rows})
    keys = keys.filter(claims["value"].take(rows).is_valid())
    groups = keys.group_by(list(_KEY), use_threads=False).aggregate([("row", "list")])
    several = groups.filter(pc.greater(pc.list_value_length(groups["row_list"]), 1))
    for group in several["row_list"].to_pylist():
        _one_group(said, claims, sorted(group))


def _one_group(said: Said, claims: dict[str, pa.Array], group: list[int]) -> None:
    figures = {(claims["value"][row].as_py(), claims["population"][row].as_py()) for row in group}
    lines = [int(said.columns.grid.rows.lines[row]) for row in group]
    about = ", ".join(str(claims[name][group[0]]) for name in _KEY)
    if len(figures) == 1:
        for row in group[1:]:
            says = sentence(
                "the row says again what line {line} says of {about}",
                line=str(lines[0]),
                about=about,
            )
            do = sentence("leave it out; the first one was used")
            said.columns.complain(row, None, says, do)
        return
    for row in group:
        others = ", ".join(str(line) for line in lines if line != lines[group.index(row)])
        says = sentence(
            "line {others} has another figure for the same {about}; none of them was used",
            others=others,
            about=about,
        )
        said.columns.complain(row, None, says, sentence("ask the publisher which one is right"))

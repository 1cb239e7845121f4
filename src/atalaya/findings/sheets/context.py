"""What stands beside the cases of a finding in the sheet: rows, places, sold as, methods."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from atalaya.findings.sheets.records import Share, SoldAs
from atalaya.series.sheet_counts import Entries, Key, Level

SHOWN = 12  # rows a finding names; the sheet itself is at hand
_RECENT = 6  # periods


class Context:
    """The rows of a sheet, to look up what a finding rests on.

    Args:
        rows: With the schema ``reading.sheets.rows.ROWS``.
        entries: The same, one entry a substance.
        members: Family -> codes of its substances in ``entries``.
    """

    __slots__ = ("_code", "_members", "entries", "rows")

    def __init__(self, rows: pa.Table, entries: Entries, members: dict[str, list[int]]) -> None:
        self.rows, self.entries, self._members = rows, entries, members
        self._code = {name: code for code, name in enumerate(entries.subjects)}

    def rows_of(self, key: Key, first: int, last: int) -> NDArray[np.int64]:
        """Give the rows that hold cases of a series in some periods, each once."""
        entries = self.entries
        codes = self._members.get(key.subject, [])
        if key.level is not Level.FAMILY:
            codes = [self._code[key.subject]]
        period = entries.period[entries.row]
        chosen = np.isin(entries.subject, codes) & (period >= first) & (period <= last)
        found = np.unique(entries.row[chosen])
        if key.within is not None:
            name = "place" if key.level is Level.PLACE else "source"
            here = pc.equal(self.rows[name].take(pa.array(found)), key.within)
            found = found[pc.fill_null(here, False).to_numpy(zero_copy_only=False)]
        return found[self._counted(found)]

    def _counted(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say which rows hold a case: in a table of counts, those above zero."""
        counts = self.rows["count"].take(pa.array(rows)).to_numpy()
        present: NDArray[np.bool_] = np.isnan(counts) | (counts > 0)
        return present

    def shares(self, rows: NDArray[np.int64], name: str) -> tuple[Share, ...]:
        """Count the values of a column in some rows, most frequent first; empty ones left out."""
        values = self.rows[name].take(pa.array(rows)).to_pylist()
        weights = self.rows["count"].take(pa.array(rows)).to_pylist()
        total: Counter[str] = Counter()
        for value, weight in zip(values, weights, strict=True):
            if value is not None:
                total[value] += 1 if weight is None else int(weight)
        ranked = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(Share(what, cases) for what, cases in ranked)

    def lines(self, rows: NDArray[np.int64]) -> tuple[tuple[str, int], ...]:
        """Give sheet and line of the last of some rows, newest first."""
        order = np.argsort(-self.entries.period[rows], kind="stable")[:SHOWN]
        picked = self.rows.select(["sheet", "line"]).take(pa.array(rows[order]))
        return tuple((row["sheet"], row["line"]) for row in picked.to_pylist())

    def began(self, name: str, value: str) -> int:
        """Give the period in which a value of a column first stands in the sheet."""
        here = pc.fill_null(pc.equal(self.rows[name], value), False)
        return int(self.entries.period[here.to_numpy()].min())


def sold_as(rows: pa.Table, entries: Entries) -> tuple[SoldAs, ...]:
    """Compare what samples were sold as with what they hold.

    Args:
        rows: Rows of a line list.
        entries: The same, one entry a substance.

    Returns:
        One record for each thing sold, those with most samples without it first; samples in which
        nothing was identified are left out.
    """
    holds: dict[int, set[str]] = {}
    for row, subject in zip(entries.row.tolist(), entries.subject.tolist(), strict=True):
        holds.setdefault(row, set()).add(entries.subjects[subject])
    samples: Counter[str] = Counter()
    without: Counter[str] = Counter()
    recent: Counter[str] = Counter()
    instead: dict[str, Counter[str]] = {}
    for row, sold in enumerate(rows["sold_as"].to_pylist()):
        if sold is None or row not in holds:
            continue
        samples[sold] += 1
        if sold not in holds[row]:
            without[sold] += 1
            recent[sold] += int(entries.period[row] >= entries.n_periods - _RECENT)
            instead.setdefault(sold, Counter()).update(holds[row])
    return tuple(
        SoldAs(
            sold,
            samples[sold],
            number,
            tuple(Share(*pair) for pair in _most(instead[sold])),
            recent[sold],
        )
        for sold, number in _most(without)
    )


def _most(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))

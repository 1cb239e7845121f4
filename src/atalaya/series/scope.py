"""What is counted: which tables, over which periods, since when tested, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.identifiers import slugify
from atalaya.model.periods import Period, PeriodKind
from atalaya.model.records import Checked, Issue
from atalaya.model.sentences import sentence
from atalaya.series.cutoff import Edition, is_complete, known_on

_TEXT, _WHOLE = pa.string(), pa.int64()
_REASONS = {
    "unverified": sentence("are not verified"),
    "unresolved": sentence("have a subject or territory that no register knows"),
    "territory": sentence("name no territory"),
    "unit": sentence("have no unit"),
}
_REMEDIES = {
    "unverified": sentence(
        "check them against a saved page or a second file, then declare {declaration} or a column",
        declaration='checked = {value = "verified"}',
    ),
    "unresolved": sentence("add the names to the register"),
    "territory": sentence("declare a territory for the source or its table"),
    "unit": sentence("declare the unit of the table"),
}


class Scope:
    """The claims to be counted and what their sources say of them.

    Args:
        claims: Claims with the schema CLAIMS.
        declarations: The sources.
        editions: Identifier of a document -> where and when it was captured.
    """

    def __init__(
        self,
        claims: pa.Table,
        declarations: Sequence[SourceDeclaration],
        editions: Mapping[str, Edition],
    ) -> None:
        self._declared = {declaration.slug: declaration for declaration in declarations}
        counts = claims.filter(claims["value"].is_valid())
        tables = {
            (declaration.slug, table.address)
            for declaration in declarations
            for table in declaration.table
            if table.record == "counts"
        }

        def groups(*keys: str) -> list[dict[str, Any]]:
            found = counts.group_by(["source", "document", *keys], use_threads=False)
            return [
                group
                for group in found.aggregate([([], "count_all")]).to_pylist()
                if (group["source"], editions[group["document"]].address) in tables
            ]

        self._groups = groups("territory", "subject", "unit", "checked")
        self._periods = {(group["source"], group["period"]) for group in groups("period")}
        self.known: dict[str, date] = {}
        for group in groups():
            source = group["source"]
            day = known_on(self._declared[source], editions[group["document"]])
            self.known[source] = max(day, self.known.get(source, day))

    def counted(self) -> pa.Table:
        """Give the declared tables of counts: ``source, address, predicate, people``."""
        predicates: dict[tuple[str, str, bool], set[str | None]] = {}
        for one in self._declared.values():
            for table in one.table:
                if table.record == "counts":
                    key = (one.slug, table.address, one.about_people)
                    predicates.setdefault(key, set()).add(table.predicate.value)
        rows = [
            (source, address, predicate, people)
            for (source, address, people), named in predicates.items()
            for predicate in ({None} if None in named else named)
        ]
        types = {"source": _TEXT, "address": _TEXT, "predicate": _TEXT, "people": pa.bool_()}
        return _table(types, rows)

    def calendar(self) -> pa.Table:
        """Give all periods that each source spans: ``source, kind, period, ordinal, complete``."""
        spans: dict[tuple[str, PeriodKind], tuple[Period, Period]] = {}
        for source, text in self._periods:
            if text is not None:
                period = Period.parse(text)
                first, last = spans.get((source, period.kind), (period, period))
                spans[source, period.kind] = (min(first, period), max(last, period))
        rows = [
            (source, str(kind), str(period), period.ordinal, self._complete(source, period))
            for (source, kind), (first, last) in spans.items()
            for period in first.until(last)
        ]
        types = {"source": _TEXT, "kind": _TEXT, "period": _TEXT, "ordinal": _WHOLE}
        return _table(types | {"complete": pa.bool_()}, rows)

    def _complete(self, source: str, period: Period) -> bool:
        return is_complete(period, self._declared[source], self.known[source])

    def tested(self) -> pa.Table:
        """Give the first periods tested for: ``source, subject, tested`` (an ordinal)."""
        firsts = {
            (declaration.slug, slugify(subject.partition(":")[2] or subject)): first
            for declaration in self._declared.values()
            for table in declaration.table
            for subject, first in table.tested_from.items()
        }
        subjects = {(group["source"], group["subject"]) for group in self._groups}
        rows = [
            (source, subject, Period.parse(firsts[source, name]).ordinal)
            for source, subject in sorted(subjects)
            if (source, name := slugify(subject.partition(":")[2])) in firsts
        ]
        return _table({"source": _TEXT, "subject": _TEXT, "tested": _WHOLE}, rows)

    def left_out(self) -> Iterator[Issue]:
        """Give an issue for each reason for which claims of a source make no series."""
        found: Counter[tuple[str, str]] = Counter()
        for group in self._groups:
            reason = _reason(group)
            if reason is not None:
                found[group["source"], reason] += group["count_all"]
        for (source, reason), number in sorted(found.items()):
            # Reads well without the number too: that of a source about people is not published.
            says = sentence(
                "counts of the source {source} that {reason} make no series ({number} of them)",
                source=source,
                reason=_REASONS[reason],
                number=number,
            )
            yield Issue(f"not-counted-{reason}", says, "count", source, do=_REMEDIES[reason])


def _reason(group: Mapping[str, str | None]) -> str | None:
    if group["checked"] != Checked.VERIFIED:
        return "unverified"
    if group["territory"] is None:
        return "territory"
    if any(str(group[name]).startswith("unresolved:") for name in ("subject", "territory")):
        return "unresolved"
    return "unit" if group["unit"] is None else None


def _table(types: Mapping[str, pa.DataType], rows: Sequence[tuple[object, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    return pa.table(
        {
            name: pa.array(values, kind)
            for (name, kind), values in zip(types.items(), columns, strict=True)
        }
    )

"""Which country and indicator have no figure, or an old one: what nobody can see from here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.identifiers import slugify
from atalaya.model.periods import Period
from atalaya.model.records import Checked

OLD_YEARS = 2.0  # a figure older than this no longer says how things stand
_DAYS_A_YEAR = 365.25
_text = pa.string()
# ``newest`` is the last period with a figure and ``age_years`` the years from its end to the day
# asked about; both are null where ``state`` is ``never``. The other state is ``old``.
BLIND_SPOTS = pa.schema(
    [
        pa.field("territory", _text, nullable=False),
        pa.field("indicator", _text, nullable=False),
        pa.field("newest", _text),
        pa.field("age_years", pa.float64()),
        pa.field("state", _text, nullable=False),
        pa.field("source", _text, nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that a source gives by territory.

    Args:
        name: What it is called in the table: the source, and the subject or predicate declared.
        source: Slug of the source.
        subject: The one subject it is about, or None for any.
        predicate: The one thing counted, or None for any.
    """

    name: str
    source: str
    subject: str | None
    predicate: str | None

    def covers(self, source: str, subject: str, predicate: str) -> bool:
        """Say whether a claim is a figure of this indicator."""
        return (
            source == self.source
            and self.subject in {None, subject}
            and self.predicate in {None, predicate}
        )


def indicators(declarations: Iterable[SourceDeclaration]) -> tuple[Indicator, ...]:
    """Give the indicators that sources declare: their tables of counts that name a territory."""
    found: dict[str, Indicator] = {}
    for one in declarations:
        for table in one.table:
            if table.record == "counts" and (table.territory or one.territory):
                subject, predicate = table.subject.value, table.predicate.value
                parts = (part for part in (subject, predicate) if part is not None)
                name = "/".join(
                    (one.slug, *(slugify(part.partition(":")[2] or part) for part in parts))
                )
                found.setdefault(name, Indicator(name, one.slug, subject, predicate))
    return tuple(found[name] for name in sorted(found))


def blind_spots(
    claims: pa.Table,
    territories: Sequence[str],
    indicators: Sequence[Indicator],
    as_of: date,
) -> pa.Table:
    """Give the cells, territory by indicator, without a figure or with an old one.

    Args:
        claims: Claims with the schema CLAIMS; only verified numbers count as figures, and only for
            the very territory they name: a figure of one state is none of its country.
        territories: Register identifiers of the places that should have one, usually countries.
        indicators: From ``indicators``.
        as_of: The day asked about; what it did not know yet is left out by the caller.

    Returns:
        Rows with the schema BLIND_SPOTS, by indicator and territory; cells with a newer figure have
        no row.
    """
    newest = _newest(claims, indicators)
    rows = [
        row
        for indicator in indicators
        for territory in sorted(set(territories))
        for row in _cell(indicator, territory, newest.get((indicator.name, territory)), as_of)
    ]
    return pa.Table.from_pylist(rows, schema=BLIND_SPOTS)


def _newest(claims: pa.Table, indicators: Sequence[Indicator]) -> dict[tuple[str, str], Period]:
    usable = pc.and_(claims["value"].is_valid(), pc.equal(claims["checked"], str(Checked.VERIFIED)))
    keys = ["source", "subject", "predicate", "territory", "period"]
    found: dict[tuple[str, str], Period] = {}
    for row in claims.filter(usable).group_by(keys).aggregate([]).to_pylist():
        if row["territory"] is None or row["period"] is None:
            continue
        period = Period.parse(row["period"])
        for indicator in indicators:
            if indicator.covers(row["source"], row["subject"], row["predicate"]):
                cell = (indicator.name, row["territory"])
                if cell not in found or found[cell].end < period.end:
                    found[cell] = period
    return found


def _cell(
    indicator: Indicator, territory: str, newest: Period | None, as_of: date
) -> Iterator[dict[str, object]]:
    cell = {"territory": territory, "indicator": indicator.name, "source": indicator.source}
    if newest is None:
        yield cell | {"newest": None, "age_years": None, "state": "never"}
        return
    age = (as_of - newest.end).days / _DAYS_A_YEAR
    if age > OLD_YEARS:
        yield cell | {"newest": str(newest), "age_years": round(age, 1), "state": "old"}

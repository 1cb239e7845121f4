"""An organisation's income as things a sentence may speak of: donors, and shares of the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from atalaya.promises.claims.held import Asked, Held, Reading
from atalaya.promises.claims.intervals import Interval
from atalaya.promises.claims.labels import label
from atalaya.promises.income import Year, income
from atalaya.registers import territories

Row = Mapping[str, Any]
_COLUMNS = ("id", "source", "subject", "predicate", "period")
_GIVING = frozenset({"giving", "income"})
_HUNDRED = 100.0


def held_income(rows: Iterable[Row], about: Mapping[str, Row]) -> tuple[Held, ...]:
    """Give each donor's sums and the shares of the whole, for every organisation with an income.

    Args:
        rows: Published claims about figures.
        about: Source -> its row.
    """
    every = [row for row in rows if _number(row["value"]) is not None and row["period"]]
    whose = {row["subject"] for row in every if row["subject"].startswith("organisation:")}
    return tuple(one for name in sorted(whose) for one in _organisation(name, every, about))


def _number(cell: object) -> float | None:
    try:
        return None if cell in (None, "") else float(str(cell))
    except ValueError:  # a range: a count of people, and so no money
        return None


def _organisation(name: str, rows: list[Row], about: Mapping[str, Row]) -> tuple[Held, ...]:
    plain = [{n: row[n] for n in _COLUMNS} | {"value": _number(row["value"])} for row in rows]
    found = income(pa.Table.from_pylist(plain), name)
    if not found:
        return ()
    source = about.get(next(row["source"] for row in rows if row["subject"] == name), {})
    readings: dict[tuple[Asked, str], dict[str, tuple[Reading, ...]]] = defaultdict(dict)
    for year in found:
        for asked, unit, reading in _year(name.partition(":")[2], year):
            readings[asked, unit][str(year.year)] = (reading,)
    return tuple(
        Held(
            id=f"{name}/{asked.donor or ' '.join(sorted(asked.needs))}/{unit}",
            title={"en": source.get("title") or name, "es": source.get("title_es") or name},
            label=label(
                f"donor:{asked.donor}" if asked.donor else name, None, " ".join(sorted(asked.needs))
            ),
            homepage=str(source.get("homepage") or ""),
            unit=unit,
            printed_unit=unit,
            asked=asked,
            readings=sides,
        )
        for (asked, unit), sides in readings.items()
    )


def _year(slug: str, year: Year) -> Iterable[tuple[Asked, str, Reading]]:
    whole = year.total
    for donor in year.donors:
        asked = Asked(organisation=slug, donor=donor_of(donor.id), measures=_GIVING)
        yield asked, "USD", Reading(Interval(donor.value, donor.value), donor.claims, donor.claims)
        # Whoever gave the part that is attributed to nobody may be this donor.
        most = donor.value + max(year.remainder.value, 0.0)
        share = Interval(*(_share(one, whole.value) for one in (donor.value, most)))
        yield asked, "percent", Reading(share, (*donor.claims, whole.claim), donor.claims)
    named = {
        "attributed": year.attributed,
        "earmarked": year.instruments.get("Voluntary earmarked"),
    }
    for need, part in named.items():
        if part is not None:
            share = Interval(*[_share(part.value, whole.value)] * 2)
            asked = Asked(
                organisation=slug, needs=frozenset({need}), measures=frozenset({"income"})
            )
            yield asked, "percent", Reading(share, (part.claim, whole.claim), (part.claim,))


def _share(part: float, whole: float) -> float:
    return round(part / whole * _HUNDRED, 6)


def donor_of(identifier: str) -> str:
    """Give a donor as a territory where the register knows it as a State, else in its own words.

    >>> donor_of("donor:united-states-of-america"), donor_of("donor:european-union")
    ('territory:USA', 'european union')
    """
    said = identifier.partition(":")[2].replace("-", " ")
    found = territories.load().look_up(said)
    if found is not None and found.entry.level == "country" and found.how != "fuzzy":
        return found.entry.id
    return said

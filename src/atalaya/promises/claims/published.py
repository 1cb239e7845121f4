"""The published tables of an observatory as things a sentence may speak of.

Only what is published enters: small counts of people are ``1-9`` here or withheld, so no answer
can tell more of them than the release does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from atalaya.promises.claims import words
from atalaya.promises.claims.held import WITHHELD, Asked, Held, Reading, interval
from atalaya.promises.claims.intervals import Interval
from atalaya.promises.claims.labels import label
from atalaya.promises.claims.money import held_income
from atalaya.promises.sessions import Session

Row = Mapping[str, Any]
_FIRST_CLAIM = re.compile(r"claims\.csv:(\d+)")
_MILLION = "million "
_SCALE = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Record:
    """What a text is held against.

    Args:
        sessions: The record of sessions, see ``promises.record``.
        held: The published figures.
    """

    sessions: tuple[Session, ...] = ()
    held: tuple[Held, ...] = ()


def held(claims: pa.Table, series: pa.Table, sources: pa.Table) -> tuple[Held, ...]:
    """Give what is published, from the tables of a release.

    Args:
        claims: The published claims; ``value`` is text and holds ``1-9`` or nothing where hidden.
        series: The published observations, likewise.
        sources: The published sources.

    Returns:
        One for each series and each fact with figures; those of the record of a session are left
        out, for it has its own readers.
    """
    rows = claims.to_pylist()
    about = {row["source"]: row for row in sources.to_pylist()}
    told = {row["source"] for row in rows if row["subject"].startswith("session:")}
    counted = [*_series(series.to_pylist(), rows, about)]
    known = {(row["source"], row["subject"], row["predicate"]) for row in series.to_pylist()}
    facts = [
        row | {"row": place}
        for place, row in enumerate(rows, 1)
        if row["source"] not in told
        and (row["source"], row["subject"], row["predicate"]) not in known
    ]
    return (*counted, *_facts(facts, about), *held_income(facts, about))


def _series(
    series: list[dict[str, Any]], claims: list[Row], about: Mapping[str, Row]
) -> Iterator[Held]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for place, row in enumerate(series, 1):
        groups[row["series"]].append(row | {"row": place})
    for key, rows in groups.items():
        first = rows[0]
        if first["predicate"] in words.said()["figures"]["edges"]:
            continue
        readings = {
            row["period"]: (one,) for row in rows if (one := _counted(row, claims)) is not None
        }
        yield _held(key, first, about, readings)


def _counted(row: Row, claims: list[Row]) -> Reading | None:
    if row.get("status") != "observed":
        return None
    found = _FIRST_CLAIM.search(str(row.get("made_from") or ""))
    claim: Row = claims[int(found[1]) - 1] if found and int(found[1]) <= len(claims) else {}
    return Reading(
        figure=interval(row["count"]) or WITHHELD,
        references=(f"series.csv:{row['row']}:count",),
        claims=(claim["id"],) if claim else (),
        hidden=row["count"] is None or not _known(row["count"]),
        note=claim.get("text"),
        cites=claim.get("cites"),
        checked=claim.get("how_checked"),
    )


def _known(cell: object) -> bool:
    read = interval(cell)
    return read is not None and read.known


def _facts(rows: Iterable[Row], about: Mapping[str, Row]) -> Iterator[Held]:
    every = [*rows]
    disputed = {
        (row["document"], row["line"], row["subject"])
        for row in every
        if row["predicate"].endswith("@disputed")
    }
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in every:
        if "@" not in row["predicate"] and row["unit"] and not row["subject"].startswith("donor:"):
            place = str(row["territory"] or "")
            groups[row["source"], row["subject"], row["predicate"], place].append(row)
    for (source, subject, predicate, _), found in groups.items():
        if predicate in words.said()["figures"]["edges"]:
            continue
        readings: dict[str, list[Reading]] = defaultdict(list)
        for row in found:
            one = _fact(row, (row["document"], row["line"], subject) in disputed)
            if one is not None and row["period"]:
                readings[row["period"]].append(one)
        sides = {period: tuple(each) for period, each in readings.items()}
        if sides:
            yield _held(f"{source}/{subject}/{predicate}", found[0], about, sides)


def _fact(row: Row, disputed: bool) -> Reading | None:
    figure = interval(row["value"])
    if figure is None and row.get("hidden") is None:
        return None  # it is words, or the publisher's own cell is broken
    return Reading(
        figure=figure or WITHHELD,
        references=(f"claims.csv:{row['row']}:value",),
        claims=(row["id"],),
        hidden=figure is None or not figure.known,
        note=row["text"],
        disputed=disputed,
        cites=row["cites"],
        checked=row["how_checked"],
    )


def _held(
    key: str, row: Row, about: Mapping[str, Row], readings: Mapping[str, tuple[Reading, ...]]
) -> Held:
    source = about.get(row["source"], {})
    unit = str(row["unit"] or "")
    if unit.startswith(_MILLION):
        unit = unit.removeprefix(_MILLION)
        readings = {period: tuple(map(_scaled, sides)) for period, sides in readings.items()}
    return Held(
        id=key,
        title={"en": source.get("title") or key, "es": source.get("title_es") or key},
        label=label(row["subject"], row["territory"], row["predicate"]),
        homepage=str(source.get("homepage") or ""),
        unit=unit_of(unit),
        printed_unit=unit,
        asked=_asked(row, source),
        readings=readings,
    )


def _scaled(one: Reading) -> Reading:
    return replace(one, figure=Interval(one.figure.low * _SCALE, one.figure.high * _SCALE))


def unit_of(text: str) -> str | None:
    """Give the name of a unit in ``words.toml``; None for one that is not there.

    >>> unit_of("hectares"), unit_of("USD"), unit_of("votes")
    ('hectares', 'USD', None)
    """
    return next(
        (n for n in words.said()["units"] if words.phrase("units", n).fullmatch(text)), None
    )


def _asked(row: Row, source: Row) -> Asked:
    kind, _, slug = row["subject"].partition(":")
    predicate = row["predicate"].replace("-", " ")
    titles = f"{row['source'].replace('-', ' ')} {source.get('title') or ''}"
    measured = words.measures(f"{row['unit']} {predicate}") - {"giving"}
    measured |= words.measures(titles) - {"giving"}
    needs = frozenset(words.concepts(predicate)) - _stopped()
    own = frozenset(words.concepts(slug.replace("-", " "))) - _generic()
    if kind == "substance":
        return Asked(substance=row["subject"], measures=measured, territory=row["territory"])
    if kind == "territory":
        return Asked(measures=measured, territory=row["subject"], needs=needs - _measuring())
    if kind == "organisation":
        return Asked(organisation=slug, needs=needs, measures=frozenset({"income"}))
    if kind == "population":
        needs |= own - {"world"} - _stopped()
        return Asked(needs=needs, world=slug == "world")
    if kind == "region":
        topic = words.concepts(row["source"].replace("-", " ")) - _measuring()
        return Asked(topic=topic, needs=own, measures=measured, world=slug == "total")
    return Asked(topic=own, measures=measured, territory=row["territory"])


def _stopped() -> frozenset[str]:
    return frozenset(words.said()["figures"]["stop"])


def _generic() -> frozenset[str]:
    return frozenset(words.said()["figures"]["generic"])


def _measuring() -> frozenset[str]:
    """Concepts that only say what is measured, as the titles of sources do."""
    return frozenset(one for name in words.said()["measures"] for one in words.concepts(name))

"""A small release to show: real figures of the starter, and made-up rows for the hard cases."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from atalaya.detection import find
from atalaya.findings.signals import SourceStanding, signals
from atalaya.model.errors import WrongUse
from atalaya.model.identifiers import sha256_hex
from atalaya.model.periods import Period
from atalaya.model.tables import VERDICTS
from atalaya.promises import record, table
from atalaya.publishing.forecast_rows import forecast_rows
from atalaya.publishing.site import Edition, ServedLinks, Site, Visit
from atalaya.publishing.site.drawing import Drawings
from atalaya.publishing.site.viewing import Place, SlugNames
from atalaya.series.panel import Panel
from tests.material.health import health_rows
from tests.material.named_bodies import body_rows
from tests.material.page_changes import ALL as PAGE_CHANGES
from tests.material.session_record import session_claims
from tests.material.starter_files import SOURCES
from tests.material.told_stories import LINKED, told_claims, told_rows, told_series

REAL = ("xylazine", "gabapentin", "bromazolam", "carfentanil", "mitragynine", "furanyl fentanyl")
HOSTILE = '<script>alert("1")</script>'
TODAY = date(2026, 11, 23)
Row = dict[str, Any]


@dataclass(frozen=True)
class StandInRelease:
    """A release held in memory."""

    tables: dict[str, list[Row]]
    name: str = "2026-11-23-1"
    path: Path = Path("no-folder")
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def manifest(self) -> Row:
        said = {
            path: {"sha256": sha256_hex(content), "bytes": len(content)}
            for path, content in self.files.items()
        }
        return {"release": self.name, "built": "2026-11-23", "files": said}

    def table(self, name: str) -> pa.Table:
        if name not in self.tables:
            raise WrongUse(f"the release has no table {name!r}")
        return pa.Table.from_pylist(self.tables[name])


@dataclass(frozen=True)
class Node:
    """One step of a tree, with the fields a page shows."""

    kind: str
    id: str
    says: str
    facts: Row = field(default_factory=dict)
    children: tuple[Node, ...] = ()


@dataclass(frozen=True)
class WhyTree:
    """The tree of a cell, with the fields a page shows."""

    reference: str
    release: str
    root: Node
    bytes_checked: str


class MaterialNames(SlugNames):
    """Names for the few places of the material."""

    PLACES = (
        Place("territory:USA", {"en": "United States", "es": "Estados Unidos"}),
        Place("territory:US-CT", {"en": "Connecticut"}, part_of="territory:USA"),
        Place("territory:PER", {"en": "Peru", "es": "Perú"}, region="territory:M49-019"),
        Place("territory:COL", {"en": "Colombia", "es": "Colombia"}, region="territory:M49-019"),
        Place("territory:M49-019", {"en": "Americas", "es": "América"}),
    )

    def place(self, identifier: str) -> Place:
        found = [place for place in self.PLACES if place.id == identifier]
        return found[0] if found else super().place(identifier)

    def family(self, identifier: str, _language: str) -> str | None:
        return "benzodiazepines" if identifier.endswith("bromazolam") else None


@lru_cache(maxsize=1)
def release() -> StandInRelease:
    """Give the release; nobody may change it."""
    sessions = record(session_claims())
    counts = _real_counts() | _made_up_counts()
    series = [
        *(row for rows in counts.values() for row in rows),
        *(row | {"true": None} for row in told_series()),
    ]
    verdicts = _verdicts(counts)
    judged = {row["series"] for row in verdicts}
    forecasts = forecast_rows([_hiding(row) for row in series], judged)
    return StandInRelease(
        {
            "series": series,
            "verdicts": verdicts,
            "forecasts": forecasts.rows,
            "forecast_scores": forecasts.scores,
            "signals": _signals(series, verdicts),
            "promises": table(sessions).to_pylist(),
            **body_rows(sessions),
            "claims": [
                row | {"value": None if row["value"] is None else f"{row['value']:g}"}
                for row in session_claims().to_pylist()
            ]
            + told_claims(),
            **told_rows(),
            "blind_spots": _blind_spots(),
            "source_health": health_rows(),
            "page_changes": [dict(row) for row in PAGE_CHANGES],
            "sources": _sources(),
            "issues": _issues(),
            "captures": [
                {"source": slug, "fetched_at": "2026-11-23T10:00:00Z"}
                for slug in ("ct-deaths", "cnd68")
            ],
        },
        files={"data/signals.csv": b"id\n", "manifest.json": b"{}", "site/en/index.html": b""},
    )


def _hiding(row: Row) -> Row:
    return row | {"hidden": "small" if row["count"] == "1-9" else None}


def edition() -> Edition:
    """Index the release."""
    return Edition(release(), MaterialNames())


@lru_cache(maxsize=1)
def site() -> Site:
    """Give the pages of the release."""
    return Site(edition(), "Test observatory", explain, Drawings())


def visit(path: str = "", language: str = "en", as_of: str | None = None, **query: str) -> Visit:
    """Give a visit to a page of the served site."""
    links = ServedLinks(language, path, as_of, tuple(query.items()))
    month = Period.parse(as_of) if as_of else None
    return Visit(language, links, TODAY, month, query=query)


def explain(reference: str) -> WhyTree:
    """Explain a cell with a short tree."""
    log = Node("log", "7", "entry 7 of the log: in the log", {})
    claim = Node("claim", "claim:0000000000000001", f"“{HOSTILE}” (line 1)", {"line": 1}, (log,))
    cell = Node("cell", reference, "observed is 9", {}, (claim,))
    return WhyTree(reference, release().name, cell, "not here")


def _rows(slug: str, file: str) -> list[dict[str, str]]:
    with (SOURCES / slug / "data" / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _series_row(series: str, subject: str, period: str, **more: Any) -> Row:
    source, _, territory, predicate = series.split("/")
    return {
        "series": series,
        "source": source,
        "subject": subject,
        "territory": f"territory:{territory}",
        "predicate": predicate,
        "unit": "deaths",
        "period": period,
        "count": None,
        "population": None,
        "status": "observed",
        "people": True,
        "true": None,
    } | more


def _real_counts() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _rows("ct-deaths", "monthly.csv"):
        if row["substance"] in REAL:
            slug = row["substance"].replace(" ", "-")
            key = f"ct-deaths/{slug}/US-CT/deaths"
            found.setdefault(key, []).append(
                _series_row(
                    key,
                    f"substance:{slug}",
                    row["month"],
                    count=row["deaths"],
                    population=row["deaths_examined"],
                    true=float(row["deaths"]),
                )
            )
    return found


def _made_up_counts() -> dict[str, list[Row]]:
    """A series with hidden counts, a gap and a hostile name, and one that no detector looks at."""
    hard = "made-up/hard-case/US-CT/deaths"
    start, rows = Period.parse("2018-01"), []
    for place in range(84):
        true = 0.0 if place < 60 else float(place % 4 + 1)
        gap = 20 <= place < 26
        shown = None if gap else "1-9" if true else "0"
        rows.append(
            _series_row(
                hard,
                f"substance:{HOSTILE}",
                str(start + place),
                count=shown,
                status="gap" if gap else "observed",
                true=None if gap else true,
            )
        )
    coca = "coca-cultivation/coca-bush/PER/cultivation"
    yearly = [
        _series_row(
            coca,
            "crop:coca-bush",
            row["year"],
            count=row["hectares"],
            unit="ha",
            people=False,
        )
        for row in _rows("coca-cultivation", "coca.csv")
        if row["iso3"] == "PER" and row["hectares"]
    ]
    late = "made-up/late-case/US-CT/deaths"
    recent = [  # and every count from 2023-11 to 2023-12 is withheld altogether
        _series_row(
            late,
            "substance:late-case",
            str(start + place),
            count=None if place in {70, 71} else "1-9" if place >= 78 else "0",
            true=3.0 if place >= 78 else 0.0,
        )
        for place in range(84)
    ]
    return {hard: rows, late: recent, coca: yearly}


def _verdicts(counts: dict[str, list[Row]]) -> list[Row]:
    judged = {key: rows for key, rows in counts.items() if "/deaths" in key}
    rows: list[Row] = []
    for key, observations in judged.items():
        values = np.array(
            [[np.nan if one["true"] is None else one["true"] for one in observations]]
        )
        panel = Panel((key,), Period.parse(observations[0]["period"]), values)
        judgement = find("emergence_plain").judge(panel)
        for column, one in enumerate(observations):
            alarm = int(judgement.alarm[0, column])
            rows.append(
                {
                    "id": f"verdict:{len(rows):016x}",
                    "series": key,
                    "period": one["period"],
                    "detector": "emergence_plain",
                    "observed": one["count"],
                    "expected": _number(judgement.expected[0, column]),
                    "threshold": _number(judgement.threshold[0, column]),
                    "statistic": _number(judgement.statistic[0, column]),
                    "p_value": None,
                    "alarm": None if alarm < 0 else bool(alarm),
                    "reason": judgement.sentence(0, column),
                }
            )
    return rows


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _signals(series: list[Row], verdicts: list[Row]) -> list[Row]:
    keys = pa.Table.from_pylist(series).select(["series", "subject", "territory", "source"])
    true = {(row["series"], row["period"]): row["true"] for row in series}
    judged = [
        row | {"observed": true[row["series"], row["period"]], "made_from": []} for row in verdicts
    ]
    standings = {slug: SourceStanding(slug, slug, "replay") for slug in ("ct-deaths", "made-up")}
    found = signals(pa.Table.from_pylist(judged, schema=VERDICTS), keys, standings)
    shown = {(row["series"], row["period"]): row["observed"] for row in verdicts}
    return [
        {
            "id": one.id,
            "what": one.what,
            "territory": one.territory,
            "period": one.period,
            "since": one.since,
            "observed": shown[one.series, one.period],
            "expected": one.expected,
            "threshold": one.threshold,
            "statistic": one.statistic,
            "p_value": one.p_value,
            "confidence": one.confidence,
            "sources": one.sources,
            "unknown": one.unknown,
            "state": "unreviewed",
            "mode": one.mode,
            "signed_by": None,
            "expires": None,
            "advice": None,
            "series": one.series,
            "source": one.source,
            "detector": one.detector,
            "reason": one.reason,
            "verdict": one.verdict,
        }
        for one in found
    ]


def _blind_spots() -> list[Row]:
    rows = []
    for code in ("USA", "PER", "COL", "BOL", "MMR", "AFG"):
        for indicator in ("coca-cultivation", "opium-cultivation", "drug-deaths"):
            latest = "2019" if (code, indicator) == ("AFG", "opium-cultivation") else None
            if (code, indicator) != ("PER", "coca-cultivation"):
                rows.append(
                    {
                        "territory": f"territory:{code}",
                        "indicator": indicator,
                        "newest": latest,
                        "state": "old" if latest else "never",
                    }
                )
    return rows


def _sources() -> list[Row]:
    return [
        {
            "source": slug,
            "title": title,
            "title_es": title_es,
            "publisher": "A publisher",
            "homepage": "https://example.org/page",
            "licence": "CC BY 4.0",
            "licence_address": "https://creativecommons.org/licenses/by/4.0/",
            "redistribute": slug != LINKED,
            "attribution": HOSTILE,
            "as_of": "2024-12-31",
            "compiled": "by a script",
            "copies": None,
        }
        for slug, title, title_es in (
            ("ct-deaths", "Accidental drug deaths in Connecticut", "Muertes en Connecticut"),
            ("coca-cultivation", "Coca cultivation", "Cultivo de coca"),
            ("made-up", "Made up", "Inventada"),
            ("cnd68", "Record of the 68th session", "Registro del 68.º período de sesiones"),
            (LINKED, "The Herald", "El Heraldo"),
        )
    ]


def _issues() -> list[Row]:
    return [
        {
            "id": "issue:0000000000000001",
            "kind": "broken-row",
            "says": f"row 12 holds {HOSTILE}",
            "step": "read",
            "source": "made-up",
            "file": "table.csv",
            "line": 12,
            "column": "count",
            "do": "ask the publisher",
            "parameters": None,
        }
    ]

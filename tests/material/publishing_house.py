"""A small observatory to publish: real records, a real log, a detector that really judges."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from atalaya import detection
from atalaya.evidence.log import Log, SigningKey
from atalaya.findings.signals import SourceStanding, signals
from atalaya.findings.source_health import SOURCE_HEALTH
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.identifiers import canonical_json, record_id, sha256_hex
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.periods import Period
from atalaya.model.records import Capture, Checked, Claim, Document
from atalaya.model.tables import CLAIMS, DOCUMENTS, SERIES, VERDICTS
from atalaya.publishing import proving
from atalaya.publishing.inputs import ReleaseInputs
from atalaya.series.blind_spots import BLIND_SPOTS
from atalaya.series.panel import Panel
from tests.material.health import health_rows

TODAY = date(2025, 1, 2)
ADDRESS = "https://example.org/deaths.csv"
HEADINGS = ("month", "substance", "deaths", "examined")


def declaration(slug="deaths", **changes) -> SourceDeclaration:
    said = {
        "schema": 1,
        "slug": slug,
        "title": {"en": "Deaths by month", "es": "Muertes por mes"},
        "publisher": "An Office of Records",
        "homepage": "https://example.org/about",
        "language": "en",
        "cadence": "monthly",
        "about_people": True,
        "as_of": date(2024, 12, 31),
        "retrieved": "2025-01-02",
        "licence": {"name": "CC0-1.0", "redistribute": True, "attribution": "An Office of Records"},
        "fetch": [{"address": ADDRESS, "media_type": "text/csv"}],
        "table": [
            {
                "address": ADDRESS,
                "record": "counts",
                "subject": {"column": "substance", "register": "substance"},
                "predicate": {"value": "deaths"},
                "value": {"column": "deaths"},
                "unit": "deaths",
                "period": {"column": "month"},
                "territory": {"value": "territory:US-CT"},
                "population": {"column": "examined"},
            }
        ],
    }
    return SourceDeclaration.model_validate(said | changes)


MONITOR = MonitorDeclaration.model_validate(
    {
        "schema": 1,
        "slug": "emergence",
        "title": {"en": "What is new", "es": "Lo nuevo"},
        "series": {},
        "detector": "emergence_plain",
        "dated": date(2025, 1, 1),
        "because": "The series are near empty.",
        "cites": "tests/gates/test_emergence_gold.py",
    }
)


@dataclass
class Archive:
    """Payloads by hash, in memory; a byte can be flipped in it."""

    payloads: dict[str, bytes] = field(default_factory=dict)

    def payload(self, capture: Capture) -> bytes:
        return self.payloads[capture.sha256]


def payload_of(rows, headings=HEADINGS) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode()


def months(first: str, many: int) -> list[str]:
    return [str(Period.parse(first) + step) for step in range(many)]


def sheet(counts: dict[str, list[int | None]], first="2019-01", examined=97, extra=()):
    """Rows of a long table: one a month and substance."""
    return [
        (month, name, "" if values[at] is None else values[at], examined or "", *extra)
        for name, values in counts.items()
        for at, month in enumerate(months(first, len(values)))
    ]


@dataclass
class House:
    """Everything a release is built from; ``inputs()`` gives it."""

    folder: Path
    declaration: SourceDeclaration
    payload: bytes
    territory: str = "territory:US-CT"
    warc: str = "0001-20250102-0123456789abcdef.warc"
    archive: Archive = field(default_factory=Archive)

    def __post_init__(self):
        self.archive.payloads[sha256_hex(self.payload)] = self.payload
        key = SigningKey.generate("example.org/log")
        self.log = Log.create(self.folder / "log", "example.org/log", key)
        self.vkey = key.vkey
        captured = Capture(
            source=self.declaration.slug,
            address=ADDRESS,
            url=ADDRESS,
            fetched_at=datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC),
            media_type="text/csv",
            status=200,
            sha256=sha256_hex(self.payload),
            length=len(self.payload),
            tool="atalaya 0.1.0",
            warc=self.warc,
            offset=512,
        )
        (index,) = self.log.append([canonical_json(captured.leaf())])
        self.capture = replace(captured, log_index=index)

    def at_hand(self) -> proving.Archive:
        """The evidence, as `why` and `verify` take it."""
        captures, log = (self.capture,), self.log.reader()
        return proving.Archive(self.archive, captures, log, (self.declaration,))

    @property
    def document(self) -> Document:
        return Document(
            source=self.declaration.slug,
            address=ADDRESS,
            sha256=self.capture.sha256,
            capture=self.capture.id,
            media_type="text/csv",
            language="en",
            title="Deaths by month",
        )

    def claims(self) -> list[Claim]:
        made, start = [], self.payload.index(b"\n") + 1
        for line, row in enumerate(self.payload.split(b"\n")[1:-1], start=2):
            month, name, count, examined, *_ = next(csv.reader([row.decode()]))
            if count != "":
                made.append(
                    Claim(
                        document=self.document.id,
                        source=self.declaration.slug,
                        subject=f"substance:{name}",
                        predicate="deaths",
                        value=float(count),
                        text=None,
                        unit="deaths",
                        territory=self.territory,
                        period=month,
                        population=float(examined) if examined else None,
                        quote=row.decode(),
                        start=start,
                        end=start + len(row),
                        line=line,
                        checked=Checked.VERIFIED,
                    )
                )
            start += len(row) + 1
        return made

    def series(self, claims) -> list[dict]:
        return sorted((self._observation(claim) for claim in claims), key=_by_period)

    def _observation(self, claim):
        key = f"{claim.source}/{claim.subject}/{claim.territory}/{claim.predicate}"
        said = {
            "series": key,
            "source": claim.source,
            "subject": claim.subject,
            "territory": claim.territory,
            "predicate": claim.predicate,
            "unit": claim.unit,
            "period": claim.period,
            "count": claim.value,
            "population": claim.population,
            "status": "observed",
            "people": self.declaration.about_people,
            "made_from": [claim.id],
        }
        return {"id": record_id("observation", said), **said}

    def inputs(self, **changes) -> ReleaseInputs:
        claims = self.claims()
        series = self.series(claims)
        verdicts = judged(series)
        table = pa.Table.from_pylist(series, schema=SERIES)
        found = pa.Table.from_pylist(verdicts, schema=VERDICTS)
        slug = self.declaration.slug
        standing = {slug: SourceStanding(slug, slug, "replay")}
        document = self.document
        given = {
            "as_of": date(2024, 12, 31),
            "signals": signals(found, table, standing),
            "series": table,
            "verdicts": found,
            "claims": pa.Table.from_pylist(
                [{"id": claim.id} | asdict(claim) for claim in claims], schema=CLAIMS
            ),
            "documents": pa.Table.from_pylist(
                [{"id": document.id, "rows": len(claims)} | asdict(document)], schema=DOCUMENTS
            ),
            "captures": (self.capture,),
            "promises": promises(claims[-1].id),
            "blind_spots": pa.Table.from_pylist(
                [
                    _blind_spot("territory:ARG", slug, None),
                    _blind_spot("territory:US-CT", slug, claims[0].period),
                ],
                schema=BLIND_SPOTS,
            ),
            "declarations": (self.declaration,),
            "source_health": pa.Table.from_pylist(
                [health_rows()[0] | {"source": slug}], schema=SOURCE_HEALTH
            ),
            "issues": (),
            "decisions": "0" * 64,
            "requirements": "1" * 64,
            "software": "atalaya 0.1.0",
            "evidence": self.archive,
            "log": self.log,
            "monitors": (MONITOR,),
            "rejudge": rejudging(series),
        }
        return ReleaseInputs(**(given | changes))


def _blind_spot(territory: str, source: str, newest: str | None) -> dict:
    return {
        "territory": territory,
        "indicator": f"{source}/deaths",
        "newest": newest,
        "age_years": None if newest is None else 5.9,
        "state": "never" if newest is None else "old",
        "source": source,
    }


def promises(claim: str) -> pa.Table:
    return pa.table(
        {
            "id": ["promise:68-6-1", "promise:68-6-2"],
            "session": ["68", "68"],
            "resolution": ["68/6", "68/6"],
            "symbol": ["E/CN.7/2025/L.6", "E/CN.7/2025/L.6"],
            "topic": ["follow-up", "follow-up"],
            "property": ["voted", "number"],
            "value": ["yes", None],
            "status": ["known", "unknown"],
            "source": ["deaths", None],
            "checked": ["verified", None],
            "claims": [[claim], []],
        }
    )


def _by_period(row):
    return row["series"], row["period"]


def _panel(series) -> Panel:
    keys = sorted({row["series"] for row in series})
    first, last = (Period.parse(end(row["period"] for row in series)) for end in (min, max))
    counts = np.full((len(keys), last - first + 1), np.nan)
    for row in series:
        counts[keys.index(row["series"]), Period.parse(row["period"]) - first] = row["count"]
    return Panel(tuple(keys), first, counts)


def judged(series, detector="emergence_plain") -> list[dict]:
    """Judge the series with a real detector; a verdict rests on all earlier observations."""
    panel = _panel(series)
    judgement = detection.find(detector).judge(panel)
    rows = []
    for at, key in enumerate(panel.series):
        own = [row for row in series if row["series"] == key]
        for row in own:
            column = Period.parse(row["period"]) - panel.first
            numbers = {
                name: _number(getattr(judgement, name)[at, column])
                for name in ("observed", "expected", "threshold", "statistic", "p_value")
            }
            said = {
                "series": key,
                "period": row["period"],
                "detector": detector,
                **numbers,
                "alarm": {1: True, 0: False, -1: None}[int(judgement.alarm[at, column])],
                "reason": judgement.sentence(at, column),
                "made_from": [one["id"] for one in own if one["period"] <= row["period"]][::-1][
                    :18
                ],
            }
            rows.append({"id": record_id("verdict", said), **said})
    return rows


def rejudging(series):
    """Judge one series again with other counts, as a pipeline hands it to a release."""

    def rejudge(key, detector, changes):
        found = []
        for change in changes:
            own = [dict(row) for row in series if row["series"] == key]
            for row in own:
                row["count"] = change.get(row["period"], row["count"])
            found.append(frozenset(row["period"] for row in judged(own, detector) if row["alarm"]))
        return found

    return rejudge


def _number(value) -> float | None:
    return None if np.isnan(value) else float(value)


def house(folder: Path, rows=None, source=None, **changes) -> House:
    """A house with xylazine arriving and fentanyl established, hidden unless ``source`` says."""
    counts = {"xylazine": [0] * 14 + [1, 0, 2, 3, 12, 15], "fentanyl": [40 + n for n in range(20)]}
    payload = rows if isinstance(rows, bytes) else payload_of(rows or sheet(counts))
    return House(folder, source or declaration(), payload, **changes)


def cited(**changes) -> SourceDeclaration:
    """The same source where the official publisher itself publishes the same cells."""
    return declaration(published_cells="https://example.org/cells", **changes)

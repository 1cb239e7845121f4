"""Texts of open sources, written by us, with the claims, stories and candidates made of them."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from atalaya.findings.stories import candidates, stories
from atalaya.model.identifiers import sha256_hex
from atalaya.model.records import Document
from atalaya.model.tables import CLAIMS, DOCUMENTS, TEXTS
from atalaya.reading.analysis.claims import CANDIDATE, Said, claims
from atalaya.reading.analysis.part import MEDIA_TYPE, Part
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.series.mentions import mention_series

HOSTILE = '<script>alert("3")</script>'
LINKED = "herald"  # a source whose words may not be passed on
_REPORTS = Path(__file__).parent / "stories" / "reports.toml"
_FROM_NAMES = {
    "fentanyl": "substance:fentanyl",
    "xylazine": "substance:xylazine",
    "xilacina": "substance:xylazine",
}


@dataclass(frozen=True)
class Report:
    """One text as it was put out, with what a reader finds in it."""

    source: str
    title: str
    text: str
    story: str
    origin: str
    published: date | None = None
    language: str = "en"
    territory: str | None = None
    confidence: float | None = None
    because: str | None = None
    withheld: str | None = None
    implausible: str | None = None
    named: tuple[str, ...] = ()
    relevant: bool = True


@dataclass(frozen=True)
class Told:
    """Everything that is made of some reports, with the schemas of the tables between steps."""

    documents: pa.Table
    claims: pa.Table
    texts: pa.Table
    stories: pa.Table
    candidates: pa.Table


@cache
def reports() -> tuple[Report, ...]:
    """Give the reports of the material."""
    said = tomllib.loads(_REPORTS.read_text("utf-8"))["report"]
    return tuple(Report(**row | {"named": tuple(row.get("named", ()))}) for row in said)


@cache
def told() -> Told:
    """Read the reports; of a source that is linked only no words and no claims are kept."""
    documents, said, texts = [], [], []
    for report in reports():
        part, document = _archived(report)
        found = [] if report.source == LINKED else list(_claims(report, part, document))
        said += [{"id": claim.id} | asdict(claim) for claim in found]
        documents.append({"id": document.id, "rows": len(found)} | asdict(document))
        texts.append(_text(report, part, document, [claim.id for claim in found]))
    unknown = [row for row in said if row["predicate"] == CANDIDATE]
    return Told(
        pa.Table.from_pylist([one for one in documents if one["source"] != LINKED], DOCUMENTS),
        pa.Table.from_pylist(said, CLAIMS),
        pa.Table.from_pylist(texts, TEXTS),
        stories(texts),
        candidates(texts, unknown),
    )


def told_rows() -> dict[str, list[dict[str, Any]]]:
    """Give the tables as a release publishes them: lists become text with spaces."""
    made = told()
    tables = {"stories": made.stories, "texts": made.texts, "candidates": made.candidates}
    return {name: [_published(row) for row in table.to_pylist()] for name, table in tables.items()}


def told_claims() -> list[dict[str, Any]]:
    """Give the claims as a release publishes them: numbers as text."""
    return [row | {"value": _figure(row["value"])} for row in told().claims.to_pylist()]


def _figure(number: float | None) -> str | None:
    return None if number is None else f"{number:g}"


def told_series() -> list[dict[str, Any]]:
    """Count the documents that mention a substance, beside how many were read, as published."""
    rows = mention_series(told().claims, date(2026, 5, 31)).to_pylist()
    return [row | {name: _figure(row[name]) for name in ("count", "population")} for row in rows]


def _published(row: dict[str, Any]) -> dict[str, Any]:
    return {name: " ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}


def _archived(report: Report) -> tuple[Part, Document]:
    address = f"https://{report.source}.example/{report.story.partition(':')[2]}"
    part = Part(report.text, report.title, address, report.published, report.language)
    digest = sha256_hex(part.payload())
    capture = f"capture:{digest[:16]}"
    titled = report.title
    return part, Document(
        report.source, address, digest, capture, MEDIA_TYPE, report.language, titled
    )


def _claims(report: Report, part: Part, document: Document) -> Any:
    found = []
    for name in report.named:
        start = report.text.index(name)
        known = _FROM_NAMES.get(name.casefold())
        found.append(Mention(start, start + len(name), Label.SUBSTANCE, id=known))
    return claims(Said(document, part, found, report.territory, report.relevant))


def _text(report: Report, part: Part, document: Document, made: list[str]) -> dict[str, Any]:
    linked = report.source == LINKED
    ids = {_FROM_NAMES.get(name.casefold()) for name in report.named}
    return {
        "id": document.id,
        "source": report.source,
        "address": part.address,
        "title": "" if linked else report.title,
        "language": report.language,
        "published": report.published and report.published.isoformat(),
        "read_on": "2026-05-07",
        "relevant": report.relevant,
        "score": 0.97 if report.relevant else 0.02,
        "territory": report.territory,
        "confidence": report.confidence,
        "because": None if linked else report.because,
        "story": report.story,
        "origin": report.origin,
        "substances": sorted(filter(None, ids)),
        "implausible": None if linked else report.implausible,
        "withheld": report.withheld,
        "claims": made,
    }

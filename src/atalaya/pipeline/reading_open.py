"""Texts of open sources in the read step: readable parts to claims, texts and mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyarrow as pa

from atalaya.model.errors import Place
from atalaya.model.records import Capture, Claim, Document, Issue
from atalaya.model.tables import CLAIMS, MENTIONS, ORDER, TEXTS
from atalaya.reading.analysis.analyst import Analysis, Analyst
from atalaya.reading.analysis.claims import Said, claims
from atalaya.reading.analysis.given import GivenText
from atalaya.reading.analysis.part import Part
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.stories.grouping import Grouping
from atalaya.reading.tables import Reading

_HOME = 0.6  # of a text without any place; a gazette speaks of its own country
_SILENT = frozenset({Label.PERSON, Label.CONCEALMENT})


@dataclass(slots=True)
class OpenTexts:
    """The texts of a run, read one by one and grouped into stories at the end."""

    analyst: Analyst = field(default_factory=Analyst)
    grouping: Grouping = field(default_factory=Grouping)
    texts: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)

    def read(
        self, document: Document, capture: Capture, payload: bytes, home: str | None = None
    ) -> Reading:
        """Read a part.

        Args:
            document: The document that the payload is.
            capture: Its capture.
            payload: The bytes of a readable part.
            home: Territory that its source is about, where nothing in the text tells another.

        Returns:
            Its claims, unverified, and its issues.

        Raises:
            BadInput: It is no readable part.
        """
        part = Part.of(payload)
        given = GivenText(
            document.id,
            part.text,
            part.title,
            part.language or None,
            part.published,
            part.address or None,
        )
        found = self.analyst.analyse(given)
        where = _where(found, home)
        relevant = found.relevance.label
        made = list(claims(Said(document, part, found.text_mentions, where.territory, relevant)))
        self.grouping.add(found.features)
        self.texts.append(_text(document, capture, part, found, where, made))
        for name, ones in (("title", found.title_mentions), ("text", found.text_mentions)):
            words = part.title if name == "title" else part.text
            self.mentions += [_mention(document, name, words, one) for one in ones]
        issues = tuple(_issue(document, kind, says) for kind, says in found.issues)
        return Reading(_table(made), issues, rows=1)

    def tables(self, counting: frozenset[str]) -> tuple[pa.Table, pa.Table]:
        """Give the tables ``texts`` and ``mentions`` of all that was read.

        Args:
            counting: Claims that still count; those of what was retracted are left out.
        """
        for row, key in zip(self.texts, self.grouping.keys(), strict=True):
            row |= {"story": key, "claims": [one for one in row["claims"] if one in counting]}
        return _ordered(self.texts, "texts", TEXTS), _ordered(self.mentions, "mentions", MENTIONS)


class _Where(NamedTuple):
    territory: str | None = None
    confidence: float | None = None
    because: str | None = None


def _where(found: Analysis, home: str | None) -> _Where:
    if found.country is not None:
        return _Where(found.country.territory, found.country.confidence, found.country.because)
    if home is None:
        return _Where()
    return _Where(home, _HOME, "nothing in the text names a place; this is where its source is")


def _text(
    document: Document,
    capture: Capture,
    part: Part,
    found: Analysis,
    where: _Where,
    made: Sequence[Claim],
) -> dict[str, Any]:
    return {
        "id": document.id,
        "source": document.source,
        "address": part.address or document.address,
        "title": part.title,
        "language": found.language,
        "published": part.published.isoformat() if part.published else None,
        "read_on": capture.fetched_at.date().isoformat(),
        "relevant": found.relevance.label,
        "score": found.relevance.score,
        **where._asdict(),
        "origin": found.features.agency or found.features.publisher or document.source,
        "substances": sorted({one.subject for one in made if one.subject.startswith("substance:")}),
        "implausible": "; ".join(found.implausible) or None,
        "withheld": _counts(part.withheld),
        "claims": [one.id for one in made],
    }


def _mention(document: Document, name: str, words: str, one: Mention) -> dict[str, Any]:
    return {
        "document": document.id,
        "source": document.source,
        "field": name,
        "start": one.start,
        "end": one.end,
        "label": str(one.label),
        "status": str(one.status),
        "id": one.id,
        "name": one.name,
        "text": None if one.label in _SILENT else words[one.start : one.end],
        "confidence": one.confidence,
        "rule": one.rule,
    }


def _counts(withheld: Mapping[str, int]) -> str | None:
    return ", ".join(f"{why} {count}" for why, count in sorted(withheld.items())) or None


def _issue(document: Document, kind: str, says: str) -> Issue:
    return Issue(kind, says, "read", document.source, Place(document.address))


def _table(made: Sequence[Claim]) -> pa.Table:
    rows = [
        {name: str(value) if name == "checked" else value for name, value in _fields(one).items()}
        for one in made
    ]
    table = pa.Table.from_pylist(rows, schema=CLAIMS)
    return table.sort_by([(name, "ascending") for name in ORDER["claims"]])


def _fields(claim: Claim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in CLAIMS.names}


def _ordered(rows: Sequence[Mapping[str, Any]], name: str, schema: pa.Schema) -> pa.Table:
    table = pa.Table.from_pylist(list(rows), schema=schema)
    return table.sort_by([(column, "ascending") for column in ORDER[name]])

"""What a release is built from, and the port through which it reads archived bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import pyarrow as pa

from atalaya.evidence.log import Log
from atalaya.findings.source_health import SOURCE_HEALTH
from atalaya.findings.stories import CANDIDATES, STORIES
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.records import Capture, Issue, Signal
from atalaya.model.tables import NOWCASTS, PAGE_CHANGES, TEXTS
from atalaya.promises.advocacy import ADVOCACY
from atalaya.promises.body_tables import COHOSTING, ORGANISATION_NAMES, ORGANISATIONS
from atalaya.promises.matters import FOLLOW_UP
from atalaya.promises.pairs import PAIRS
from atalaya.publishing.places import Holding

Rejudge = Callable[[str, str, Sequence[dict[str, float | None]]], Sequence[frozenset[str]]]
"""Judge a series again with other counts: key of the series, detector, one mapping of changed
period -> count a variant; gives the periods with an alarm, one set a variant."""


class EvidenceView(Protocol):
    """The archive as far as a release needs it: bytes as received."""

    def payload(self, capture: Capture) -> bytes:
        """Give the payload of a capture, unchanged, as it lies in the archive."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInputs:
    """Everything a release says, and what it must agree with.

    Args:
        as_of: The day up to which the evidence is known.
        signals: Signals with their state, strongest first.
        series: Observations, ``model.tables.SERIES``.
        verdicts: Verdicts, ``model.tables.VERDICTS``.
        claims: Claims, ``model.tables.CLAIMS``.
        documents: Documents read, ``model.tables.DOCUMENTS``.
        captures: Captures the documents were read from, and those that page changes lie between.
        promises: Promises and what followed, as ``promises`` makes them.
        blind_spots: Cells without a figure or with an old one.
        declarations: Every source.
        issues: What was found wrong on the way.
        decisions: SHA-256 of the decisions the signals' states rest on, hex.
        requirements: SHA-256 of the pinned requirements, hex.
        software: Name and version of the software.
        evidence: The archive, to read every quoted byte again.
        log: The log, to commit the manifest to.
        holding: Which places and subjects hold which, for hiding totals.
        monitors: Which detector judges which series, and why.
        declared: File that declares something -> hash of what it says, hex.
        rejudge: Judges a series again; without it no signal on hidden counts is published.
        nowcasts: What incomplete periods will come to, ``model.tables.NOWCASTS``; none of a source
            whose small counts are hidden.
        follow_up: What became of each ask, resolution and session (``promises.matters``).
        advocacy: Which State was met and how it voted, as ``promises.advocacy`` makes it.
        voting_agreement: How often each two States voted alike, as ``promises.pairs`` makes it.
        sponsorship: How many drafts each two States sponsored together, likewise.
        organisations: States and bodies that hold events, sponsor or are met, as
            ``promises.body_tables`` makes it, ``organisation_names`` and ``cohosting`` likewise.
        organisation_names: Under which names each is printed, and why they are one body's.
        cohosting: How many events each two of them share.
        page_changes: What changed in followed pages, ``model.tables.PAGE_CHANGES``.
        texts: Texts of open sources that were read, ``model.tables.TEXTS``.
        stories: What they tell together, as ``findings.stories`` makes it.
        candidates: Names in them that look like new substances, likewise.
        closed_archives: Archive files that hold earlier figures about people: what is published of
            them would let those be guessed.
        scorecard: What may be shown of the observatory's back-test (`publishing.scorecards`), or
            None where it keeps no dated events.
        source_health: How each source fares (`findings.source_health`).
    """

    as_of: date
    signals: tuple[Signal, ...]
    series: pa.Table
    verdicts: pa.Table
    claims: pa.Table
    documents: pa.Table
    captures: tuple[Capture, ...]
    promises: pa.Table
    blind_spots: pa.Table
    declarations: tuple[SourceDeclaration, ...]
    issues: tuple[Issue, ...]
    decisions: str
    requirements: str
    software: str
    evidence: EvidenceView
    log: Log
    holding: Holding = field(default_factory=Holding)
    monitors: tuple[MonitorDeclaration, ...] = ()
    declared: Mapping[str, str] = field(default_factory=dict)
    rejudge: Rejudge | None = None
    nowcasts: pa.Table = field(default_factory=NOWCASTS.empty_table)
    follow_up: pa.Table = field(default_factory=FOLLOW_UP.empty_table)
    advocacy: pa.Table = field(default_factory=ADVOCACY.empty_table)
    voting_agreement: pa.Table = field(default_factory=PAIRS.empty_table)
    sponsorship: pa.Table = field(default_factory=PAIRS.empty_table)
    organisations: pa.Table = field(default_factory=ORGANISATIONS.empty_table)
    organisation_names: pa.Table = field(default_factory=ORGANISATION_NAMES.empty_table)
    cohosting: pa.Table = field(default_factory=COHOSTING.empty_table)
    page_changes: pa.Table = field(default_factory=PAGE_CHANGES.empty_table)
    texts: pa.Table = field(default_factory=TEXTS.empty_table)
    stories: pa.Table = field(default_factory=STORIES.empty_table)
    candidates: pa.Table = field(default_factory=CANDIDATES.empty_table)
    closed_archives: frozenset[str] = frozenset()
    scorecard: Mapping[str, Any] | None = None
    source_health: pa.Table = field(default_factory=SOURCE_HEALTH.empty_table)

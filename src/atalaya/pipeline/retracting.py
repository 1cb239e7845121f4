"""Retracting evidence: from a published reference to a signed and logged decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.evidence.captures import CaptureStore
from atalaya.findings.alerts.screening import below_national, screen
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.leaving_out import saying, words_of
from atalaya.findings.reinstatements import Struck
from atalaya.findings.resting import Resting, resting_on
from atalaya.findings.retractions import Retraction, Words, sign_retraction
from atalaya.findings.reviewers import ReviewerKey
from atalaya.model.errors import BadInput, WrongUse
from atalaya.model.records import Capture
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.collecting import logged_captures
from atalaya.pipeline.house import open_log
from atalaya.pipeline.published import published_signals
from atalaya.pipeline.reviewing import decisions_of, log_pending, struck_evidence
from atalaya.pipeline.signalling import known_signals
from atalaya.pipeline.store import read_table
from atalaya.publishing.masking import masked_capture_id
from atalaya.publishing.opening import latest_release
from atalaya.publishing.references import Rows, locate
from atalaya.publishing.striking import retraction_of

_SAME = ("line", "subject", "predicate", "territory", "period")


@dataclass(frozen=True, slots=True)
class Meant:
    """The evidence a reference names, in the tables as they lie.

    Args:
        capture: The capture whose document it is, or is in.
        claims: The claims that fall with it.
        words: What the claim says; None for the whole document.
    """

    capture: Capture
    claims: pa.Table
    words: Words | None


@dataclass(frozen=True, slots=True)
class Retracted:
    """What a retraction came to.

    Args:
        retraction: The decision, signed and logged.
        claims: How many claims of the newest document fall with it.
        alerts: Signals among those that rest on it whose alert was signed and has not ended.
    """

    retraction: Retraction
    claims: int
    alerts: tuple[str, ...]


def retract(
    folder: Folder, settings: Settings, reference: str, reason: str, key: ReviewerKey, now: datetime
) -> Retracted:
    """Retract a document or a claim: signed with the reviewer's own key, stored and logged.

    The next run leaves it out; nothing is deleted. Which published signals rest on it is found
    now, along what each record was made from, and signed with the decision.

    Args:
        folder: The observatory, its tables up to date.
        settings: Where its decisions lie.
        reference: A capture, document or claim: an identifier, or ``claims.csv:12``.
        reason: Why; it is published, and goes out with alerts.
        key: The reviewer's key.
        now: The present moment, UTC.

    Raises:
        WrongUse: The reference names no such thing.
        BadInput: No reason, words that may not go out, retracted before, or no reviewer's key.
    """
    meant = find(folder, reference, struck_evidence(folder, settings))
    _screened(reason, meant)
    found = resting_on(
        meant.claims["id"].to_pylist(),
        read_table(folder.tables, "series"),
        read_table(folder.tables, "verdicts"),
        known_signals(folder),
    )
    decision = _decision(folder, meant, found, (key.reviewer, reason, now))
    log = open_log(folder)
    with decisions_of(folder, settings) as store:
        _refuse_again(store, decision)
        store.record_retraction(sign_retraction(decision, key))
        log_pending(store, log)
        standing = store.standings(now.date())
    named = (*decision.rested, *decision.supported)
    alerts = tuple(one for one in named if one in standing and standing[one].signed)
    return Retracted(decision, meant.claims.num_rows, alerts)


def _decision(
    folder: Folder, meant: Meant, found: Resting, taken: tuple[str, str, datetime]
) -> Retraction:
    """Only published signals are named: the decision's words reach issues and channels."""
    shown = published_signals(latest_release(folder.releases))
    reviewer, reason, now = taken
    return Retraction(
        source=meant.capture.source,
        address=meant.capture.address,
        sha256=meant.capture.sha256,
        words=meant.words,
        reviewer=reviewer,
        reason=reason,
        decided_at=now.replace(microsecond=0),
        rested=tuple(sorted(one.id for one in found.signals if one.id in shown)),
        supported=tuple(sorted(one.id for one in found.supported if one.id in shown)),
    )


def find(folder: Folder, reference: str, struck: Sequence[Struck] = ()) -> Meant:
    """Find the evidence that a reference names, published or inner.

    Args:
        folder: The observatory.
        reference: An identifier, or ``claims.csv:12``.
        struck: What was retracted before.

    Raises:
        WrongUse: It names nothing, something that is not evidence, or evidence that no longer is
            what is read.
        BadInput: It was retracted before.
    """
    documents = {row["id"]: row for row in read_table(folder.tables, "documents").to_pylist()}
    claims = read_table(folder.tables, "claims")
    inner = claims.filter(pc.equal(claims["id"], reference)).to_pylist()
    if inner:
        (row,) = inner
        return _claim(folder, claims, documents[row["document"]], row)
    if reference in documents:
        return _whole(folder, claims, documents[reference])
    return _published(folder, reference, documents, claims, struck)


def _published(
    folder: Folder,
    reference: str,
    documents: dict[str, dict[str, Any]],
    claims: pa.Table,
    struck: Sequence[Struck],
) -> Meant:
    release = latest_release(folder.releases)
    if release is None:
        raise WrongUse("nothing has been released yet", do="`atalaya run` makes a release")
    rows = Rows(release)
    found = locate(reference, rows)
    if found.table not in {"claims", "documents", "captures"}:
        raise WrongUse(
            f"{reference} is no evidence but what was made from it",
            do=f"`atalaya why {reference}` names the claims and documents below it",
        )
    cells, table = found.cells, found.table
    if table == "claims":
        cells = rows.row("documents", rows.find("documents", cells["document"]) or 0)
    claim = found.cells if table == "claims" else None
    whole = [one for one in struck if claim is not None or one.retraction.words is None]
    before = retraction_of(claim or {}, cells, whole)
    if before is not None and before.back is None:
        raise _retracted_before(before.retraction)
    name = cells["id"] if table == "captures" else cells["capture"]
    shown = {
        row["id"]: row
        for row in documents.values()
        if name in _names(_capture(folder, row["capture"]))
    }
    if not shown:
        raise WrongUse(
            f"{reference} is not what is read now",
            do="a later edition or an earlier retraction took its place; run `atalaya run`",
        )
    document = next(iter(shown.values()))
    if table != "claims":
        return _whole(folder, claims, document)
    own = claims.filter(pc.equal(claims["document"], document["id"])).to_pylist()
    same = [row for row in own if all(row[one] == found.cells[one] for one in _SAME)]
    if len(same) != 1:
        raise WrongUse(f"{reference} is {len(same)} claims", do="retract its document instead")
    return _claim(folder, claims, document, same[0])


def _whole(folder: Folder, claims: pa.Table, document: dict[str, Any]) -> Meant:
    own = claims.filter(pc.equal(claims["document"], document["id"]))
    return Meant(_capture(folder, document["capture"]), own, None)


def _claim(
    folder: Folder, claims: pa.Table, document: dict[str, Any], row: dict[str, Any]
) -> Meant:
    own = claims.filter(pc.equal(claims["document"], document["id"]))
    words = words_of(own, row)
    return Meant(_capture(folder, document["capture"]), own.filter(saying(own, words)), words)


def _capture(folder: Folder, name: str) -> Capture:
    captures = logged_captures(CaptureStore(folder.evidence).all())
    return next(one for one in captures if one.id == name)


def _names(capture: Capture) -> tuple[str, str]:
    return capture.id, masked_capture_id(capture)


def _screened(reason: str, meant: Meant) -> None:
    """Refuse a reason that may not go out about any of the places the evidence is about."""
    places = pc.unique(meant.claims["territory"]).drop_null().to_pylist()
    small = next((one for one in places if below_national(one)), "")
    screen(reason, small, "the reason")


def _refuse_again(store: DecisionStore, wanted: Retraction) -> None:
    names = ("source", "address", "sha256", "words")
    for one in store.struck():
        known = one.retraction
        if one.back is not None and known.id != wanted.id:
            continue
        if all(getattr(known, name) == getattr(wanted, name) for name in names):
            raise _retracted_before(known)


def _retracted_before(known: Retraction) -> BadInput:
    return BadInput(
        f"this was retracted on {known.decided_at:%Y-%m-%d} by {known.reviewer}, as {known.id}",
        do=f"nothing to do; if that was a mistake: `atalaya reinstate {known.id}`",
    )

"""Seals what is being said now: openings first, durably, then the commitments in the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from atalaya.evidence.log import Log, new_salt, salted_commitment
from atalaya.findings.foresight.leaves import Basis, Leaf, Opening, Sealing, committed
from atalaya.findings.foresight.shapes import moment_text
from atalaya.findings.foresight.statements import Kind, Statement
from atalaya.model.errors import LookAtThis, StopEverything
from atalaya.model.identifiers import canonical_json
from atalaya.model.settings import Folder
from atalaya.pipeline.foresight.logs import log_of, sealed_leaves
from atalaya.pipeline.foresight.openings import Kept, Openings
from atalaya.pipeline.foresight.saying import ONE_REGION, PLACES, Said


@dataclass(frozen=True, slots=True)
class SealReport:
    """What a sealing came to.

    Args:
        sealing: Its number, or None where there was nothing new to say.
        sealed: Kind of statement -> how many were sealed.
        again: Statements that were sealed before and are not sealed again.
        refused: Reason -> how many were not sealed.
        size: Entries of the log afterwards.
        log: The log's name.
    """

    sealing: int | None
    sealed: Mapping[str, int]
    again: int
    refused: Mapping[str, int]
    size: int
    log: str


def seal(
    folder: Folder, said: Said, now: datetime, horizon: int, *, tokens: bool = False
) -> SealReport:
    """Commit to statements in the log, and keep what opens them.

    Args:
        folder: An observatory or a folder of sheets.
        said: What it says.
        now: The present moment, UTC.
        horizon: Days after which what is sealed must be opened.
        tokens: Whether tokens will be made, so that of live data nothing need be said: were a file
            of no tokens refused, its entry in the log would tell of an alarm in some region (R3).

    Returns:
        What was sealed.

    Raises:
        LookAtThis: Nothing may be sealed, as where all of it is history; or the clock is behind.
        StopEverything: The log holds a sealed statement that nothing here opens.
        TryLater: Another process seals or writes the log, or there is no room.
    """
    if not (said.statements or (tokens and said.live)):
        _refuse(said.refused)
    openings = Openings(folder)
    with openings.locked():
        log = log_of(folder)
        kept = recovered(openings, log)
        refuse_earlier(kept, now)
        known = {one.statement.gist for each in kept for one in each.openings}
        fresh = [(basis, one) for basis, one in said.statements if one.gist not in known]
        again, number = len(said.statements) - len(fresh), len(kept) + 1
        sealing = (
            _keep_and_log(openings, log, (said, fresh), (number, now, horizon)) if fresh else 0
        )
        return SealReport(
            sealing=sealing or None,
            sealed={str(kind): _number(fresh, kind) for kind in Kind},
            again=again,
            refused=dict(said.refused),
            size=log.size,
            log=log.checkpoint.origin,
        )


def _keep_and_log(
    openings: Openings,
    log: Log,
    what: tuple[Said, Sequence[tuple[Basis, Statement]]],
    when: tuple[int, datetime, int],
) -> int:
    (said, fresh), (number, now, horizon) = what, when
    salt = new_salt()
    data = salted_commitment(salt, canonical_json(said.rests_on))
    sealing = Sealing(number, now, data, said.release)
    opened = [(basis, Opening(one, new_salt())) for basis, one in fresh]
    leaves = committed(sealing, opened, now.date() + timedelta(days=horizon))
    rests_on = {"tables": dict(said.rests_on), "salt": salt.hex()}
    kept = Kept(leaves, tuple(one for _, one in opened), rests_on)
    openings.keep(kept)
    places = log.append([leaf.entry for leaf in leaves])
    openings.keep(kept.logged(places.start, log.checkpoint.note))
    return number


def recovered(openings: Openings, log: Log) -> tuple[Kept, ...]:
    """Give every sealing, saying where in the log it lies where that was cut short.

    A sealing of which nothing was logged is forgotten: it would claim a moment before its entry.

    Args:
        openings: What is kept; the caller holds its lock.
        log: The log, opened, so that an append that was cut short is finished or gone.

    Raises:
        StopEverything: The log holds a sealed statement that nothing kept opens.
    """
    logged = dict(sealed_leaves(log.reader()))
    places = {leaf: index for index, leaf in logged.items()}
    found = []
    for one in openings.all():
        index = places.get(one.leaves[0])
        if index is None:
            _refuse_lost(one)
            openings.drop(one)
            continue
        if one.first is None:
            one = one.logged(index, log.checkpoint.note)  # noqa: PLW2901 - the same, known better
            openings.keep(one)
        found.append(one)
    _all_openable(logged, found)
    return tuple(found)


def refuse_earlier(kept: Sequence[Kept], now: datetime) -> None:
    """Refuse a clock that stands before what was sealed: no proof of the log would hold any more.

    Raises:
        LookAtThis: It does; nothing was logged.
    """
    last = max((one.leaves[0].sealing.sealed_at for one in kept), default=now)
    if now.replace(microsecond=0) < last:
        raise LookAtThis(
            f"the clock says {moment_text(now)}, and sealing {kept[-1].number} was made at "
            f"{moment_text(last)}",
            why="whoever checks a score refuses what goes back in time, and a log keeps all it was "
            "told",
            do="set the clock of this machine; where it was wrong then, wait until that moment",
        )


def _refuse_lost(kept: Kept) -> None:
    if kept.first is not None:
        raise StopEverything(
            f"sealing {kept.number} was logged at entry {kept.first}, and is not in the log",
            why="the log is older than what was sealed in it, and would be signed a second time",
            do="put the folder log/ back from the newest backup or from a copy of the log",
        )


def _all_openable(logged: Mapping[int, Leaf], found: Sequence[Kept]) -> None:
    openable = {leaf for one in found for leaf in one.leaves}
    lost = [index for index, leaf in logged.items() if leaf not in openable]
    if lost:
        raise StopEverything(
            f"the log holds {len(lost)} sealed statements that nothing in sealed/ opens, the first "
            f"at {lost[0]}",
            why="a score that leaves sealed statements out cannot be believed",
            do="put the folder sealed/ back from the newest backup",
        )


def _number(fresh: Sequence[tuple[Basis, Statement]], kind: Kind) -> int:
    return sum(one.kind is kind for _, one in fresh)


def _refuse(refused: Mapping[str, int]) -> None:
    reasons = "; ".join(f"{number}: {because}" for because, number in sorted(refused.items()))
    reasons = reasons or "nothing is said: no signal, no gap, no forecast, no deadline"
    why = "what is known already cannot be foreseen: sealing it would only look like foresight"
    do = "seal after fetching data that are newer than a year, before their outcome is known"
    if PLACES in refused or ONE_REGION in refused:
        why = "what is sealed is opened one day, and would tell of a few cases in one place"
        do = (
            "seal when the whole sheet has a signal; for a partner, `--shared-key` makes tokens now"
        )
    if ONE_REGION in refused:
        do = (
            "say `--samples` where its rows are samples, seizures or documents, and not people; for"
            " a partner, `--shared-key` makes tokens"
        )
    raise LookAtThis(f"there is nothing to seal ({reasons})", why=why, do=do)

"""Opens what was sealed, scores it against dated events, and proves both from the log."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from atalaya.evidence.log import FolderReader, LogReader
from atalaya.evidence.log.checkpoints import parse as parse_checkpoint
from atalaya.evidence.sources import load_sources
from atalaya.findings.foresight.checking import ScoreReport, check_score
from atalaya.findings.foresight.events import Event, Outcome
from atalaya.findings.foresight.scorefile import FILE, Shown, body, score_entry
from atalaya.findings.foresight.scoring import Sealed, Truth, settled
from atalaya.findings.foresight.statements import Kind
from atalaya.model.errors import LookAtThis, Place, WrongUse
from atalaya.model.settings import Folder
from atalaya.pipeline import store as tables
from atalaya.pipeline.foresight.hiding import (
    hidden_series,
    is_of_whole_sheet,
    silent_series,
    without_months,
)
from atalaya.pipeline.foresight.logs import log_of
from atalaya.pipeline.foresight.openings import Kept, Openings
from atalaya.pipeline.foresight.sealing import recovered, refuse_earlier
from atalaya.reading.missing import no_file


def score_folder(
    folder: Folder, events: Sequence[Event], now: datetime, *, everything: bool = False
) -> dict[str, Any]:
    """Score what was sealed, and log the score's hash.

    Args:
        folder: An observatory or a folder of sheets.
        events: What came to pass, dated.
        now: The present moment, UTC.
        everything: Whether what is neither due nor settled is opened too.

    Returns:
        The content of the file: ``atalaya verify --proof`` checks it. Of a sheet it leaves out
        events in one place or at one laboratory: nothing of them is sealed.

    Raises:
        LookAtThis: Nothing was sealed here; or the clock stands before what was.
        StopEverything: The log and what is kept of it do not agree.
    """
    if not folder.sealed.is_dir():
        raise _nothing_sealed(folder)
    openings = Openings(folder)
    with openings.locked():
        log = log_of(folder)
        kept = recovered(openings, log)
        if not kept:
            raise _nothing_sealed(folder)
        refuse_earlier(kept, now)
        hidden, silent = _kept_back(folder)
        house = folder.settings.is_file()
        named = [one for one in events if house or is_of_whole_sheet(one.series)]
        told = tuple(without_months(one, silent) for one in named)
        truth = Truth(told, tuple(_outcomes(folder, kept, hidden)), now.date())
        sealed = list(_sealed(kept))
        opened = {one.index for one in sealed} if everything else settled(sealed, truth)
        shown = list(_shown(kept, log.reader(), opened))
        notes = [(one.number, one.checkpoint) for one in kept]
        scored = body(log.checkpoint.origin, truth, notes, shown)
        (place,) = log.append([score_entry(scored)])
        proofs = _proofs(folder, log.reader(), place, [note for _, note in notes])
    return {"type": FILE, "schema": 1, "score": scored, "shown": proofs}


def _kept_back(folder: Folder) -> tuple[frozenset[str], frozenset[str]]:
    """Series whose small counts, and whose months too, may not be told."""
    if not folder.settings.is_file():
        return frozenset(), frozenset()
    series, declared = tables.read_table(folder.tables, "series"), load_sources(folder.sources)
    return hidden_series(series, declared), silent_series(series, declared)


def _nothing_sealed(folder: Folder) -> LookAtThis:
    return LookAtThis(
        "nothing was sealed here, so there is nothing to score",
        do="`atalaya seal` commits what is said now; what was said before can only be replayed",
        where=Place(str(folder.root)),
    )


def _sealed(kept: Iterable[Kept]) -> Iterator[Sealed]:
    for one in kept:
        assert one.first is not None
        for place, (leaf, opening) in enumerate(zip(one.leaves, one.openings, strict=True)):
            yield Sealed(one.first + place, leaf, opening.statement)


def _shown(
    kept: Iterable[Kept], reader: LogReader, opened: Iterable[int] | frozenset[int]
) -> Iterator[Shown]:
    chosen = frozenset(opened)
    for one in kept:
        assert one.first is not None
        size = parse_checkpoint(one.checkpoint).size
        for place, (leaf, opening) in enumerate(zip(one.leaves, one.openings, strict=True)):
            index = one.first + place
            hashes = tuple(map(_base64, reader.inclusion_proof(index, size).hashes))
            yield Shown(index, leaf, hashes, opening if index in chosen else None)


def _proofs(folder: Folder, reader: LogReader, place: int, notes: Sequence[str]) -> dict[str, Any]:
    proof = reader.inclusion_proof(place)
    sizes = dict.fromkeys(parse_checkpoint(note).size for note in notes)
    return {
        "index": place,
        "hashes": [_base64(each) for each in proof.hashes],
        "checkpoint": proof.checkpoint,
        "vkeys": (folder.log / "vkeys").read_text("utf-8"),
        "extends": [
            {
                "size": size,
                "hashes": [_base64(one) for one in reader.consistency_proof(size).hashes],
            }
            for size in sizes
        ],
    }


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _outcomes(folder: Folder, kept: Iterable[Kept], hidden: frozenset[str]) -> Iterator[Outcome]:
    """What was counted since in the periods that were forecast, as far as it may be told."""
    wanted = {
        (one.statement.series, one.statement.period)
        for each in kept
        for one in each.openings
        if one.statement.kind is Kind.FORECAST and one.statement.series not in hidden
    }
    if not wanted:
        return
    series = tables.read_table(folder.tables, "series")
    rows = series.filter(pc.equal(series["status"], "observed"))
    for row in rows.select(["series", "period", "count"]).to_pylist():
        if (row["series"], row["period"]) in wanted:
            yield Outcome(row["series"], row["period"], row["count"])


def verify_score(file: Path, vkey: str | None, log: Path | None) -> ScoreReport:
    """Check the file of a score, offline.

    Args:
        file: What `atalaya score` wrote.
        vkey: The log's verifier key, or the name of a file that holds it; None believes the file's.
        log: Folder of a copy of the log, or None.

    Raises:
        WrongUse: A file or folder does not exist.
        BadInput: The file is no score, or the key none.
    """
    if not file.is_file():
        raise no_file(file, "name the file that `atalaya score` wrote")
    if vkey is not None and Path(vkey).is_file():
        vkey = Path(vkey).read_text("utf-8")
    if log is not None and not (log / "checkpoint").is_file():
        raise WrongUse(f"{log} is no log: it has no checkpoint", do="name the folder of a copy")
    entries = None if log is None else LogReader(FolderReader(log), vkey).entries()
    return check_score(file.read_bytes(), vkey, str(file), entries)

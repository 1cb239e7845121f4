"""The fetch step: every declared address asked once, what is new archived and logged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from atalaya.evidence.archiving import archive
from atalaya.evidence.captures import CaptureStore, Received
from atalaya.evidence.fetched import Fetched
from atalaya.evidence.fetching import Fetcher
from atalaya.evidence.log import Log
from atalaya.evidence.sealing import Vault
from atalaya.findings.originals import ERASURE
from atalaya.model.declarations import Fetch, SourceDeclaration
from atalaya.model.errors import AtalayaError, LookAtThis, StopEverything
from atalaya.model.records import Capture
from atalaya.model.settings import Folder
from atalaya.pipeline.failures import Failure, failed, log_failures
from atalaya.pipeline.intake import Intake, Reads
from atalaya.pipeline.listed import collect_listings
from atalaya.pipeline.progress import Progress
from atalaya.pipeline.visits import log_visits

_AT_ONCE = 8  # hosts asked side by side; each host is asked one request at a time all the same


@dataclass(frozen=True, slots=True)
class Kept:
    """Where answers are kept.

    Args:
        store: The archive.
        log: The log.
        reads: Reads documents of listings that are sealed, at intake; None reads nothing of them.
    """

    store: CaptureStore
    log: Log
    reads: Reads | None = None


def collect(
    declarations: Sequence[SourceDeclaration],
    fetcher: Fetcher,
    kept: Kept,
    progress: Progress,
    now: datetime,
) -> int:
    """Fetch every address and every listing; archive and log what is new.

    One failing address never stops the others: what happened goes into the log, once, and stands
    as an issue until the address answers again.

    Args:
        declarations: The sources.
        fetcher: Asks their addresses.
        kept: Where answers are kept and logged.
        progress: Is told how far it is.
        now: The present moment, UTC.

    Returns:
        How many new captures there are.

    Raises:
        StopEverything: Archive and log disagree.
        TryLater: The disk refuses, or another run holds archive or log.
    """
    wanted = [(one, fetch) for one in declarations for fetch in one.fetch]
    store, log = kept.store, kept.log
    before = len(store.all())
    listings = sum(len(one.listing) for one in declarations)
    progress.begin("fetch", len(wanted) + listings)
    failures: list[Failure] = []
    keys = Vault(Folder(store.folder.parent).original_keys)
    private = any(
        one.private_persons or any(listing.sealed for listing in one.listing)
        for one in declarations
    )
    intake = Intake(store, keys, erased_in(log.reader().entries()) if private else {}, kept.reads)
    answers = _answers(wanted, fetcher, intake, progress, failures)
    captures = archive(store, log, answers)
    answered = {(one.source, one.address) for one in captures}
    listed = collect_listings(declarations, fetcher, intake, log, progress, now)
    failures += listed.failures
    answered |= listed.answered - {(one.source, one.address) for one in listed.failures}
    log_failures(failures, answered, log, now)
    if fetcher.asks:
        every = Counter(one.slug for one, _ in wanted) + Counter(listed.asked)
        log_visits(declarations, every, Counter(one.source for one in failures), log, now)
    new = len(store.all()) - before
    asked = len(wanted) + sum(listed.asked.values())
    progress.end(f"{asked} addresses, {new} new captures, {len(failures)} failed")
    return new


def _answers(
    wanted: Sequence[tuple[SourceDeclaration, Fetch]],
    fetcher: Fetcher,
    intake: Intake,
    progress: Progress,
    failures: list[Failure],
) -> Iterator[Received]:
    known = [intake.store.validators(one.slug, fetch.address) for one, fetch in wanted]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        asked = [
            pool.submit(fetcher.fetch, fetch, validators)
            for (_, fetch), validators in zip(wanted, known, strict=True)
        ]
        for (one, fetch), answer in zip(wanted, asked, strict=True):
            error = answer.exception()
            taken: list[Received] = []
            progress.advance(fetch.address)
            if error is None:
                fetched: Fetched = answer.result()
                try:
                    taken = list(intake.take(one, fetched))
                except LookAtThis as refused:
                    error = refused
            yield from taken
            if error is None:
                continue
            if isinstance(error, AtalayaError) and not isinstance(error, StopEverything):
                failures.append(failed(one.slug, fetch.address, error))
            else:
                raise error


def erased_in(entries: Iterable[bytes]) -> dict[str, int]:
    """Give the originals that were erased -> the first entry of the log that says so."""
    found: dict[str, int] = {}
    for index, entry in enumerate(entries):
        said = json.loads(entry)
        if isinstance(said, dict) and said.get("type") == ERASURE:
            found.setdefault(said["original"], index)
    return found


def logged_captures(captures: Sequence[Capture]) -> tuple[Capture, ...]:
    """Give the captures that are in the log: only these are evidence."""
    return tuple(one for one in captures if one.log_index >= 0)

"""The fetch step: every declared address asked once, what is new archived and logged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atalaya.evidence.archiving import archive
from atalaya.evidence.captures import CaptureStore, Received
from atalaya.evidence.fetched import Fetched
from atalaya.evidence.fetching import Fetcher
from atalaya.evidence.log import Log
from atalaya.evidence.sealing import Vault
from atalaya.findings.originals import ERASURE
from atalaya.model.declarations import Fetch, SourceDeclaration
from atalaya.model.errors import AtalayaError, LookAtThis, Place, StopEverything, TryLater
from atalaya.model.identifiers import canonical_json
from atalaya.model.records import Capture, Issue
from atalaya.model.sentences import sentence_of
from atalaya.model.settings import Folder
from atalaya.pipeline.intake import Intake
from atalaya.pipeline.progress import Progress

_FAILED = "fetch-failed"
_ANSWERED = "fetch-answered"
_AT_ONCE = 8  # hosts asked side by side; each host is asked one request at a time all the same


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that gave nothing, as the log remembers it.

    Args:
        source: Slug of the source.
        address: The address.
        says: What happened.
        do: The remedy.
        later: Whether it may work another time by itself.
    """

    source: str
    address: str
    says: str
    do: str
    later: bool

    def leaf(self, at: datetime) -> dict[str, Any]:
        """What the log commits to: a failure is evidence too."""
        made_of = self.issue().parameters
        return {
            "type": _FAILED,
            "source": self.source,
            "address": self.address,
            "says": str(self.says),
            "do": str(self.do),
            "later": self.later,
            "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        } | ({} if made_of is None else {"parameters": made_of})

    def issue(self) -> Issue:
        """What is published of it."""
        return Issue(
            kind="fetch-later" if self.later else "fetch-refused",
            says=self.says,
            step="fetch",
            source=self.source,
            where=Place(self.address),
            do=self.do,
        )


def collect(
    declarations: Sequence[SourceDeclaration],
    fetcher: Fetcher,
    store: CaptureStore,
    log: Log,
    progress: Progress,
    now: datetime,
) -> int:
    """Fetch every address; archive and log what is new.

    One failing address never stops the others: what happened goes into the log, once, and stands
    as an issue until the address answers again.

    Args:
        declarations: The sources.
        fetcher: Asks their addresses.
        store: Where answers are kept.
        log: Where they are logged.
        progress: Is told how far it is.
        now: The present moment, UTC.

    Returns:
        How many new captures there are.

    Raises:
        StopEverything: Archive and log disagree.
        TryLater: The disk refuses, or another run holds archive or log.
    """
    wanted = [(one, fetch) for one in declarations for fetch in one.fetch]
    before = len(store.all())
    progress.begin("fetch", len(wanted))
    failures: list[Failure] = []
    keys = Vault(Folder(store.folder.parent).original_keys)
    private = any(one.private_persons for one in declarations)
    intake = Intake(store, keys, erased_in(log.reader().entries()) if private else {})
    answers = _answers(wanted, fetcher, intake, progress, failures)
    captures = archive(store, log, answers)
    answered = {(one.source, one.address) for one in captures}
    _log_failures(failures, answered, log, now)
    new = len(store.all()) - before
    progress.end(f"{len(wanted)} addresses, {new} new captures, {len(failures)} failed")
    return new


def failures_in(entries: Iterable[bytes]) -> tuple[Failure, ...]:
    """Give the failures that still stand: those after which no capture of the address came.

    Args:
        entries: The entries of the log, in order.
    """
    standing: dict[tuple[str, str], Failure] = {}
    for entry in entries:
        said = json.loads(entry)
        kind = said.get("type") if isinstance(said, dict) else None
        if kind == _FAILED:
            standing[said["source"], said["address"]] = _failure(said)
        elif kind in {"capture", _ANSWERED}:
            standing.pop((said["source"], said["address"]), None)
    return tuple(standing[key] for key in sorted(standing))


def _failure(said: Mapping[str, Any]) -> Failure:
    made_of = json.loads(said.get("parameters") or "{}")
    return Failure(
        source=said["source"],
        address=said["address"],
        says=sentence_of(said["says"], made_of.get("says")),
        do=sentence_of(said["do"], made_of.get("do")),
        later=said["later"],
    )


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
                later = isinstance(error, TryLater)
                failures.append(Failure(one.slug, fetch.address, error.what, error.do, later))
            else:
                raise error


def _log_failures(
    failures: Sequence[Failure], answered: set[tuple[str, str]], log: Log, now: datetime
) -> None:
    """Log failures that are new, and answers that end one without a new capture."""
    standing = set(failures_in(log.reader().entries()))
    leaves = [failure.leaf(now) for failure in failures if failure not in standing]
    leaves += [
        {"type": _ANSWERED, "source": one.source, "address": one.address}
        for one in sorted(standing, key=lambda one: (one.source, one.address))
        if (one.source, one.address) in answered
    ]
    if leaves:
        log.append([canonical_json(leaf) for leaf in leaves])


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

"""Decisions on names: taken, kept in a file, committed to in the log, and checked against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from atalaya.evidence.durable import write_file
from atalaya.evidence.log import FolderReader, Log, LogReader
from atalaya.findings.naming_audit import audit_namings, waiting
from atalaya.findings.namings import Naming, SignedNaming, decided, namings, proven, sign_naming
from atalaya.findings.reviewers import Reviewer, ReviewerKey
from atalaya.model.errors import BadInput, Place, StopEverything
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.house import open_log
from atalaya.pipeline.reviewing import reviewers
from atalaya.reading.missing import bytes_of


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer wants to decide, before it is signed.

    Args:
        one: A name, as the list has it.
        other: Another.
        same: Whether they are one body.
        reason: Why.
    """

    one: str
    other: str
    same: bool
    reason: str


def read_namings(path: Path, folder: Folder, settings: Settings) -> dict[frozenset[str], bool]:
    """Read what the reviewers of an observatory decided on pairs of names.

    Raises:
        WrongUse: There is no such file.
        BadInput: A line is no decision, or not provably its reviewer's.
    """
    bytes_of(path, "`atalaya resolve decide` writes one")
    return decided(namings(_lines(path), str(path), _reviewers(folder, settings)))


def decide(path: Path, choice: Choice, key: ReviewerKey, now: datetime) -> Naming:
    """Sign a decision on two names and add it to a file of one's own, which no log holds.

    Raises:
        BadInput: No reason is given, or the names are one.
    """
    taken = _signed(choice, key, now)
    _add(path, taken)
    return taken.naming


def decide_here(
    folder: Folder, settings: Settings, choice: Choice, key: ReviewerKey, now: datetime
) -> Naming:
    """Sign a decision on two names, keep it in the observatory and commit to it in its log.

    Raises:
        BadInput: No reason is given, the names are one, or the key is not a reviewer's.
        StopEverything: The log is gone, or what lies there is not what it holds.
    """
    taken = _signed(choice, key, now)
    known = _reviewers(folder, settings)
    proven(taken.line(), Place(str(folder.namings)), known)
    log = open_log(folder)
    refuse_tampered_namings(folder, settings)
    _add(folder.namings, taken)
    log_namings(folder, settings, log)
    return taken.naming


def log_namings(folder: Folder, settings: Settings, log: Log) -> int:
    """Commit to what was decided on names and is not yet logged; give how many."""
    if not folder.namings.exists():
        return 0
    taken = namings(_lines(folder.namings), str(folder.namings), _reviewers(folder, settings))
    leaves = waiting(taken, log.reader().entries())
    if leaves:
        log.append(leaves)
    return len(leaves)


def check_namings(folder: Folder, settings: Settings) -> tuple[str, tuple[str, ...]]:
    """Compare the observatory's decisions on names with signatures and log.

    Returns:
        What was compared, counted, and everything that is wrong, one sentence each.
    """
    lines = _lines(folder.namings) if folder.namings.exists() else []
    entries = LogReader(FolderReader(folder.log)).entries()
    known = _reviewers(folder, settings) if lines else {}  # of no lines, who may write any is idle
    problems = audit_namings(lines, folder.namings.name, known, entries)
    return f"{sum(bool(line.strip()) for line in lines)} decisions on names", problems


def refuse_tampered_namings(folder: Folder, settings: Settings) -> None:
    """Refuse to go on with decisions on names that are not those people signed and the log holds.

    Raises:
        StopEverything: The first thing that is wrong is named.
    """
    for problem in check_namings(folder, settings)[1]:
        raise StopEverything(
            problem,
            why="a decision that nobody took, or one that was lost, would join or part bodies",
            do="`atalaya verify` names everything; restore the newest backup",
        )


def _signed(choice: Choice, key: ReviewerKey, now: datetime) -> SignedNaming:
    at = now.replace(microsecond=0)
    taken = Naming(choice.one, choice.other, choice.same, key.reviewer, choice.reason, at)
    return sign_naming(taken, key)


def _add(path: Path, taken: SignedNaming) -> None:
    before = path.read_bytes() if path.exists() else b""
    if taken.line().encode() in before.splitlines(keepends=True):
        return  # said twice within a second, it was decided once
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_file(path, before + taken.line().encode())


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"byte {error.start} is not UTF-8", do="restore the file", where=Place(str(path))
        ) from error


def _reviewers(folder: Folder, settings: Settings) -> Mapping[str, Reviewer]:
    return {one.id: one for one in reviewers(folder, settings)}

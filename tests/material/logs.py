"""Logs for tests, and what must hold of one after whatever happened to it."""

from collections.abc import Callable
from pathlib import Path

from atalaya.evidence.checking import check_log
from atalaya.evidence.checking.signatures import WrongError
from atalaya.evidence.log import (
    FolderReader,
    Log,
    LogReader,
    SigningKey,
    verify_consistency,
    verify_inclusion,
)
from atalaya.model.errors import AtalayaError

ORIGIN = "observatory.example/log"
KEY = SigningKey(ORIGIN, bytes(range(32)))


def entries(first: int, last: int) -> list[bytes]:
    """Give distinguishable entries, a few of them empty or long."""
    return [b"%d" % i * (i % 7) + b"x" * (3000 if i % 251 == 0 else 0) for i in range(first, last)]


def a_log(folder: Path, size: int, batch: int = 200) -> Log:
    """Make a log of a size, appended in batches."""
    log = Log.create(folder, ORIGIN, KEY)
    for first in range(0, size, batch):
        log.append(entries(first, min(first + batch, size)))
    return log


def assert_whole(
    folder: Path, expected: list[bytes], before: str, now_vkey: str = KEY.vkey
) -> None:
    """Assert that a log is good, holds these entries and extends an earlier checkpoint."""
    read = FolderReader(folder)
    report = check_log(read, KEY.vkey)
    assert report.problems == ()
    reader = LogReader(read, KEY.vkey)
    assert list(reader.entries()) == expected
    now = reader.checkpoint()
    old = int(before.split("\n")[1])
    verify_consistency(reader.consistency_proof(old), before, now.note, KEY.vkey, now_vkey)
    for index in {0, len(expected) // 2, len(expected) - 1} if expected else set():
        proof = reader.inclusion_proof(index)
        assert verify_inclusion(proof, expected[index], proof.checkpoint, now_vkey) == now


def refusal(read: Callable[[], object]) -> AtalayaError | WrongError | None:
    """Give the error with which something is refused, or None; any other error breaks the test."""
    try:
        read()
    except (AtalayaError, WrongError) as error:
        return error
    return None

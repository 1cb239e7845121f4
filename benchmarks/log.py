"""How fast the log writes, checks and proves, beside `pymerkle`; printed as a table.

Each row runs in a process of its own, so that its peak of memory is its own. A smaller tree, for
a quick look: ``python benchmarks/log.py 20000``.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from atalaya.evidence.checking import check_log
from atalaya.evidence.log import FolderReader, Log, LogReader, SigningKey, verify_inclusion

LEAVES = 1_000_000
BATCH = 50_000
KEY = SigningKey("benchmark.example/log", bytes(32))


def entry(number: int) -> bytes:
    """Give an entry as long as a capture's leaf is: some 330 bytes of JSON."""
    return b'{"type":"capture","number":%d,"sha256":"%064d","url":"%s"}' % (
        number, number, b"https://example.org/" + b"a" * 200,
    )  # fmt: skip


def entries(first: int, last: int) -> list[bytes]:
    return [entry(number) for number in range(first, last)]


def _timed(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def append(folder: Path, batches: int) -> float:
    """Time 1,000 entries appended in so many batches to a new log."""
    log = Log.create(folder / "small", KEY.name, KEY)
    size = 1000 // batches
    parts = [entries(first, first + size) for first in range(0, 1000, size)]
    return _timed(lambda: [log.append(part) for part in parts])


def build(folder: Path, leaves: int) -> float:
    """Time a big log being written, for the rows after it."""
    log = Log.create(folder / "big", KEY.name, KEY)
    seconds = 0.0
    for first in range(0, leaves, BATCH):
        part = entries(first, min(first + BATCH, leaves))
        seconds += _timed(lambda part=part: log.append(part))
    return seconds


def check(folder: Path, workers: int) -> float:
    """Time every bundle, tile and the root of the big log computed again and compared."""
    report = check_log(FolderReader(folder / "big"), KEY.vkey, workers=workers)
    assert report.good
    return _timed(lambda: check_log(FolderReader(folder / "big"), KEY.vkey, workers=workers))


def prove(folder: Path, leaves: int) -> float:
    """Time one proof by a reader that has read nothing yet, and its verification."""

    def once() -> None:
        proof = LogReader(FolderReader(folder / "big"), KEY.vkey).inclusion_proof(leaves // 3)
        verify_inclusion(proof, entry(leaves // 3), proof.checkpoint, KEY.vkey)

    return _timed(once)


def prove_many(folder: Path, leaves: int) -> float:
    """Time one of 200 proofs by the same reader, on average."""
    reader = LogReader(FolderReader(folder / "big"), KEY.vkey)
    spread = range(0, leaves, leaves // 200)
    return _timed(lambda: [reader.inclusion_proof(index) for index in spread]) / len(spread)


def _theirs(folder: Path, leaves: int, *, kept: bool) -> tuple[object, float]:
    from pymerkle import InmemoryTree, SqliteTree

    tree = SqliteTree(str(folder / f"{os.getpid()}.db")) if kept else InmemoryTree()
    seconds = 0.0
    for first in range(0, leaves, BATCH):
        part = entries(first, min(first + BATCH, leaves))
        seconds += _timed(lambda part=part: tree.append_entries(part))
    return tree, seconds


def pymerkle_build(folder: Path, leaves: int) -> float:
    return _theirs(folder, leaves, kept=True)[1]


def pymerkle_build_in_memory(folder: Path, leaves: int) -> float:
    return _theirs(folder, leaves, kept=False)[1]


def pymerkle_root(folder: Path, leaves: int) -> float:
    tree, _ = _theirs(folder, leaves, kept=True)
    return _timed(tree.get_state)


def pymerkle_prove(folder: Path, leaves: int) -> float:
    tree, _ = _theirs(folder, leaves, kept=True)
    return _timed(lambda: tree.prove_inclusion(leaves // 3))


def pymerkle_prove_in_memory(folder: Path, leaves: int) -> float:
    tree, _ = _theirs(folder, leaves, kept=False)
    return _timed(lambda: tree.prove_inclusion(leaves // 3))


JOBS = {
    job.__name__: job
    for job in (append, build, check, prove, prove_many, pymerkle_build, pymerkle_build_in_memory,
                pymerkle_root, pymerkle_prove, pymerkle_prove_in_memory)
}  # fmt: skip


def table(leaves: int = LEAVES) -> Iterator[tuple[str, float, float]]:
    """Measure each row: what, seconds, peak of memory in MiB."""
    rows = [
        ("1,000 entries appended in 1 batch", append, 1),
        ("1,000 entries appended in 10 batches", append, 10),
        ("1,000 entries appended one by one", append, 1000),
        (f"{leaves:,} entries appended in batches of {BATCH:,}", build, leaves),
        (f"full check of {leaves:,} leaves, 1 process", check, 1),
        (f"full check of {leaves:,} leaves, 2 processes", check, 2),
        ("proof of one of them, nothing read before, and verified", prove, leaves),
        ("proof of one of them, average of 200", prove_many, leaves),
    ]
    if find_spec("pymerkle"):
        rows += [
            (f"pymerkle SqliteTree: {leaves:,} entries", pymerkle_build, leaves),
            ("pymerkle SqliteTree: root over them", pymerkle_root, leaves),
            ("pymerkle SqliteTree: proof of one of them", pymerkle_prove, leaves),
            (f"pymerkle InmemoryTree: {leaves:,} entries", pymerkle_build_in_memory, leaves),
            ("pymerkle InmemoryTree: proof of one of them", pymerkle_prove_in_memory, leaves),
        ]
    with tempfile.TemporaryDirectory() as folder:
        for number, (what, job, argument) in enumerate(rows):
            place = Path(folder) / (str(number) if job is append else "")
            place.mkdir(exist_ok=True)
            yield (what, *_alone(job.__name__, place, argument))


def _alone(job: str, folder: Path, argument: int) -> tuple[float, float]:
    """Run one row in a process of its own."""
    command = [sys.executable, __file__, job, str(folder), str(argument)]
    answer = subprocess.run(command, check=True, capture_output=True)
    seconds, peak = json.loads(answer.stdout)
    return seconds, peak


def _peak() -> float:
    """Give the peak of this process's memory, or of its largest child's, in MiB."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) / 1024


def main(leaves: int = LEAVES) -> None:
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
          f"Python {platform.python_version()}\n")  # fmt: skip
    print("| what | seconds | peak MiB |")
    print("|---|---:|---:|")
    for what, seconds, peak in table(leaves):
        print(f"| {what} | {seconds:.4g} | {peak:,.0f} |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps((JOBS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3])), _peak())))
    else:
        main(*map(int, sys.argv[1:]))

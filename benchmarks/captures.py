"""How fast captures are archived, logged and checked, and in how much memory: `make bench`.

Each row runs in a process of its own, so that its peak of memory is its own. The server of the
fetching rows runs in that process too, and keeps at most one piece of what it sends.
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
from collections.abc import Callable
from pathlib import Path

from tests.material.captures import answer, new_log
from tests.material.clocks import StoppedClock
from tests.material.loopback_server import Exchange, serving

from atalaya.evidence.archiving import archive
from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.checking import check_captures
from atalaya.evidence.fetching import Fetcher
from atalaya.model.declarations import Expectation, Fetch
from atalaya.model.errors import LookAtThis
from atalaya.model.settings import FetchingSettings

MEGABYTE = 1_000_000
Row = dict[str, float | str]


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def archived(count: int) -> Row:
    """Archive and log many captures of 10 kB in one batch, counting what is synced."""
    items = [answer(n, f"{n}\n".encode() * 2_000) for n in range(count)]
    synced: list[str] = []
    real = os.fsync

    def counted(number: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{number}").readlink()))
        real(number)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store, log = CaptureStore(folder / "evidence"), new_log(folder / "log")
        os.fsync = counted
        seconds = timed(lambda: archive(store, log, items))
        warcs = sum(path.endswith((".warc", ".part")) for path in synced)
        again = timed(lambda: archive(CaptureStore(folder / "evidence"), log, items))
    return {"seconds": seconds, "note": f"{warcs} WARC fsync; nothing new: {again:.2f} s"}


def checked(count: int) -> Row:
    """Check many captures of 10 kB against the log."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store, log = CaptureStore(folder / "evidence"), new_log(folder / "log")
        items = (answer(n, f"{n}\n".encode() * 2_000) for n in range(count))
        archive(store, log, items)
        report = []
        seconds = timed(lambda: report.append(check_captures(store.folder, log.reader())))
    return {
        "seconds": seconds,
        "note": f"{report[0].length / MEGABYTE:.0f} MB, {len(report[0].problems)} problems",
    }


def fetched(megabytes: int, max_megabytes: int) -> Row:
    """Fetch a body that declares no length, accepted or refused by its cap."""

    def flood(exchange: Exchange) -> None:
        exchange.begin(200, Connection="close", Content_Type="text/csv")
        piece = b"1,2\n" * 250_000
        for _ in range(megabytes):
            exchange.wfile.write(piece)
        exchange.close_connection = True

    said = ["accepted"]
    with serving({"/a.csv": flood}) as server:
        expect = Expectation(max_bytes=max_megabytes * MEGABYTE)
        wanted = Fetch(address=server.home + "/a.csv", media_type="text/csv", expect=expect)
        fetcher = Fetcher(FetchingSettings(), StoppedClock())

        def ask() -> None:
            try:
                fetcher.fetch(wanted)
            except LookAtThis:
                said[0] = f"refused at {max_megabytes} MB"

        seconds = timed(ask)
    return {"seconds": seconds, "note": said[0]}


ROWS: dict[str, Callable[[], Row]] = {
    "1,000 captures of 10 kB archived and logged": lambda: archived(1_000),
    "10,000 captures of 10 kB archived and logged": lambda: archived(10_000),
    "1,000 captures checked against the log": lambda: checked(1_000),
    "10,000 captures checked against the log": lambda: checked(10_000),
    "nothing (imports and server only)": lambda: fetched(0, 1),
    "a body of 90 MB fetched": lambda: fetched(90, 100),
    "a body of 200 MB fetched": lambda: fetched(200, 100),
}


def measured(name: str) -> Row:
    """Run one row in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.captures", name], check=True, capture_output=True
    )
    return json.loads(done.stdout)


def main() -> None:
    machine = platform.processor() or platform.machine()
    print(f"{machine}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| what | seconds | peak MiB | |\n|---|---:|---:|---|")
    for name in ROWS:
        row = measured(name)
        print(f"| {name} | {row['seconds']:.2f} | {row['peak']:,.0f} | {row['note']} |")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        result = ROWS[sys.argv[1]]()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**result, "peak": peak}))

"""How fast a table is read into claims and counted into series, and in how much memory.

Each row runs in a process of its own, so that its peak of memory is its own. Reading is measured
alone (`read`) and followed by counting (`count`); libraries are loaded before the clock starts.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import atalaya
from atalaya.evidence.sources import load_source
from atalaya.model.periods import Period
from atalaya.model.records import Document
from atalaya.reading.names import Registers
from atalaya.reading.tables import Reading, read_document
from atalaya.series.counting import count
from atalaya.series.cutoff import Edition

# A real declaration whose subjects need no register; the rows are made up in its columns.
DECLARED = load_source(Path(atalaya.__file__).parent / "starter" / "sources" / "ct-deaths")
ADDRESS = "package:ct-deaths/data/monthly_groups.csv"
SUBJECTS = 60
WARM_UP = 1_000
SIZES = (("read", 7_000), ("count", 7_000), ("read", 200_000), ("count", 200_000))


class Nobody:
    """A register that is never asked: the table's names are slugged."""

    def look_up(self, _text: str, /) -> None:
        """Know nothing."""

    def nearest(self, _text: str, _limit: int = 3, /) -> tuple[()]:
        """Suggest nothing."""
        return ()


def table(rows: int) -> bytes:
    """Write monthly counts of many groups."""
    first = Period.parse("1700-01")
    lines = (
        f"{first + row // SUBJECTS},group {row % SUBJECTS},group,{row % 7},40\n"
        for row in range(rows)
    )
    return ("month,substance,kind,deaths,deaths_examined\n" + "".join(lines)).encode()


def described(payload: bytes) -> Document:
    digest = hashlib.sha256(payload).hexdigest()
    return Document(DECLARED.slug, ADDRESS, digest, "capture:0", "text/csv", "en", "Groups")


def read(payload: bytes) -> Reading:
    registers = Registers(substance=Nobody(), territory=Nobody())
    return read_document(DECLARED, described(payload), payload, registers)


def counted(payload: bytes) -> int:
    editions = {described(payload).id: Edition(ADDRESS, datetime(2025, 1, 1, tzinfo=UTC))}
    return count(read(payload).claims, [DECLARED], editions).series.num_rows


def timed(what: str, rows: int) -> float:
    work = {"read": read, "count": counted}[what]
    work(table(WARM_UP))  # libraries load
    payload = table(rows)
    started = time.perf_counter()
    work(payload)
    return time.perf_counter() - started


def measured(what: str, rows: int) -> dict[str, float]:
    """Run one row in a process of its own."""
    command = [sys.executable, __file__, what, str(rows)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def main() -> None:
    print("| what | rows | seconds | rows/s | peak MiB |")
    print("|---|---:|---:|---:|---:|")
    for what, rows in (*SIZES, ("read", 1_000_000)):
        row = measured(what, rows)
        named = {"read": "read", "count": "read and counted"}[what]
        print(
            f"| {named} | {rows:,} | {row['seconds']:.2f} | {rows / row['seconds']:,.0f} "
            f"| {row['peak']:,.0f} |"
        )


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        seconds = timed(sys.argv[1], int(sys.argv[2]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak": peak}))

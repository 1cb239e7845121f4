"""How fast a person's own sheet is answered, and in how much memory.

Each row runs in a process of its own: reading, counting, judging and writing the page, with the
loading of registers and libraries inside the clock, as somebody waits for it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime

SIZES = (("csv", 5_000), ("xlsx", 5_000), ("csv", 100_000), ("xlsx", 100_000), ("csv", 200_000))
_NAMES = ("cocaine", "MDMA 84 %", "ketamine + caffeine", "heroin", "nothing detected", "LSD")
_PLACES = ("Antioquia", "Caldas", "Risaralda", "Tolima")
_MONTHS = 60


def cells(rows: int) -> list[list[str]]:
    """Make up a line list of five years with one emergence in the last half year."""
    made = [["Sample ID", "date", "place", "sold as", "found", "laboratory"]]
    for number in range(rows):
        month = number * _MONTHS // rows
        day = f"{2019 + month // 12}-{month % 12 + 1:02d}-{number % 28 + 1:02d}"
        new = month >= _MONTHS - 6 and number % 50 == 0
        found = "protonitazene" if new else _NAMES[number % len(_NAMES)]
        lab = f"Lab {number % 2}"
        made.append([f"S{number}", day, _PLACES[number % 4], "cocaine", found, lab])
    return made


def sheet(kind: str, rows: int) -> bytes:
    if kind == "csv":
        return "\n".join(",".join(row) for row in cells(rows)).encode()
    import io

    import openpyxl

    workbook = openpyxl.Workbook(write_only=True)
    written = workbook.create_sheet("Samples")
    for row in cells(rows):
        written.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def answered(payload: bytes) -> str:
    from atalaya.pipeline.watching import registers, watch
    from atalaya.publishing.watch.page import page
    from atalaya.publishing.watch.voices import Voice
    from atalaya.reading.sheets.mapping import NOTHING_ASKED

    known = registers()
    report = watch(payload, "sheet", NOTHING_ASKED, datetime(2024, 1, 15, tzinfo=UTC), None)
    page(report, Voice("en", known.substances, known.territories))
    return report.news.findings[0].key.subject


def measured(kind: str, rows: int) -> dict[str, float]:
    """Make the sheet here, answer it in a process of its own."""
    command = [sys.executable, __file__, kind]
    done = subprocess.run(command, input=sheet(kind, rows), check=True, capture_output=True)
    return json.loads(done.stdout)


def main() -> None:
    print("| sheet | rows | seconds | rows/s | peak MiB | names |")
    print("|---|---:|---:|---:|---:|---|")
    for kind, rows in SIZES:
        row = measured(kind, rows)
        seconds, peak = row["seconds"], row["peak"]
        print(
            f"| {kind} | {rows:,} | {seconds:.2f} | {rows / seconds:,.0f} | {peak:,.0f} "
            f"| {row['names']} |"
        )


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        payload = sys.stdin.buffer.read()
        started = time.perf_counter()
        names = answered(payload)
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak": peak, "names": names}))

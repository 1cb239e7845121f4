"""How fast reports of meetings are read: short ones a minute on two cores, and a long PDF.

The short reports are those of the tests, about a thousand letters each, read by two processes; the
long one is a PDF of 200 pages made of them.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import typst

from atalaya.pipeline.extracting import document_text, extract
from atalaya.reading.reports import read_report

REPORTS = Path(__file__).parents[1] / "tests" / "material" / "reports"
SHORT, PAGES, RUNS = 2_000, 200, 3


def texts() -> list[str]:
    """Give the texts of the tests' reports."""
    return [document_text(one) for one in sorted(REPORTS.iterdir()) if one.suffix != ".json"]


def read_all(found: list[str]) -> int:
    """Read every text; give how many events there were."""
    return sum(len(read_report(one).events) for one in found)


def short() -> str:
    """Read short reports in two processes."""
    found = texts()
    many = (found * (SHORT // len(found) + 1))[:SHORT]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(read_all, [found, found]))  # words are compiled once a process
        took = []
        for _ in range(RUNS):
            begin = time.perf_counter()
            events = sum(pool.map(read_all, [many[::2], many[1::2]]))
            took.append(time.perf_counter() - begin)
    seconds = statistics.median(took)
    letters = sum(map(len, many)) // len(many)
    return (
        f"| {SHORT:,} short reports of {letters:,} letters, two processes | {seconds:.2f} | "
        f"{SHORT / seconds * 60:,.0f} reports a minute; {events:,} events |"
    )


def long() -> str:
    """Read a long PDF from file to record."""
    body = "\n\n".join(one.replace("#", "").replace("*", "") for one in texts() if "<" not in one)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "long.typ"
        source.write_text(f"#let body = {_quoted(body)}\n" + "#body\n#pagebreak()\n" * 12)
        pages = 12
        while pages < PAGES:
            source.write_text(f"#let body = {_quoted(body)}\n" + "#body\n#pagebreak()\n" * pages)
            pdf = typst.compile(str(source))
            made = pdf.count(b"/Type/Page") + pdf.count(b"/Type /Page")
            if made >= PAGES:
                break
            pages += 6
        path = Path(folder) / "long.pdf"
        path.write_bytes(pdf)
        begin = time.perf_counter()
        done = extract(path, Path(folder) / "record.json")
        seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return f"| a PDF of {made} pages, file to record | {seconds:.2f} | {done.parts}; {peak:,} MiB |"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "").replace('"', "'") + '"'


if __name__ == "__main__":
    print("| what | seconds | |\n|---|---:|---|")
    print(short())
    print(long())

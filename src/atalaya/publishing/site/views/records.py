"""Sources, issues, downloads, words about the site, and the needs of the report."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from atalaya.publishing.columns import TITLES
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.sentences import told
from atalaya.publishing.site.stories import stories_of
from atalaya.publishing.site.visits import Visit

_NEEDS = Path(__file__).parents[1] / "data" / "needs.csv"


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source with how fresh it is.

    Args:
        row: Its row in the sources table.
        captured_at: When it was last captured, or None when it never was.
        captures: How many captures there are.
        issues: How many issues were found in it.
        mode: ``live`` or ``replay``; None when no signal comes from it.
    """

    row: Row
    captured_at: str | None
    captures: int
    issues: int
    mode: str | None


@dataclass(frozen=True, slots=True)
class SourcesView:
    """Every source."""

    sources: tuple[SourceHealth, ...]


@dataclass(frozen=True, slots=True)
class ToldIssue:
    """An issue with its sentences in the page's language.

    Args:
        row: Its row in the table of issues.
        says: What is wrong, or None where it can only be said in English, as in ``row``.
        do: The remedy, likewise.
    """

    row: Row
    says: str | None
    do: str | None


@dataclass(frozen=True, slots=True)
class IssuesView:
    """What was found wrong or not understood."""

    issues: tuple[ToldIssue, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the release."""

    path: str
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableDownload:
    """One table of the release in its three forms.

    Args:
        name: Its name, as ``why`` takes it.
        title: What it holds.
        rows: How many rows it has.
        files: The same rows as CSV, JSON lines and Parquet.
    """

    name: str
    title: str
    rows: int
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class DownloadsView:
    """Every file of the release, but the pages themselves.

    Args:
        tables: The tables, as the data package orders them.
        files: Every file with its hash, those of the tables too.
    """

    tables: tuple[TableDownload, ...]
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page about method, words and limits.

    Args:
        detectors: Names of the detectors that judged.
        texts: How many texts of open sources were read.
        withheld: Why something was taken out of them -> how often.
    """

    detectors: tuple[str, ...]
    texts: int
    withheld: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Need:
    """One need the report names, and where it lives here.

    Args:
        named_as: ``challenge``, ``achievement`` or ``call``.
        need: The need, in our own words.
        page: Path of the page where it lives, or empty.
        room: The room of the house that answers it.
        test: The test that proves it, or empty: not built yet.
    """

    named_as: str
    need: str
    page: str
    room: str
    test: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """From the report to the system."""

    needs: tuple[Need, ...]


def sources(edition: Edition, _visit: Visit, _key: str) -> SourcesView:
    """Build the page of sources."""
    return SourcesView(tuple(_health(edition, row) for row in edition.rows("sources")))


def _health(edition: Edition, row: Row) -> SourceHealth:
    slug = row["source"]
    times = [one["fetched_at"] for one in edition.rows("captures") if one["source"] == slug]
    return SourceHealth(
        row=row,
        captured_at=max(times, default=None),
        captures=len(times),
        issues=sum(one["source"] == slug for one in edition.rows("issues")),
        mode=edition.modes.get(slug),
    )


def issues(edition: Edition, visit: Visit, _key: str) -> IssuesView:
    """Build the page of issues."""
    tongue = language(visit.language)
    return IssuesView(
        tuple(
            ToldIssue(row, told(row, "says", tongue), told(row, "do", tongue))
            for row in edition.rows("issues")
        )
    )


def downloads(edition: Edition, _visit: Visit, _key: str) -> DownloadsView:
    """Build the page of downloads."""
    files = tuple(
        Download(path, said["bytes"], said["sha256"])
        for path, said in edition.release.manifest["files"].items()
        if not path.startswith("site/")
    )
    forms = {
        name: tuple(one for one in files if PurePosixPath(one.path).stem == name) for name in TITLES
    }
    tables = tuple(
        TableDownload(name, TITLES[name], edition.release.table(name).num_rows, found)
        for name, found in forms.items()
        if found
    )
    return DownloadsView(tables, files)


def about(edition: Edition, _visit: Visit, _key: str) -> AboutView:
    """Build the page about the observatory."""
    known = stories_of(edition)
    detectors = tuple(sorted({row["detector"] for row in edition.rows("verdicts")}))
    return AboutView(detectors, known.texts_read, known.withheld)


def report(_edition: Edition, visit: Visit, _key: str) -> ReportView:
    """Build the page that leads from the report to the system."""
    return ReportView(needs(visit.language))


@lru_cache(maxsize=4)
def needs(code: str) -> tuple[Need, ...]:
    """Read the needs the report names, in a language."""
    with _NEEDS.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Need(row["named_as"], row[f"need_{code}"], row["page"], row["room"], row["test"])
            for row in csv.DictReader(lines)
        )

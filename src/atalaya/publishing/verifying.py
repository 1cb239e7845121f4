"""Is a published release whole, and does every figure in it still follow from what it names?

Needs the release's folder only. With the archive at hand every quoted byte is read again; with the
tables rebuilt from evidence every cell is compared. Everything that is wrong is named, not the
first thing only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from atalaya import __version__
from atalaya.evidence.log import verify_inclusion
from atalaya.model.errors import AtalayaError
from atalaya.model.identifiers import sha256_hex
from atalaya.model.numbers import number_text
from atalaya.publishing.columns import TABLES
from atalaya.publishing.composing import compose
from atalaya.publishing.disclosure import RANGE
from atalaya.publishing.forecast_rows import forecast_rows
from atalaya.publishing.forms import (
    Published,
    content_hash,
    csv_bytes,
    from_arrow,
    json_bytes,
    tabled,
)
from atalaya.publishing.inputs import ReleaseInputs
from atalaya.publishing.lineage import referenced
from atalaya.publishing.manifest import NAME, leaf
from atalaya.publishing.opening import Release
from atalaya.publishing.proving import Archive
from atalaya.publishing.published_columns import columns_published
from atalaya.publishing.spoken import Row, is_spoken, spoken_figures

_TRACED = ("signals", "verdicts", "series", "claims", "documents", "captures")
_FORECASTS = {"forecasts", "forecast_scores"}
_FROM_VERDICT = ("observed", "expected", "threshold", "statistic", "p_value")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it must be.

    Args:
        where: File, or cell such as ``signals.csv:3:observed``.
        says: What is wrong.
        claims: Identifiers of the claims that fall with it.
    """

    where: str
    says: str
    claims: tuple[str, ...] = ()

    def __str__(self) -> str:
        fall = f"; claims that fall: {', '.join(self.claims[:5])}" if self.claims else ""
        return f"{self.where}: {self.says}{fall}"


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """What checking a release came to.

    Args:
        release: Its name.
        problems: Everything that is wrong; empty when it is whole.
        files: Files compared with the manifest.
        figures: Published cells compared with what they are made from.
        quotes: Quotes compared with archived bytes; 0 where no archive is at hand.
    """

    release: str
    problems: tuple[Problem, ...]
    files: int
    figures: int
    quotes: int

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@dataclass(slots=True)
class _Tally:
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    figures: int = 0
    quotes: int = 0


def verify_release(
    release: Release,
    vkey: str,
    archive: Archive | None = None,
    rebuilt: ReleaseInputs | None = None,
) -> ReleaseReport:
    """Check a release.

    Args:
        release: The release.
        vkey: Verifier key of the log, from somewhere other than the release.
        archive: The evidence, where it is at hand.
        rebuilt: Inputs made again from the evidence: then every cell is compared with them.

    Returns:
        Everything that is wrong, and how much was compared.
    """
    tally = _Tally()
    tally.problems += _proof(release, vkey)
    _files(release, tally)
    tables = _tables(release, tally)
    if set(_TRACED) <= set(tables):
        _figures(tables, tally)
        if set(tables) >= _FORECASTS and _made_here(release):
            tally.problems += _forecasts(tables, tally)
        if archive is not None:
            _quotes(tables, archive, tally)
    if rebuilt is not None:
        tally.problems += _differences(tables, rebuilt)
    return ReleaseReport(
        release.name, tuple(tally.problems), tally.files, tally.figures, tally.quotes
    )


def _proof(release: Release, vkey: str) -> Iterator[Problem]:
    try:
        proof = release.proof
        entry = leaf(release.name, release.manifest_bytes)
        verify_inclusion(proof, entry, proof.checkpoint, vkey)
    except AtalayaError as error:
        yield Problem(f"{release.name}/{NAME}", f"its place in the log is not proven: {error.what}")


def _files(release: Release, tally: _Tally) -> None:
    said = release.manifest["files"]
    there = {
        path.relative_to(release.path).as_posix()
        for path in release.path.rglob("*")
        if path.is_file() or path.is_symlink()
    } - {NAME}
    tally.problems += [Problem(name, "is in no manifest") for name in sorted(there - set(said))]
    for name, promised in said.items():
        tally.files += 1
        if name not in there:
            tally.problems.append(Problem(name, "is missing"))
        elif sha256_hex((release.path / name).read_bytes()) != promised["sha256"]:
            tally.problems.append(Problem(name, "is not the file the manifest names"))


def _tables(release: Release, tally: _Tally) -> dict[str, Published]:
    """Read every table that can be read, and compare its forms and its content hash."""
    found = {}
    for name, promised in release.manifest["made_from"]["tables"].items():
        try:
            table = from_arrow(
                name, columns_published(release, name), release.table(name, checked=False)
            )
            forms = {".csv": csv_bytes(table), ".jsonl": json_bytes(table)}
            wrong = [
                f"{name}{ending}"
                for ending, content in forms.items()
                if (release.path / "data" / f"{name}{ending}").read_bytes() != content
            ]
        except (OSError, ValueError, KeyError) as error:
            tally.problems.append(Problem(f"data/{name}", f"cannot be read: {error}"))
            continue
        tally.problems += [Problem(f"data/{one}", "is not its Parquet twin") for one in wrong]
        if content_hash(table) != promised:
            tally.problems.append(Problem(f"data/{name}.parquet", "has another content hash"))
        found[name] = table
    return found


def _figures(tables: dict[str, Published], tally: _Tally) -> None:
    """Compare each figure with the row it is made from: signals, verdicts, observations, claims."""
    rows = {
        name: list(tables[name].dicts()) for name in ("signals", "verdicts", "series", "claims")
    }
    counts = {(row["series"], row["period"]): row["count"] for row in rows["series"]}
    verdicts = {row["id"]: row for row in rows["verdicts"]}
    for number, row in enumerate(rows["signals"], start=1):
        verdict = verdicts.get(row["verdict"], {})
        for column in _FROM_VERDICT:
            _equal(tally, f"signals.csv:{number}:{column}", row[column], verdict.get(column))
    for number, row in enumerate(rows["verdicts"], start=1):
        own = counts.get((row["series"], row["period"]))
        if row["observed"] is not None:
            _equal(tally, f"verdicts.csv:{number}:observed", row["observed"], own)
    for where, shown, said in spoken_figures(rows["series"], rows["claims"]):
        _equal(tally, where, shown, said)
    for number, row in enumerate(rows["series"], start=1):
        if not is_spoken(row):
            _observation(number, row, rows, tally)


def _observation(number: int, row: Row, rows: Mapping[str, Sequence[Row]], tally: _Tally) -> None:
    """Compare an observation with its claim, or a sum of ours with what it adds up."""
    made_from = referenced(row["made_from"])
    parts = [rows[table][place - 1] for table, place in made_from]
    if any(table == "series" for table, _ in made_from):
        for column in ("count", "population"):
            if row[column] is not None:
                said = _added_up(part[column] for part in parts)
                _equal(tally, f"series.csv:{number}:{column}", row[column], said)
    elif len(parts) == 1 and row["status"] == "observed":  # ``rebuilt`` counts several claims again
        (claim,), fall = parts, (parts[0]["id"],)
        for column, said in (("count", "value"), ("population", "population")):
            _equal(tally, f"series.csv:{number}:{column}", row[column], claim[said], fall)


def _added_up(cells: Iterable[str | None]) -> str:
    """Add published counts up; a sum that holds a hidden one may not be shown at all."""
    there = [cell for cell in cells if cell is not None]
    return RANGE if RANGE in there else number_text(sum(map(float, there)))


def _made_here(release: Release) -> bool:
    """Whether this version made it: another one may forecast otherwise, or not at all."""
    return bool(release.manifest["made_from"]["software"] == f"atalaya {__version__}")


def _forecasts(tables: dict[str, Published], tally: _Tally) -> Iterator[Problem]:
    """Forecast again from the published counts, and compare every cell."""
    watched = {row["series"] for row in tables["verdicts"].dicts()}
    made = forecast_rows(list(tables["series"].dicts()), watched)
    for name, rows in (("forecasts", made.rows), ("forecast_scores", made.scores)):
        shown, wanted = tables[name], tabled(name, TABLES[name], rows)
        tally.figures += len(shown.rows)
        yield from _different_rows(shown, wanted, "forecast again from its series")


def _equal(tally: _Tally, where: str, shown: Any, said: Any, claims: tuple[str, ...] = ()) -> None:
    tally.figures += 1
    if shown != said:
        says = f"shows {_text(shown)}, what it is made from says {_text(said)}"
        tally.problems.append(Problem(where, says, claims))


def _text(cell: Any) -> str:
    if cell is None:
        return "nothing"
    return number_text(cell) if isinstance(cell, int | float) else str(cell)


def _quotes(tables: dict[str, Published], archive: Archive, tally: _Tally) -> None:
    documents = {row["id"]: row for row in tables["documents"].dicts()}
    for number, row in enumerate(tables["claims"].dicts(), start=1):
        tally.quotes += 1
        document = documents.get(row["document"])
        if document is None:
            tally.problems.append(Problem(f"claims.csv:{number}:document", "is not published"))
            continue
        check = archive.check_claim(row, document)
        if not check.holds:
            tally.problems.append(Problem(f"claims.csv:{number}:quote", check.word, (row["id"],)))
    for number, row in enumerate(tables["captures"].dicts(), start=1):
        for check in (archive.check_capture(row), archive.check_entry(row).check):
            if not check.holds:
                tally.problems.append(Problem(f"captures.csv:{number}", check.word))


def _differences(tables: dict[str, Published], rebuilt: ReleaseInputs) -> Iterator[Problem]:
    """Compare every cell with the one that the rebuilt tables give."""
    for name, wanted in compose(rebuilt).tables.items():
        if name in tables:  # else it was reported when it could not be read
            yield from _different_rows(tables[name], wanted, "rebuilt from the evidence")


def _different_rows(shown: Published, wanted: Published, how: str) -> Iterator[Problem]:
    if len(shown.rows) != len(wanted.rows):
        says = f"has {len(shown.rows)} rows, {how} {len(wanted.rows)}"
        yield Problem(f"{shown.name}.csv", says)
    headings = [column.name for column in wanted.columns]
    for number, pair in enumerate(zip(shown.rows, wanted.rows, strict=False), start=1):
        if pair[0] == pair[1]:
            continue
        for heading, cell, said in zip(headings, *pair, strict=False):
            if cell != said:
                says = f"shows {_text(cell)}, {how} {_text(said)}"
                yield Problem(f"{shown.name}.csv:{number}:{heading}", says)

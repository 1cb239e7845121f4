"""What is new in a person's own sheet: read it, count it, judge it, and keep it only when asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Literal

import pyarrow.compute as pc

from atalaya.findings.sheets.candidates import looks_like
from atalaya.findings.sheets.news import Question, news
from atalaya.findings.sheets.records import News
from atalaya.model.errors import WrongUse
from atalaya.model.identifiers import sha256_hex
from atalaya.pipeline.sheet_log import log_sheets, sheet_log
from atalaya.pipeline.watch_store import WatchStore
from atalaya.pipeline.watch_versions import Version, plan
from atalaya.publishing.watch.report import Candidate, WatchReport
from atalaya.reading.sheets.asking import Asked
from atalaya.reading.sheets.finds import How
from atalaya.reading.sheets.mapping import Proposal
from atalaya.reading.sheets.reading import read_sheet
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.sheets.rows import SheetRegisters, SheetRows
from atalaya.registers import substances, territories

Zeros = Literal["zero", "gap"]


def registers() -> SheetRegisters:
    """Load the registers that ship with the package."""
    return SheetRegisters(substances.load(), territories.load())


def watch(
    payload: bytes, name: str, asked: Asked, now: datetime, store: WatchStore | None
) -> WatchReport:
    """Say what is new in a sheet, and keep it where a store is given.

    Nothing is written without a store. With one, the sheet continues those kept before: a row is
    counted once, and the answer is about all of them together.

    Args:
        payload: Bytes of an XLSX or CSV file.
        name: The file's name.
        asked: What somebody said about the sheet.
        now: The present moment, UTC.
        store: Where sheets are kept, or None.

    Returns:
        The report; it is complete in memory before anything is written.

    Raises:
        BadInput: The file is no table that can be read.
        WrongUse: Something asked for does not exist, or the store holds another kind of sheet.
        TryLater: The store cannot be written now.
    """
    known = registers()
    sha256 = sha256_hex(payload)
    if store is None:
        sheet = read_sheet(payload, name, known, now.date(), asked)
        zeros, assumed = _zeros(sheet, asked)
        found = news(sheet.rows, _question(known, zeros, doubtful(sheet)))
        return _report(sheet, sha256, found, assumed, now)
    with store.locked():
        kept = store.versions()
        told = _as_before(asked, kept)
        sheet = _continuing(payload, name, known, now, (told, asked))
        _refuse_other_layout(sheet.proposal, kept)
        zeros, assumed = _zeros(sheet, told)
        version = Version.of(
            sheet, sha256, now, replace(told, sheet=None, zeros=zeros), doubtful(sheet)
        )
        planned = plan(kept, version, store.rows)
        unsure = {key: how for one in (*kept, version) for key, how in one.unsure.items()}
        found = news(planned.rows, _question(known, zeros, unsure))
        report = _report(sheet, sha256, found, assumed, now)
        standing = tuple(str(one.key) for one in found.findings)
        since = planned.since(kept, standing)
        sheet_log(store)  # begun before anything counts: without it what is kept was lost
        if not since.same_sheet:
            store.add(replace(version, standing=standing), planned.added, payload)
        log_sheets(store)
        return replace(report, since=since)


def _continuing(
    payload: bytes,
    name: str,
    known: SheetRegisters,
    now: datetime,
    told: tuple[Asked, Asked],
) -> SheetRows:
    """Read as the last sheet was read; where its headings are gone, as only asked now."""
    remembered, asked = told
    try:
        return read_sheet(payload, name, known, now.date(), remembered)
    except WrongUse:
        if remembered == asked:
            raise
        return read_sheet(payload, name, known, now.date(), asked)


def _as_before(asked: Asked, kept: Iterable[Version]) -> Asked:
    """Add to what is asked now what was asked of the last sheet."""
    last = next(iter(reversed(list(kept))), None)
    if last is None:
        return asked
    before = last.asked
    return Asked(
        {**before.columns, **asked.columns},
        asked.sheet,
        asked.dates or before.dates,
        asked.zeros or before.zeros,
    )


def _refuse_other_layout(proposal: Proposal, kept: Iterable[Version]) -> None:
    for version in kept:
        if version.layout != proposal.layout:
            raise WrongUse(
                f"the folder holds a {version.layout} ({version.name}), and this sheet is a "
                f"{proposal.layout}",
                do="give --into another folder",
            )


def _zeros(sheet: SheetRows, asked: Asked) -> tuple[Zeros | None, tuple[Remark, ...]]:
    """Decide what an absent row of a table of counts is, and say so."""
    if sheet.proposal.layout == "line-list":
        return None, ()
    if asked.zeros is not None:
        return asked.zeros, ()
    if pc.any(pc.equal(sheet.rows["count"], 0.0)).as_py():
        return "gap", (Remark("gaps-assumed"),)
    return "zero", (Remark("zeros-assumed"),)


def doubtful(sheet: SheetRows) -> dict[str, str]:
    """Give identifiers that most of their rows name in a way not plainly in the register -> how."""
    named = pc.value_counts(pc.list_flatten(sheet.rows["found"].combine_chunks())).to_pylist()
    total = {each["values"]: each["counts"] for each in named}
    rows: Counter[tuple[str, str]] = Counter()
    for one in sheet.names:
        if one.how is not How.UNKNOWN:
            rows[one.id, str(one.how)] += one.rows
    return {of: how for (of, how), number in rows.items() if 2 * number > total.get(of, 0)}


def _question(known: SheetRegisters, zeros: Zeros | None, unsure: dict[str, str]) -> Question:
    families = {entry.id: entry.family for entry in known.substances.entries}
    return Question(families.get, zeros, unsure)


def _report(
    sheet: SheetRows, sha256: str, found: News, assumed: tuple[Remark, ...], now: datetime
) -> WatchReport:
    candidates = tuple(
        Candidate(one, family)
        for one in sheet.names
        if one.how is How.UNKNOWN and (family := looks_like(one.text)) is not None
    )
    made_at = now.strftime("%Y-%m-%d %H:%M")
    return WatchReport(sheet, sha256, found, candidates, assumed, None, made_at)

"""Proof on demand: why a number stands, and whether everything still is what was signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from atalaya.evidence.archiving import located
from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.checking import check_captures, check_log
from atalaya.evidence.log import FolderReader, LogReader
from atalaya.evidence.log.rotation import History
from atalaya.evidence.sources import load_sources
from atalaya.findings.auditing import alone, audit
from atalaya.model.errors import AtalayaError, BadInput, WrongUse
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.collecting import erased_in, logged_captures
from atalaya.pipeline.declared import changes, declared
from atalaya.pipeline.house import verifier_key
from atalaya.pipeline.monitoring import load_monitors
from atalaya.pipeline.namings import check_namings
from atalaya.pipeline.originals import Observatory, standing
from atalaya.pipeline.progress import Progress
from atalaya.pipeline.reviewing import decisions_of, struck_evidence
from atalaya.publishing.disk import pointed
from atalaya.publishing.opening import LATEST, Release
from atalaya.publishing.proving import Archive
from atalaya.publishing.unseen import deleted
from atalaya.publishing.verifying import verify_release
from atalaya.publishing.why import WhyTree, explain
from atalaya.publishing.withdrawing import tombstones


@dataclass(frozen=True, slots=True)
class Checked:
    """One part of what was checked.

    Args:
        what: The part: log, evidence, or a release.
        says: What was compared, counted.
        problems: What is wrong, one sentence each.
        notes: What is worth knowing and no fault, one sentence each.
    """

    what: str
    says: str
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking an observatory came to."""

    parts: tuple[Checked, ...]

    @property
    def good(self) -> bool:
        """Whether nothing is wrong anywhere."""
        return not any(part.problems for part in self.parts)

    def rows(self) -> Iterator[dict[str, str]]:
        """Give a row for each part, and one for each problem and each note."""
        for part in self.parts:
            yield {
                "checked": part.what,
                "result": "good" if not part.problems else "BROKEN",
                "says": part.says,
            }
            for problem in part.problems:
                yield {"checked": part.what, "result": "problem", "says": problem}
            for note in part.notes:
                yield {"checked": part.what, "result": "note", "says": note}


def explain_reference(
    folder: Folder, settings: Settings, reference: str, release: str | None
) -> WhyTree:
    """Walk from a published cell, finding or claim to its archived bytes and log entry.

    Args:
        folder: The observatory.
        settings: Where its decisions lie.
        reference: ``signals.csv:3:observed``, or an identifier.
        release: Name of a release, or None for the newest.

    Raises:
        WrongUse: There is no such release, table, row, column or record.
    """
    return explain(reference, _release(folder, release), archive_with(folder, settings))


def archive_of(folder: Folder) -> Archive:
    """Give the evidence and the log, to look bytes up in."""
    store = CaptureStore(folder.evidence)
    log = LogReader(FolderReader(folder.log))
    captures = logged_captures(located(store.all(), log.entries()))
    erased = erased_in(log.entries()) if any(one.sealed for one in captures) else {}
    return Archive(store, captures, log, load_sources(folder.sources), erased)


def archive_with(folder: Folder, settings: Settings) -> Archive:
    """Give the evidence and the log, with what reviewers retracted of it."""
    return replace(archive_of(folder), struck=struck_evidence(folder, settings))


def verify_observatory(
    folder: Folder, settings: Settings, release: str | None, today: date, progress: Progress
) -> Verification:
    """Check log, evidence, decisions, every proof and every published figure; offline.

    Nothing of what wrote the log and the evidence is used to check them. A part that cannot even be
    read is named as broken, and the others are checked all the same.

    Args:
        folder: The observatory.
        settings: Where its decisions lie.
        release: Only this release; None checks them all.
        today: The day: what has expired by then needs no second signature any more.
        progress: Is told how far it is.

    Raises:
        WrongUse: There is no such release.
        StopEverything: The log is gone: there is nothing to check the rest against.
    """
    names = _wanted(folder, release)
    if not folder.log.is_dir():
        verifier_key(folder)
    parts = [
        _part("log", lambda: _log(folder), progress),
        _part("evidence", lambda: _evidence(folder), progress),
        _part("decisions", lambda: _decisions(folder, settings, today), progress),
        _part("names", lambda: Checked("names", *check_namings(folder, settings)), progress),
        _part(
            "originals",
            lambda: Checked("originals", *standing(Observatory(folder, settings))),
            progress,
        ),
        _part("releases", lambda: _published(folder), progress),
        _part("latest", lambda: _latest(folder), progress),
        _part("declarations", lambda: _declarations(folder, settings), progress),
    ]
    sound = not parts[1].problems
    for name in names:
        opened = _named_release(folder, name, sound=sound)
        parts.append(_part(f"release {name}", opened, progress))
    return Verification(tuple(parts))


def _part(what: str, check: Callable[[], Checked], progress: Progress) -> Checked:
    progress.begin("verify")
    try:
        done = check()
    except WrongUse:
        raise
    except AtalayaError as error:
        done = Checked(what, "cannot be read", (str(error),))
    progress.end(f"{what}: {done.says}")
    return done


def _log(folder: Folder) -> Checked:
    try:
        report = check_log(FolderReader(folder.log), verifier_key(folder))
    except BadInput as error:
        says = f"vkey: {error.what}; {error.do}"
        return Checked("log", "its verifier key cannot be read", (says,))
    says = f"{report.size} entries, {report.tiles} tiles, root {report.root[:16]}"
    return Checked("log", says, tuple(str(problem) for problem in report.problems))


def _evidence(folder: Folder) -> Checked:
    report = check_captures(folder.evidence, LogReader(FolderReader(folder.log)))
    says = f"{report.captures} captures in {report.files} files, {report.length} bytes"
    return Checked("evidence", says, tuple(str(problem) for problem in report.problems))


def _decisions(folder: Folder, settings: Settings, today: date) -> Checked:
    entries = LogReader(FolderReader(folder.log)).entries()
    with decisions_of(folder, settings) as store:
        problems = (*audit(store, entries), *alone(store, today))
        says = f"{len(store.decisions())} decisions of {len(store.reviewers())} reviewers"
    return Checked("decisions", says, problems)


def _published(folder: Folder) -> Checked:
    """Say which releases the log names and nobody finds any more, and which were withdrawn."""
    reader, names = LogReader(FolderReader(folder.log)), _names(folder)
    stones = tombstones(reader.entries())
    explained = {one.sha256 for one in stones}
    gone = deleted(folder.releases, reader.entries())
    wrong = [
        f"release {one.name} is gone: entry {one.index} of the log names its manifest "
        f"(sha256 {one.sha256[:16]}...); restore its folder from a backup or a mirror"
        for one in gone
        if one.sha256 not in explained
    ]
    wrong += [
        f"{one}, and its folder is here again: `atalaya release withdraw {one.name}` takes it away"
        for one in stones
        if one.name in names
    ]
    says = f"{len(names)} here, compared with the log"
    return Checked("releases", says, tuple(wrong), tuple(map(str, stones)))


def _declarations(folder: Folder, settings: Settings) -> Checked:
    """Say what is declared otherwise than when the newest release was built; that is no fault."""
    named = pointed(folder.releases / LATEST)  # one that points nowhere is named beside this
    newest = Release.open(folder.releases / named) if named in _names(folder) else None
    before = newest.manifest["made_from"].get("declared") if newest else None
    if newest is None or before is None:
        return Checked("declarations", "no release names what it was built from", ())
    sources, monitors = load_sources(folder.sources), load_monitors(folder.monitors)
    now = declared(settings, sources, monitors)
    notes = tuple(f"{said} since release {newest.name}" for said in changes(before, now))
    return Checked("declarations", f"{len(now)} compared with release {newest.name}", (), notes)


def _latest(folder: Folder) -> Checked:
    """Say whether ``latest`` names the newest release, for readers follow it."""
    names = _names(folder)
    if not names:
        return Checked("latest", "no release yet", ())
    named = pointed(folder.releases / LATEST)
    wrong = () if named in names else (f"releases/latest names {named}, which is no release here",)
    return Checked("latest", f"points at {named}", wrong)


def _named_release(folder: Folder, name: str, *, sound: bool) -> Callable[[], Checked]:
    return lambda: _one_release(folder, name, verifier_key(folder), sound=sound)


def _one_release(folder: Folder, name: str, vkey: str, *, sound: bool) -> Checked:
    opened = _release(folder, name)
    key = _key_at(folder, vkey, opened.proof.size)
    report = verify_release(opened, key, archive_of(folder) if sound else None)
    says = (
        f"{report.files} files, {report.figures} figures, {report.quotes} quotes compared with "
        "archived bytes"
    )
    return Checked(f"release {name}", says, tuple(str(problem) for problem in report.problems))


def _key_at(folder: Folder, vkey: str, size: int) -> str:
    """The key that signed the log when it had a size; its chain is checked with the log."""
    try:
        history = History.parse(FolderReader(folder.log)("vkeys"))
    except (FileNotFoundError, BadInput):  # named where the log is checked
        return vkey
    return str(history.key_at(size))


def _release(folder: Folder, name: str | None) -> Release:
    if name is not None:
        _wanted(folder, name)
    return Release.open(folder.releases / name if name else folder.releases)


def _wanted(folder: Folder, name: str | None) -> list[str]:
    """The releases meant: one, if there is one of that name, or all."""
    names = _names(folder)
    if name is None or name in names:
        return names if name is None else [name]
    near = get_close_matches(name, names, n=1)
    raise WrongUse(
        f"there is no release {name!r}",
        near=near[0] if near else None,
        do=f"releases: {', '.join(names) or 'none yet'}",
    )


def _names(folder: Folder) -> list[str]:
    found: list[Path] = []
    if folder.releases.is_dir():
        found = [path for path in folder.releases.iterdir() if (path / "manifest.json").is_file()]
    return sorted(path.name for path in found if not path.is_symlink())

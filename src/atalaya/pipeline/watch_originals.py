"""A folder of sheets as what keeps sealed originals: its own log, decisions and keys, all in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from atalaya.evidence.checking import check_log
from atalaya.evidence.durable import write_file
from atalaya.evidence.log import FolderReader, Log
from atalaya.evidence.sealing import Vault
from atalaya.findings.auditing import audit
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reviewers import Reviewer, ReviewerKey
from atalaya.model.errors import AtalayaError
from atalaya.model.settings import Folder
from atalaya.pipeline.house import verifier_key
from atalaya.pipeline.originals import Original, standing
from atalaya.pipeline.proving import Checked, Verification
from atalaya.pipeline.sheet_log import sheet_entries, sheet_leaf, sheet_log
from atalaya.pipeline.watch_store import LIST, WatchStore

_OWNER, _OWNER_KEY = "Owner of these sheets", "owner.key"


def keeps_sheets(root: Path) -> bool:
    """Whether a folder is one of sheets."""
    return (root / LIST).is_file()


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sealed sheets of a folder."""

    store: WatchStore

    @property
    def vault(self) -> Vault:
        """Their keys."""
        return self.store.vault

    def originals(self) -> Sequence[Original]:
        """Give them, oldest first."""
        return [
            Original(
                one.sha256, one.name, one.name, one.received, self.store.sealed(one).read_bytes
            )
            for one in self.store.versions()
        ]

    def decisions(self) -> DecisionStore:
        """Open the decisions; made at the first opening or erasure, for the owner only."""
        path = Folder(self.store.folder).decisions
        if not path.exists():
            write_file(path, b"", 0o600)
        return DecisionStore.at(path)

    def log(self) -> Log:
        """Open the log for writing."""
        return sheet_log(self.store)

    def entries(self) -> Iterator[bytes]:
        """Give the log's entries."""
        return sheet_entries(self.store)

    def owner_key(self, now: datetime) -> ReviewerKey:
        """Give the key the owner of the folder signs with; made when first needed."""
        path = Folder(self.store.folder).keys / _OWNER_KEY
        if not path.is_file():
            key = ReviewerKey.create(Reviewer(_OWNER, "", now).id)
            write_file(path, f"{key}{os.linesep}".encode(), 0o600)
        key = ReviewerKey.parse(path.read_text("utf-8").strip())
        with self.decisions() as store:
            if key.reviewer not in {one.id for one in store.reviewers()}:
                store.add_reviewer(Reviewer(_OWNER, key.public, now))
        return key

    def verify(self) -> Verification:
        """Check the log, every sheet, and what was opened or erased; no key is needed.

        Raises:
            StopEverything: There is no log to check against.
        """
        folder = Folder(self.store.folder)
        report = check_log(FolderReader(folder.log), verifier_key(folder))
        wrong = tuple(str(problem) for problem in report.problems)
        parts = [Checked("log", f"{report.size} entries, root {report.root[:16]}", wrong)]
        parts.append(self._sheets())
        with self.decisions() as store:
            says = f"{len(store.acts())} openings and erasures"
            parts.append(Checked("decisions", says, audit(store, self.entries())))
        parts.append(Checked("originals", *standing(self)))
        return Verification(tuple(parts))

    def _sheets(self) -> Checked:
        there, problems, old = set(self.entries()), [], 0
        versions = self.store.versions()
        for one in versions:
            try:
                self.store.rows(one)
                leaf = sheet_leaf(self.store, one)
            except (AtalayaError, OSError) as error:
                problems.append(f"{one.name}: {error}")
                continue
            old += leaf is None
            if leaf is not None and leaf not in there:
                problems.append(f"{one.name}: the log has no entry of these sealed bytes")
        says = f"{len(versions)} sheets" + (f", {old} kept before there was a log" if old else "")
        return Checked("sheets", says, tuple(problems))

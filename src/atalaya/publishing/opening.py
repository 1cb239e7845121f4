"""A release as it lies on the disk: opened, read, never changed.

Row 1 of a table is its first data row. Building is in ``releases``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from atalaya.evidence.log import InclusionProof
from atalaya.model.errors import Place, StopEverything, WrongUse
from atalaya.model.identifiers import sha256_hex
from atalaya.model.parquet import table_of
from atalaya.publishing.disk import pointed
from atalaya.publishing.manifest import NAME

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Release:
    """An immutable published set, read from its folder.

    Args:
        path: Its folder.
        manifest: What its ``manifest.json`` says.
    """

    path: Path
    manifest: Mapping[str, Any]

    @classmethod
    def open(cls, path: Path) -> Release:
        """Open a release.

        Args:
            path: Its folder, or the folder ``releases`` for the latest.

        Raises:
            WrongUse: There is no release.
            StopEverything: Its manifest cannot be read.
        """
        if not (path / NAME).exists() and (name := pointed(path / LATEST)):
            path = path / name
        try:
            said = json.loads((path / NAME).read_bytes())
        except FileNotFoundError as error:
            raise WrongUse(
                f"{path} is no release", do="`atalaya run` makes one once something is observed"
            ) from error
        except ValueError as error:
            raise StopEverything(
                f"the manifest cannot be read: {error}",
                why="without it no file of the release can be checked",
                do="restore the folder from a backup or a mirror",
                where=Place(str(path / NAME)),
            ) from error
        return cls(path.resolve(), said)

    @property
    def name(self) -> str:
        """``<date>-<n>``."""
        return str(self.manifest["release"])

    @property
    def as_of(self) -> date:
        """The day up to which its evidence is known."""
        return date.fromisoformat(self.manifest["made_from"]["as_of"])

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of its tables."""
        return tuple(self.manifest["made_from"]["tables"])

    @property
    def manifest_bytes(self) -> bytes:
        """The manifest as it lies on the disk: what the log commits to."""
        return (self.path / NAME).read_bytes()

    @property
    def proof(self) -> InclusionProof:
        """The proof beside it that its manifest is in the log.

        Raises:
            StopEverything: There is none.
            BadInput: It is malformed.
        """
        beside = proof_beside(self.path)
        try:
            return InclusionProof.parse_text(beside.read_text("utf-8"), Place(str(beside)))
        except FileNotFoundError as error:
            raise StopEverything(
                "the proof that the release is in the log is missing",
                why="without it anybody could have made the manifest",
                do="restore the file from a backup or a mirror",
                where=Place(str(beside)),
            ) from error

    def table(self, name: str, *, checked: bool = True) -> pa.Table:
        """Read one of its tables; row 1 of a reference is the first row.

        Args:
            name: Name of the table.
            checked: Refuse a file that the manifest does not name; a checker reads it all the same,
                to say which figures changed.

        Raises:
            WrongUse: It has no such table.
            StopEverything: It is not what was published.
        """
        if name not in self.tables:
            from rapidfuzz import process

            near = process.extractOne(name, self.tables, score_cutoff=60)
            raise WrongUse(
                f"the release has no table {name!r}",
                near=near[0] if near else None,
                do=f"its tables: {', '.join(self.tables)}",
            )
        path = f"data/{name}.parquet"
        content = self._as_published(path) if checked else (self.path / path).read_bytes()
        return table_of(content)

    def _as_published(self, path: str) -> bytes:
        """Read a file and check it against the manifest: nothing else may be shown as published."""
        content = (self.path / path).read_bytes()
        if sha256_hex(content) != self.manifest["files"][path]["sha256"]:
            raise StopEverything(
                f"{path} is not the file that was published",
                why="a file that changed after publication proves nothing",
                do="run `atalaya verify` and restore the release from a copy",
                where=Place(str(self.path / path)),
            )
        return content


def proof_beside(folder: Path) -> Path:
    """Give the file beside a release's folder that proves its manifest is in the log."""
    return folder.with_name(f"{folder.name}.tlog-proof")


def latest_release(folder: Path) -> Release | None:
    """Give the release ``latest`` points at, or None before the first.

    Args:
        folder: The folder ``releases``.
    """
    name = pointed(folder / LATEST)
    return None if name is None else Release.open(folder / name)

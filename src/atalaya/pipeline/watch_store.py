"""A folder in which somebody keeps their sheets, so that the next one continues the last.

``watch.json`` lists the sheets and is written last: what it does not name is not there. ``rows/``
holds the rows of each sheet as they were counted, ``originals/`` each sheet as received, sealed
with a key of its own in ``keys/``: a sheet may hold columns about people, which nothing else here
does. ``log/`` commits to each and to who opened or erased one (``pipeline.watch_originals``). Only
the owner may read any of it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.evidence.durable import write_file
from atalaya.evidence.log import new_salt
from atalaya.evidence.log.locking import locked
from atalaya.evidence.sealing import Vault, seal
from atalaya.model.errors import LookAtThis, Place, TryLater, WrongUse
from atalaya.model.identifiers import sha256_hex
from atalaya.model.parquet import table_of
from atalaya.pipeline.watch_versions import KEPT, Version

SCHEMA = 2  # 1 had no log
LIST, _LOCK = "watch.json", ".lock"
MAKING = ".first-log"  # where key and log are made before they are put in place
_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700
_WAIT = 10.0  # seconds for another `watch` on the same folder to end


class WatchStore:
    """A folder of sheets.

    Args:
        folder: Where they are kept; made when it is not there.

    Raises:
        WrongUse: The folder holds other things.
        TryLater: It cannot be made.
    """

    __slots__ = ("folder",)

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if folder.exists() and not folder.is_dir():
            raise WrongUse(f"{folder} is a file", do="give --into the name of a folder")
        held = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
        if held - {_LOCK} and LIST not in held and not held <= _OURS:
            raise WrongUse(
                f"{folder} holds other things ({', '.join(sorted(held - _OURS)[:3])})",
                do="give --into an empty or new folder, or one that kept sheets before",
            )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder, so that two runs do not write at once."""
        try:
            self.folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            raise TryLater(
                f"the folder cannot be made: {error.strerror or error}",
                do="give another folder, or permission to write",
                where=Place(str(self.folder)),
            ) from error
        with locked(self.folder / _LOCK, _WAIT):
            yield

    @property
    def vault(self) -> Vault:
        """The keys of the sealed sheets."""
        return Vault(self.folder / "keys")

    def sealed(self, version: Version) -> Path:
        """Give where a sealed sheet lies."""
        return self.folder / "originals" / f"{version.sha256}.sealed"

    def versions(self) -> tuple[Version, ...]:
        """Give the sheets kept, oldest first.

        Raises:
            LookAtThis: The list is broken, or of a newer version of Atalaya.
        """
        path = self.folder / LIST
        if not path.exists():
            return ()
        try:
            said = json.loads(path.read_bytes())
            if said["schema"] > SCHEMA:
                raise LookAtThis(
                    f"the folder was written by a newer version (schema {said['schema']})",
                    why="an older version could misread it; nothing was changed",
                    do="use the newer version",
                    where=Place(str(path)),
                )
            return tuple(Version.from_json(each) for each in said["sheets"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LookAtThis(
                f"the list of sheets cannot be read ({error})",
                why="what it names cannot be told from what it does not",
                do="put it back from a backup; the rows and originals are as they were",
                where=Place(str(path)),
            ) from error

    def rows(self, version: Version) -> pa.Table:
        """Give the rows of a sheet that was kept, with the schema ``watch_versions.KEPT``.

        Raises:
            LookAtThis: The file is gone or was changed.
        """
        path = self.folder / "rows" / Path(version.rows_file).name
        try:
            payload = path.read_bytes()
        except OSError as error:
            raise self._damaged(path, error.strerror or str(error)) from error
        if sha256_hex(payload) != version.rows_sha256:
            raise self._damaged(path, "its SHA-256 is not the one that was noted")
        return table_of(payload).cast(KEPT)

    def _damaged(self, path: Path, how: str) -> LookAtThis:
        return LookAtThis(
            f"the rows of a sheet kept here cannot be used: {how}",
            why="counts would be wrong without saying so",
            do="put the file back from a backup, or give the sheets again with --into a new folder",
            where=Place(str(path)),
        )

    def add(self, version: Version, rows: pa.Table, payload: bytes) -> None:
        """Keep a sheet; until the list is written, last, nothing of it counts.

        Args:
            version: What is known of it.
            rows: Its rows, with the schema ``watch_versions.KEPT``.
            payload: The file as received.

        Raises:
            TryLater: The disk is full or refuses; the folder counts what it counted before.
        """
        kept = self.versions()
        for name in ("rows", "originals", "keys"):
            (self.folder / name).mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        buffer = io.BytesIO()
        pq.write_table(rows, buffer, compression="zstd")
        packed = buffer.getvalue()
        file = f"{len(kept) + 1:04d}.parquet"
        write_file(self.folder / "rows" / file, packed, _PRIVATE)
        sealed = seal(payload)
        self.vault.keep(version.sha256, sealed.key)
        write_file(self.sealed(version), sealed.payload, _PRIVATE)
        named = replace(
            version,
            rows_file=file,
            rows_sha256=sha256_hex(packed),
            salt=new_salt().hex(),
            plain=sealed.plain,
        )
        said = {"schema": SCHEMA, "sheets": [each.as_json() for each in (*kept, named)]}
        text = json.dumps(said, ensure_ascii=False, indent=1)
        write_file(self.folder / LIST, text.encode(), _PRIVATE)


_OURS = {
    *(LIST, MAKING, _LOCK, "rows", "originals", "keys", "log", "decisions.db", "what-is-new.html")
}

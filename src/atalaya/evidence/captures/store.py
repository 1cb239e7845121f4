"""The store of captures: answers in, captures and their bytes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from warcio.warcwriter import WARCWriter

from atalaya.evidence.captures.files import folder_lock, new_batch, warc_names
from atalaya.evidence.captures.index import load_captures, save_entry
from atalaya.evidence.captures.reading import Damaged, Passed, capture_of, read_record
from atalaya.evidence.captures.records import Received, write_info, write_received
from atalaya.evidence.fetched import Fetched, Validators
from atalaya.model.errors import LookAtThis, Place, StopEverything
from atalaya.model.records import Capture


class CaptureStore:
    """Keeps captures in WARC files; the files alone are its state.

    Args:
        folder: ``evidence/`` of the observatory; made at the first writing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, tuple[Capture, ...]] = {}
        self._held = False

    def all(self) -> list[Capture]:
        """Give all captures, in the order they were stored.

        Returns:
            The captures; ``log_index`` is -1 for those not known to be logged.

        Raises:
            StopEverything: A WARC file is damaged.
        """
        return [capture for captures in self._load().values() for capture in captures]

    def latest(self, source: str, address: str, *, sealed: bool = False) -> Capture | None:
        """Give the latest capture of a source's address, or None; sealed originals stand apart."""
        return self._latest().get((source, address, sealed))

    def validators(self, source: str, address: str) -> Validators | None:
        """Give what lets a server say that an address has not changed since its latest capture.

        Returns:
            The validators; None when there is no capture, or none over HTTP.
        """
        capture = self.latest(source, address, sealed=True) or self.latest(source, address)
        if capture is None:
            return None
        http = self._read(capture, []).record.http_headers
        if http is None:
            return None
        return Validators(capture.url, http.get_header("ETag"), http.get_header("Last-Modified"))

    def payload(self, capture: Capture) -> bytes:
        """Give the bytes of a capture, hashed again.

        Args:
            capture: One of this store's.

        Returns:
            The bytes whose SHA-256 the capture names.

        Raises:
            StopEverything: They are missing or not what they were; with source and address.
        """
        pieces: list[bytes] = []
        self._read(capture, pieces)
        return b"".join(pieces)

    def add(self, source: str, fetched: Fetched, *, tool: str) -> Capture:
        """Store one answer; see ``add_all``."""
        return self.add_all([Received(source, fetched, tool)])[0]

    def add_all(self, items: Iterable[Received]) -> list[Capture]:
        """Store answers in one new WARC file, with one fsync.

        An answer with the same bytes as the latest capture of its source's address, and one that
        says "not modified", is not stored again: that capture stands for it. When it was last
        asked for is the run's to record; evidence holds what was published, once.

        Args:
            items: The answers; taken one by one, so that they need not all be in memory.

        Returns:
            One capture an item, in order.

        Raises:
            TryLater: There is no room, or the disk fails; nothing was stored.
            LookAtThis: "Not modified" for an address of which there is no capture.
        """
        result: list[Capture] = []
        new: list[Capture] = []
        with self.locked(), new_batch(self.folder) as batch:
            latest = {_kept_as(one): one for one in self.all()}
            writer = WARCWriter(batch.file, gzip=False, warc_version="1.1")
            for item in items:
                capture = item.capture()
                known = _known(capture, item.fetched, latest)
                if known is None:
                    if not new:
                        write_info(writer, item.tool, capture.fetched_at)
                    known = replace(capture, offset=batch.file.length)
                    write_received(writer, item, known)
                    new.append(known)
                    latest[_kept_as(known)] = known
                result.append(known)
            if not new:
                return result
            name = batch.keep(new[0].fetched_at)
        placed = {capture.offset: replace(capture, warc=name) for capture in new}
        self._files[name] = tuple(placed.values())
        return [capture if capture.warc else placed[capture.offset] for capture in result]

    def pending(self) -> list[Capture]:
        """Give the captures not known to be logged, in order."""
        return [capture for capture in self.all() if capture.log_index < 0]

    def note_logged(self, indices: Mapping[str, int]) -> None:
        """Note where the log has captures.

        Args:
            indices: Identifier of the capture -> index of its leaf.

        Raises:
            TryLater: There is no room, or the disk fails. The log has the leaves all the same.
        """
        for name, captures in self._load().items():
            if any(capture.log_index < 0 for capture in captures):
                noted = tuple(
                    replace(one, log_index=indices.get(one.id, one.log_index)) for one in captures
                )
                if all(capture.log_index >= 0 for capture in noted):
                    save_entry(self.folder, name, noted)
                self._files[name] = noted

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store for writing; holding it twice is holding it once.

        Raises:
            TryLater: Another run holds it.
        """
        if self._held:
            yield
            return
        with folder_lock(self.folder):
            self._held = True
            try:
                yield
            finally:
                self._held = False

    def _load(self) -> dict[str, tuple[Capture, ...]]:
        for name in warc_names(self.folder):
            if name not in self._files:
                self._files[name] = load_captures(self.folder, name)
        return self._files

    def _latest(self) -> dict[tuple[str, str, bool], Capture]:
        return {(one.source, one.address, one.sealed): one for one in self.all()}

    def _read(self, capture: Capture, pieces: list[bytes]) -> Passed:
        path = self.folder / capture.warc
        try:
            with path.open("rb") as file:
                passed = read_record(path, file, capture.offset, pieces.append)
            found = capture_of(passed, path)
        except OSError as error:
            raise _lost(capture, f"its file cannot be read: {error.strerror}", path) from error
        except Damaged as damaged:
            raise _lost(capture, damaged.fault, path) from damaged
        if found is None or found.leaf() != capture.leaf():
            raise _lost(capture, "another record stands in its place", path)
        return passed


def _kept_as(capture: Capture) -> tuple[str, str, bool, bool]:
    """Say of what a capture is a newer version: an original of originals, a part of parts."""
    return capture.source, capture.address, capture.sealed, bool(capture.made_from)


def _known(
    capture: Capture, fetched: Fetched, latest: Mapping[tuple[str, str, bool, bool], Capture]
) -> Capture | None:
    """Give the capture that already holds an answer, or None when it is new."""
    known = latest.get(_kept_as(capture))
    if fetched.not_modified and known is None:
        raise LookAtThis(
            f"source {capture.source}: nothing was captured that could be unchanged",
            why="an answer without a body is evidence only beside the capture it confirms",
            do="fetch the address without validators",
            where=Place(capture.address),
        )
    same = known is not None and (known.sha256, known.made_from, known.dated) == (
        capture.sha256,
        capture.made_from,
        capture.dated,
    )
    return known if same or fetched.not_modified else None


def _lost(capture: Capture, fault: str, path: Path) -> StopEverything:
    return StopEverything(
        f"the bytes of {capture.id} (source {capture.source}, {capture.address}, captured "
        f"{capture.fetched_at:%Y-%m-%d %H:%M:%S}Z) are not what they were: {fault}",
        why="every claim read from them falls, and so does what rests on those claims",
        do="restore the file from a backup; atalaya verify names everything that is wrong",
        where=Place(str(path)),
    )

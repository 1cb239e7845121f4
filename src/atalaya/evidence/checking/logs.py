"""Checking a whole log: signature, keys, every bundle, every tile of every level, the root."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context

from atalaya.evidence.checking.report import LogReport, Problem
from atalaya.evidence.checking.signatures import (
    Change,
    Key,
    Signed,
    WrongError,
    read_change,
    read_checkpoint,
    read_key,
)
from atalaya.evidence.checking.tree import (
    HASH,
    WIDTH,
    Checker,
    Findings,
    Read,
    Row,
    hashed,
    path_of,
    split,
    tile_root,
)
from atalaya.model.errors import BadInput

_STRETCH = 64  # bundles a worker checks at a time: 16,384 leaves, some tens of milliseconds
_EMPTY_ROOT = hashlib.sha256(b"").digest()


def check_log(read: Read, vkey: str, *, workers: int = 1) -> LogReport:
    """Check a log from end to end with nothing but a reader and a key.

    Every tile of every level and the root are computed from the entry bundles and compared with
    what is stored and signed. At most a few tiles a level are in memory at a time.

    Args:
        read: Gives the bytes of a relative path, or raises ``FileNotFoundError``. With several
            workers it is sent to other processes, so it must be picklable.
        vkey: A verifier key of the log that you trust; an earlier one is followed through the
            rotations that it and its successors signed.
        workers: Number of processes for the leaves.

    Returns:
        The report. When the checkpoint cannot be believed nothing else is checked, for then
        nothing says what the log should hold.

    Raises:
        BadInput: ``vkey`` is not a verifier key.

    Source: C2SP tlog-tiles, tlog-checkpoint, signed-note; RFC 6962, section 2.1.
    """
    try:
        trusted = read_key(vkey)
    except WrongError as error:
        raise BadInput(f"{vkey!r}: {error}", do="give the line of the log's vkey file") from error
    keys = _Keys(read, trusted, vkey.removesuffix("\n"))
    try:
        signed = keys.checkpoint()
    except (WrongError, FileNotFoundError) as error:
        says = str(error) if isinstance(error, WrongError) else "the checkpoint is missing"
        return LogReport("", 0, "", 0, 0, (*keys.problems, Problem("checkpoint", says)))
    tree = _Climb(Checker(read, signed.size))
    for found in _leaves(read, signed.size, workers):
        tree.take(found)
    tree.finish(signed.root)
    problems = (*tree.problems, *keys.in_log(tree.checker), *keys.problems)
    return LogReport(
        signed.origin, signed.size, signed.root.hex(), tree.bundles, tree.tiles, problems
    )


def _leaves(read: Read, size: int, workers: int) -> Iterator[Findings]:
    """Check the full bundles and leaf tiles a stretch at a time, in order."""
    ends = range(0, size // WIDTH, _STRETCH)
    stretches = [(first, min(first + _STRETCH, size // WIDTH)) for first in ends]
    stretch = partial(_stretch, read, size)
    if workers == 1 or len(stretches) < workers:
        yield from map(stretch, stretches)
        return
    # Fresh processes: a copy of one that runs threads (a server) can hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(stretch, stretches)


def _stretch(read: Read, size: int, ends: tuple[int, int]) -> Findings:
    return Checker(read, size).bundles(*ends)


@dataclass(slots=True)
class _Climb:
    """Carries roots of full tiles up the levels, and closes the unfinished ones at the end."""

    checker: Checker
    problems: list[Problem] = field(default_factory=list)
    pending: list[list[bytes]] = field(default_factory=lambda: [[]])
    done: list[int] = field(default_factory=lambda: [0])
    bundles: int = 0
    tiles: int = 0

    def take(self, found: Findings) -> None:
        """Take what a stretch of leaves gave."""
        self.problems += found.problems
        self.bundles += len(found.roots)
        self.tiles += len(found.roots)
        for root in found.roots:
            self._push(1, root)

    def _push(self, level: int, root: bytes) -> None:
        while len(self.pending) <= level:
            self.pending.append([])
            self.done.append(0)
        self.pending[level].append(root)
        if len(self.pending[level]) == WIDTH:
            row = self.checker.row(level, self.done[level], WIDTH, b"".join(self.pending[level]))
            self.pending[level] = []
            self.done[level] += 1
            self.tiles += 1
            self._push(level + 1, self.checker.settle(row, self.problems))

    def finish(self, signed_root: bytes) -> None:
        """Check the unfinished tiles against what lies below them and the signed root."""
        rows = [row for level in range(len(self.pending)) if (row := self._row(level))]
        versions = [row.versions for row in rows]
        for chosen in itertools.product(*versions):
            if _root(chosen) == signed_root:
                break
        else:
            chosen = tuple(each[0] for each in versions)
            # Two differing versions of one row name the trouble themselves.
            says = "the entries and tiles do not give the signed root"
            self.problems.append(Problem("checkpoint", says))
            signed_root = b""
        for row, hashes in zip(rows, chosen, strict=True):
            self._report(row, hashes, believed=bool(signed_root))
            self.problems += _older(self.checker, row, hashes)

    def _row(self, level: int) -> Row | None:
        index, width = divmod(self.checker.size >> 8 * level, WIDTH)
        if not width:
            return None
        self.bundles += level == 0
        self.tiles += 1
        return self.checker.row(level, index, width, b"".join(self.pending[level]))

    def _report(self, row: Row, hashes: bytes, *, believed: bool) -> None:
        self.problems += row.missing()
        if None not in (row.below, row.stored) and row.below != row.stored:
            wrong = "tile" if hashes == row.below else "below"
            self.problems.append(row.differing(wrong if believed else "unclear"))


def _root(rows: Iterable[bytes]) -> bytes:
    """Give the root over the unfinished rows of hashes, lowest level first."""
    below = b""
    for row in rows:
        below = tile_root(row + below)
    return below or _EMPTY_ROOT


def _older(checker: Checker, row: Row, hashes: bytes) -> Iterator[Problem]:
    """Check the partial files of earlier checkpoints: each must be the beginning of the latest."""
    for narrow in range(1, len(hashes) // HASH):
        beginning = hashes[: narrow * HASH]
        path = path_of(str(row.level), row.index, narrow)
        tile = checker.given(path)
        if tile is not None and tile != beginning:
            yield Problem(path, "this earlier tile is not the beginning of the current one")
        path = path_of("entries", row.index, narrow)
        bundle = checker.given(path) if row.level == 0 else None
        if bundle is not None and hashed(bundle, narrow) != beginning:
            yield Problem(path, "this earlier bundle is not the beginning of the current one")


class _Keys:
    """The log's keys: which one must have signed, and whether its files say so."""

    def __init__(self, read: Read, trusted: Key, vkey: str) -> None:
        self.read = read
        self.trusted = trusted
        self.vkey = vkey
        self.changes: list[Change] = []
        self.problems: list[Problem] = []

    def checkpoint(self) -> Signed:
        """Read the checkpoint with the key that the trusted one leads to."""
        note = self.read("checkpoint")
        claimed = _claimed_size(note)
        for change in self._changes():
            if change.old == self.vkey and change.index < claimed:
                self.changes.append(change)
                self.vkey = change.new
        signed = read_checkpoint(note, read_key(self.vkey))
        self._check_file()
        return signed

    def in_log(self, checker: Checker) -> Iterator[Problem]:
        """Check that each change of key that was followed stands in the log where it says."""
        for change in self.changes:
            index, at = divmod(change.index, WIDTH)
            width = checker.width(0, index)
            path, raw = checker.stored("entries", index, width)
            begins = split(raw, width if ".p/" in path else WIDTH) if raw is not None else None
            if raw is None or begins is None:
                continue  # reported as an unreadable bundle
            if raw[begins[at] + 2 : begins[at + 1]] != change.entry:
                says = f"the change of key at leaf {change.index} is not in the log"
                yield Problem("vkeys", says, change.index)

    def _changes(self) -> Iterator[Change]:
        try:
            lines = self.read("vkeys").removesuffix(b"\n").split(b"\n")
        except FileNotFoundError:
            return
        for number, line in enumerate(lines, 1):
            try:
                if number > 1:
                    yield read_change(line)
                else:
                    read_key(line.decode(errors="replace"))
            except WrongError as error:
                self.problems.append(Problem("vkeys", f"line {number}: {error}"))

    def _check_file(self) -> None:
        try:
            said = self.read("vkey").decode(errors="replace").removesuffix("\n")
        except FileNotFoundError:
            self.problems.append(Problem("vkey", "the file is missing"))
            return
        if said != self.vkey:
            says = f"it holds another key than the one that signs the log, {self.vkey}"
            self.problems.append(Problem("vkey", says))


def _claimed_size(note: bytes) -> int:
    """Give the size that a checkpoint claims, unchecked; 0 when it claims none."""
    lines = note.split(b"\n")
    digits = lines[1] if len(lines) > 1 else b""
    return int(digits) if digits.isdigit() and len(digits) < len("9" * 19) else 0

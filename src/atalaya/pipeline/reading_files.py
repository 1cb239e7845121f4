"""``atalaya read``: texts in, what they say out, line by line and in bounded memory.

Texts are analysed in batches, on as many processes as there are processors where the file is
large. The story of a text is known once all are read: each line is written with room for its key,
and the keys, all equally long, are filled in at the end.
"""

from __future__ import annotations

import os
from array import array
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO

from atalaya.evidence.durable import refuse_over, replacing
from atalaya.model.errors import BadInput, LookAtThis, Place
from atalaya.pipeline.progress import Progress
from atalaya.reading.analysis.batches import Line, analyse_lines
from atalaya.reading.missing import no_file
from atalaya.reading.stories.grouping import Grouping

_BATCH_BYTES = 400_000  # some hundred articles: long enough to make handing over cheap
_ALONE_BYTES = 2_000_000  # below it one process is done before a second one is ready
_LONGEST_LINE = 256_000_000
_ROOM = b"story:" + b"0" * 16  # as long as every key


@dataclass(slots=True)
class TextsRead:
    """What reading came to.

    Args:
        output: The file written.
        documents: How many texts were read.
        relevant: How many of them are about drugs or drug policy.
        mentions: How many mentions they hold.
        persons: How many spans about private persons were taken out.
        placed: How many are said to have happened in a country.
        stories: How many different stories the relevant ones tell.
        issues: How many issues they have.
    """

    output: Path
    documents: int = 0
    relevant: int = 0
    mentions: int = 0
    persons: int = 0
    placed: int = 0
    stories: int = 0
    issues: int = 0

    def row(self) -> dict[str, Any]:
        """Give it as one row."""
        names = ("documents", "relevant", "placed", "stories", "mentions", "persons", "issues")
        return {"output": str(self.output)} | {name: getattr(self, name) for name in names}


def read_file(path: Path, output: Path, progress: Progress, workers: int = 0) -> TextsRead:
    """Read texts and write what they say.

    Args:
        path: One JSON object a line: ``id``, ``text``, and perhaps ``title``, ``language``,
            ``published``, ``url``.
        output: Where one object a line is written, in the same order.
        progress: Is told how far it is.
        workers: Processes; 0 means one a processor where the file is worth it.

    Returns:
        How much was read and found.

    Raises:
        WrongUse: There is no such file, or it would be written over.
        BadInput: A line is no document, with file, line and column; nothing is written then.
    """
    if not path.is_file():
        raise no_file(path, "name a file with one JSON object a line")
    refuse_over(path, output)
    size = path.stat().st_size
    count = workers or (1 if size < _ALONE_BYTES else len(os.sched_getaffinity(0)))
    progress.begin("read", size // _BATCH_BYTES + 1)
    try:
        opened = path.open("rb")
    except OSError as error:
        raise LookAtThis(f"{path} cannot be read: {error.strerror}", do="check who may") from error
    with opened as lines, replacing(output) as out:
        writing = _Writing(out, TextsRead(output))
        for batch in _analysed(lines, path, count):
            writing.take(batch)
            progress.advance(f"{writing.done.documents} texts")
        writing.finish()
    progress.end(f"{writing.done.documents} texts, {writing.done.relevant} about drugs")
    return writing.done


@dataclass(slots=True)
class _Writing:
    out: BinaryIO
    done: TextsRead
    grouping: Grouping = field(default_factory=Grouping)
    rooms: array[int] = field(default_factory=lambda: array("q"))
    at: int = 0

    def take(self, batch: list[Line]) -> None:
        """Write the lines of a batch with room for their story's key."""
        for line in batch:
            self.rooms.append(self.at + len(line.before))
            whole = b"".join((line.before, _ROOM, line.after, b"\n"))
            self.out.write(whole)
            self.at += len(whole)
            self.grouping.add(line.features)
            self._count(line)

    def _count(self, line: Line) -> None:
        done = self.done
        done.documents += 1
        done.relevant += line.relevant
        done.mentions += line.mentions
        done.persons += line.persons
        done.placed += line.placed
        done.issues += line.issues

    def finish(self) -> None:
        """Fill in the keys."""
        keys = self.grouping.keys()
        for room, key in zip(self.rooms, keys, strict=True):
            self.out.seek(room)
            self.out.write(key.encode())
        self.done.stories = len(set(keys))


def _batches(lines: BinaryIO, name: str) -> Iterator[list[tuple[int, bytes]]]:
    """Give the lines that are not blank, with their numbers, some hundred kilobytes at a time."""
    batch: list[tuple[int, bytes]] = []
    held, number = 0, 0
    while line := lines.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            raise BadInput(
                f"the line has more than {_LONGEST_LINE:,} bytes",
                why="each line is one document",
                do="write one JSON object a line; split the text into its parts",
                where=Place(name, number),
            )
        if line.isspace():
            continue
        batch.append((number, line))
        held += len(line)
        if held >= _BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _analysed(lines: BinaryIO, path: Path, workers: int) -> Iterator[list[Line]]:
    batches = _batches(lines, str(path))
    if workers == 1:
        for batch in batches:
            yield analyse_lines(batch, str(path))
        return
    # Fresh processes: a copy of one that runs threads can hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[Line]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(analyse_lines, batch, str(path)))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

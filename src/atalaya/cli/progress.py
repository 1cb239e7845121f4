"""Draws progress on a terminal; writes one line a step when standard error is a file or pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

from atalaya.cli import console


class TerminalProgress:
    """A `pipeline.progress.Progress` for people; use it as a context manager."""

    def __init__(self) -> None:
        self._live: Any = None
        self._task: Any = None
        self._step = ""

    def __enter__(self) -> TerminalProgress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            self._live = Progress(
                TextColumn("{task.description}"),
                BarColumn(bar_width=24),
                MofNCompleteColumn(),
                TextColumn("{task.fields[what]}"),
                console=Console(stderr=True),
                transient=True,
            )
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def begin(self, step: str, total: int | None = None) -> None:
        """A step begins."""
        self._step = step
        if self._live is not None:
            self._task = self._live.add_task(f"{step:8}", total=total, what="")

    def advance(self, what: str = "") -> None:
        """One more thing is done."""
        if self._live is not None:
            self._live.update(self._task, advance=1, what=what[:60])

    def end(self, says: str) -> None:
        """The step is over."""
        if self._live is not None:
            self._live.remove_task(self._task)
            self._live.console.print(f"{self._step:8} {says}", markup=False, highlight=False)
        else:
            console.say(f"{self._step:8} {says}")

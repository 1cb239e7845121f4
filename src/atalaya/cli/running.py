"""Runs the pipeline with its progress shown, once or again and again, and serves the site."""

from __future__ import annotations

import gc
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from atalaya.cli import configuration, console
from atalaya.cli.clock import SystemClock
from atalaya.cli.following import follow_up
from atalaya.cli.progress import TerminalProgress
from atalaya.evidence.heartbeat import beat
from atalaya.model.errors import AtalayaError, WrongUse
from atalaya.model.settings import Folder, Settings

_RARELY = 100_000, 50, 100  # Python's own: 700, 10, 10
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def interval(text: str) -> timedelta:
    """Read an interval such as ``30m``, ``6h`` or ``1d``.

    Raises:
        WrongUse: It has another form, or is shorter than a minute.

    >>> interval("6h")
    datetime.timedelta(seconds=21600)
    """
    found = re.fullmatch(r"(\d{1,4})([mhd])", text)
    if not found or int(found[1]) == 0:
        raise WrongUse(f"{text!r} is not an interval", do="write 30m, 6h or 1d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def run_and_serve(
    folder: Folder, *, serve: bool, every: str | None, due: str | None, as_json: bool
) -> None:
    """Run once and serve, or run at an interval while serving.

    Args:
        folder: The observatory.
        serve: Whether the site is served.
        every: The interval at which this command runs again, or None: it runs once.
        due: The interval at which another program, such as a timer, runs this command again; the
            site says when it has not.
        as_json: Print JSON lines, on a terminal too.

    Raises:
        WrongUse: An interval has another form, or both are given.
    """
    if every and due:
        raise WrongUse(
            "--every and --due are given",
            do="--every repeats the run; --due says that a timer does",
        )
    settings = configuration.load(folder)
    if every:
        _repeat(folder, settings, every, serve=serve, as_json=as_json)
        return
    _run(folder, settings, interval(due) if due else None, as_json=as_json)
    if serve:
        _serve(folder, settings)


def _repeat(folder: Folder, settings: Settings, every: str, *, serve: bool, as_json: bool) -> None:
    pause = interval(every)
    stop = threading.Event()
    if serve:
        from atalaya.cli.serving import ready

        threading.Thread(target=ready(folder, settings), daemon=True).start()
    while not stop.is_set():
        try:
            _run(folder, settings, pause, as_json=as_json)
        except AtalayaError as error:
            if error.exit_code == 5:  # noqa: PLR2004 - proof is at stake: never go on
                raise
            console.tell(error)
        console.say(f"next run in {every}")
        stop.wait(pause.total_seconds())


def run_steps(folder: Folder, last: str, *, as_json: bool) -> None:
    """Do the steps up to and including one."""
    from atalaya.pipeline.flow import run

    with TerminalProgress() as progress:
        report = run(folder, configuration.load(folder), SystemClock(), progress, last=last)
    console.show(report.rows(), as_json=as_json)


def serve_site(folder: Folder, host: str | None, port: int | None) -> None:
    """Serve the newest release."""
    settings = configuration.load(folder)
    given: dict[str, Any] = {"host": host, "port": port}
    serving = settings.serving.model_copy(
        update={key: value for key, value in given.items() if value is not None}
    )
    _serve(folder, settings.model_copy(update={"serving": serving}))


def _run(folder: Folder, settings: Settings, every: timedelta | None, *, as_json: bool) -> None:
    from atalaya.pipeline.flow import run

    clock = SystemClock()
    try:
        with TerminalProgress() as progress, _seldom_collecting():
            report = run(folder, settings, clock, progress)
    except AtalayaError as error:
        beat(folder.tables, clock.now(), every, problem=error.what)
        raise
    beat(folder.tables, clock.now(), every)
    console.say(*report.lines())
    follow_up(folder, settings)
    if as_json or not sys.stdout.isatty():
        console.show(report.rows(), as_json=True)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for cycles seldom: a run keeps most of what it makes, and looking took a tenth of it."""
    usual = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _serve(folder: Folder, settings: Settings) -> None:
    from atalaya.cli.serving import ready

    ready(folder, settings)()

"""Shows what is new in a person's own sheet: on the terminal, as JSON lines, and as a page."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from atalaya.cli import console
from atalaya.cli.clock import SystemClock
from atalaya.model.errors import BadInput, Place, WrongUse

_PAGE = "what-is-new.html"


def watch_sheet(
    file: Path,
    into: Path | None,
    page: Path | None,
    language: str,
    *,
    as_json: bool,
    mapping: Sequence[str] = (),
) -> None:
    """Say what is new in a sheet.

    Args:
        file: The sheet: XLSX or CSV.
        into: Folder in which it is kept, or None: nothing of it is kept.
        page: Where the page is written, or None: in ``into``, else in a private temporary folder.
        language: ``en``, ``es`` or ``pt``.
        as_json: JSON lines on a terminal too.
        mapping: What ``--map`` was given: ``KEY=HEADING``.

    Raises:
        WrongUse: The file, a heading or the language does not exist.
        BadInput: The file is no table that can be read; nothing was written.
    """
    from atalaya.evidence.durable import write_file
    from atalaya.pipeline.watch_store import WatchStore
    from atalaya.pipeline.watching import registers, watch
    from atalaya.publishing.watch.lines import lines
    from atalaya.publishing.watch.page import page as write_page
    from atalaya.publishing.watch.voices import Voice
    from atalaya.reading.sheets.asking import asked_of

    if page is not None and (page.is_dir() or page.resolve() == file.resolve()):
        what = "a folder" if page.is_dir() else "the sheet itself"
        raise WrongUse(f"--page {page} is {what}", do="name another file, such as new.html")
    known = registers()
    voice = Voice(language, known.substances, known.territories)
    asked = asked_of(mapping)
    store = None if into is None else WatchStore(into)
    report = watch(_read(file), file.name, asked, SystemClock().now(), store)
    target = page or (into / _PAGE if into is not None else Path(_private_folder()) / _PAGE)
    write_file(target, write_page(report, voice).encode(), 0o600)
    if as_json or not sys.stdout.isatty():
        console.show(lines(report, voice), as_json=True)
    else:
        from atalaya.cli.watch_summary import summary

        summary(report, voice)
    console.say(voice.say("page.at", path=str(target.resolve())))
    kept = voice.say("kept.not") if into is None else voice.say("kept.in", folder=str(into))
    console.say(kept)


def _private_folder() -> str:
    """Make a fresh folder that only its owner can open."""
    return tempfile.mkdtemp(prefix="atalaya-watch-")


def _read(file: Path) -> bytes:
    from atalaya.reading.missing import no_file

    if file.is_dir():
        raise WrongUse(f"{file} is a folder", do="name one XLSX or CSV file in it")
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise no_file(file, "check its name") from error
    except OSError as error:
        raise BadInput(
            f"the file cannot be opened: {error.strerror or error}",
            do="close it in other programs, or get permission to read it",
            where=Place(str(file)),
        ) from error

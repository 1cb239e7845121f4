"""Commands on sealed originals, of an observatory or of a folder of sheets."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from atalaya.cli import configuration, console
from atalaya.cli.clock import SystemClock
from atalaya.model.errors import WrongUse

if TYPE_CHECKING:
    from atalaya.pipeline.originals import Keeps

Original = Annotated[str, typer.Argument(metavar="SHA", help="`atalaya list originals` names it.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in your words.")]
Dir = Annotated[Path | None, typer.Option("--dir", help="An observatory, or a folder of sheets.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command("open")(open_)
    app.command()(erase)


def open_(
    original: Original,
    reason: Reason,
    out: Annotated[Path, typer.Option("--out", help="Where to write it; - for the next program.")],
    dir: Dir = None,  # noqa: A002 - the option's name
) -> None:
    """Open a sealed original for a reason, which is logged before a byte is given."""
    from atalaya.evidence.durable import write_file
    from atalaya.pipeline.originals import open_original, true_address

    to_program = str(out) == "-"
    if not to_program and out.exists():
        raise WrongUse(f"{out} exists and is not overwritten", do="give another name")
    now = SystemClock().now()
    keeps = keeper(dir)
    plain = open_original(keeps, original, reason, getpass.getuser(), now)
    if address := true_address(keeps, original):
        console.say(f"it came from {address}")
    if to_program:
        sys.stdout.buffer.write(plain)
    else:
        write_file(out, plain, 0o600)
        console.say(f"opened into {out}; it may name private persons: delete it when done")


def erase(
    original: Original,
    reason: Reason,
    key: Annotated[
        Path | None, typer.Option("--key", help="Your reviewer's key file; sheets need none.")
    ] = None,
    dir: Dir = None,  # noqa: A002 - the option's name
) -> None:
    """Erase a sealed original for good: a signed and logged decision, then its key is destroyed."""
    from atalaya.cli.review import read_key
    from atalaya.pipeline.originals import erase_original
    from atalaya.pipeline.watch_originals import Sheets

    keeps, now = keeper(dir), SystemClock().now()
    if key is not None:
        signing = read_key(key)
    elif isinstance(keeps, Sheets):
        signing = keeps.owner_key(now)
    else:
        raise WrongUse("an erasure is signed", do="give --key with a reviewer's key file")
    number = erase_original(keeps, original, reason, signing, now)
    console.say(
        f"erased by decision {number} of the log: its key is destroyed",
        "backups made before still hold the key; destroy them, or the keys in them, as well",
    )


def keeper(folder: Path | None) -> Keeps:
    """Find what keeps originals in a folder."""
    from atalaya.pipeline.originals import Observatory
    from atalaya.pipeline.watch_originals import Sheets, keeps_sheets
    from atalaya.pipeline.watch_store import WatchStore

    if folder is not None and keeps_sheets(folder):
        return Sheets(WatchStore(folder))
    here = configuration.observatory(folder)
    return Observatory(here, configuration.load(here))

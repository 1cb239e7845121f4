"""The command that tells what changed in followed pages, or between two files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from atalaya.cli import configuration, console
from atalaya.model.errors import WrongUse

_TWO = 2


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(changes)


def changes(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[DIR | OLD NEW]", help="The observatory's folder, or two files."),
    ] = None,
    *,
    source: Annotated[str | None, typer.Option(help="Only this source, by its slug.")] = None,
    since: Annotated[str | None, typer.Option(help="Only from this day on: 2026-03-01.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, on a terminal too.")] = False,
) -> None:
    """Tell what changed in followed pages, by date, or between two files."""
    from atalaya.pipeline.changing import compare_files, list_changes

    given = paths or []
    if len(given) > _TWO:
        raise WrongUse(f"{len(given)} files cannot be compared", do="name two: OLD NEW")
    if len(given) == 1 and given[0].is_file():
        raise WrongUse(
            f"{given[0]} is one file, and nothing to compare it with is named",
            do="name two: OLD NEW; or the folder of an observatory",
        )
    if len(given) < _TWO:
        folder = configuration.observatory(given[0] if given else None)
        rows = list(list_changes(folder, source, since))
        console.show(rows, as_json=as_json, title="Changes")
        if not rows:
            console.say("no page that is followed has changed, as far as was asked for")
        return
    if source is not None or since is not None:
        raise WrongUse("two files have no source and no day", do="leave out --source and --since")
    done = compare_files(*given)
    console.say(done.says)
    console.show(done.rows, as_json=as_json, title="Changes")

"""Commands that read what a body decided: its votes, and what its resolutions ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from atalaya.cli import console

AsJson = Annotated[bool, typer.Option("--json", help="JSON lines, on a terminal too.")]
Text = Annotated[Path | None, typer.Option(help="Write the text here to which the places refer.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(votes)
    app.command()(asks)


def votes(
    file: Annotated[Path, typer.Argument(help="A record of votes: HTML, Markdown, PDF or text.")],
    *,
    output: Annotated[Path, typer.Option(help="Who voted how, CSV.")],
    record: Annotated[
        Path | None, typer.Option(help="Totals, explanations and issues, JSON.")
    ] = None,
    text: Text = None,
    as_json: AsJson = False,
) -> None:
    """Read who voted how, check names against totals, and say what does not fit."""
    from atalaya.pipeline.voting import votes as read_votes

    done = read_votes(file, output, record, text)
    console.say(*done.says)
    console.show([done.row()], as_json=as_json, title="Votes")


def asks(
    file: Annotated[Path, typer.Argument(help="A resolution: HTML, Markdown, PDF or text.")],
    *,
    output: Annotated[Path, typer.Option(help="What it asks for, JSON.")],
    text: Text = None,
    as_json: AsJson = False,
) -> None:
    """Split a resolution into asks: of whom, to do what, by when, with what money."""
    from atalaya.pipeline.asking import split

    done = split(file, output, text)
    console.say(*done.says)
    console.show([done.row()], as_json=as_json, title="Asks")

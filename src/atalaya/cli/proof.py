"""Commands that prove: from a number to its bytes, and everything against everything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from atalaya.cli import configuration, console
from atalaya.cli.clock import SystemClock
from atalaya.model.errors import WrongUse

Dir = Annotated[Path | None, typer.Option("--dir", help="The observatory's folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, on a terminal too.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(why)
    app.command()(verify)
    app.command("rotate-key")(rotate_key)


def why(
    reference: Annotated[str, typer.Argument(help="signals.csv:1:observed, or an identifier.")],
    dir: Dir = None,  # noqa: A002
    *,
    release: Annotated[str | None, typer.Option(help="A release; the newest if absent.")] = None,
    as_json: AsJson = False,
) -> None:
    """Walk from a published number to the quoted passage, the archived bytes and the log."""
    from atalaya.pipeline.proving import explain_reference

    folder = configuration.observatory(dir)
    tree = explain_reference(folder, configuration.load(folder), reference, release)
    if as_json or not sys.stdout.isatty():
        sys.stdout.write(tree.to_json() + "\n")
    else:
        sys.stdout.write(tree.text())


def verify(
    dir: Annotated[Path | None, typer.Argument(help="The observatory's folder.")] = None,  # noqa: A002
    *,
    release: Annotated[str | None, typer.Option(help="Only this release; else all.")] = None,
    proof: Annotated[
        Path | None, typer.Option(help="A score's file instead; no observatory is needed.")
    ] = None,
    key: Annotated[str | None, typer.Option(help="With --proof: the log's verifier key.")] = None,
    log: Annotated[Path | None, typer.Option(help="With --proof: a copy of the log.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check log, evidence, decisions, every proof and every published figure; offline."""
    if proof is not None:
        from atalaya.cli.foresight import verify_proof

        if dir is not None or release is not None:
            raise WrongUse("--proof is checked by itself", do="leave out folder and --release")
        if not verify_proof(proof, key, log, as_json=as_json):
            raise typer.Exit(1)
        return
    if key is not None or log is not None:
        raise WrongUse("--key and --log go with --proof", do="name the file of a score")
    from atalaya.cli.progress import TerminalProgress
    from atalaya.pipeline.proving import verify_observatory
    from atalaya.pipeline.watch_originals import Sheets, keeps_sheets
    from atalaya.pipeline.watch_store import WatchStore

    if dir is not None and keeps_sheets(dir):
        report = Sheets(WatchStore(dir)).verify()
    else:
        folder = configuration.observatory(dir)
        settings = configuration.load(folder)
        with TerminalProgress() as progress:
            today = SystemClock().now().date()
            report = verify_observatory(folder, settings, release, today, progress)
    console.show(report.rows(), as_json=as_json, title="Checks")
    if not report.good:
        raise typer.Exit(1)


def rotate_key(
    dir: Annotated[Path | None, typer.Argument(help="The observatory's folder.")] = None,  # noqa: A002
) -> None:
    """Give the log a new signing key, vouched for by the old one."""
    from atalaya.pipeline.keys import rotate

    folder = configuration.observatory(dir)
    vkey = rotate(folder)
    console.say("the log now signs with a new key; publish its verifier key:", vkey)

"""The entry point: the app, its commands, and errors turned into messages and exit codes."""

from __future__ import annotations

import sys

import typer

from atalaya import __version__
from atalaya.cli import console
from atalaya.model.errors import AtalayaError

app = typer.Typer(
    name="atalaya",
    help="An open, self-hosted observatory for humanitarian drug policy.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line and end with its exit code."""
    from atalaya.cli import (
        alerts,
        backtesting,
        catalogue,
        changing,
        data,
        documents,
        foresight,
        observatory,
        originals,
        placing,
        proof,
        resolving,
        retracting,
        review,
    )  # fmt: skip

    parts = (
        observatory,
        catalogue,
        data,
        documents,
        changing,
        backtesting,
        proof,
        foresight,
        review,
        resolving,
        originals,
        alerts,
        retracting,
        placing,
    )
    for part in parts:
        part.register(app)
    try:
        app()
    except AtalayaError as error:
        console.tell(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        console.say("stopped; what was finished is kept")
        sys.exit(130)


@app.callback(invoke_without_command=True)
def _version(
    *,
    version: bool = typer.Option(False, "--version", help="Print the version and exit."),
) -> None:
    if version:
        sys.stdout.write(f"atalaya {__version__}\n")
        raise typer.Exit

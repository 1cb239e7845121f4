"""Commands that say which names are one body's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from atalaya.cli import configuration, console
from atalaya.cli.clock import SystemClock
from atalaya.model.errors import WrongUse

Decisions = Annotated[
    Path | None, typer.Option("--decisions", help="Signed decisions on pairs of names.")
]
Dir = Annotated[Path | None, typer.Option("--dir", help="The observatory of the reviewers.")]

commands = typer.Typer(help="Say which names are one body's.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    commands.command()(organisations)
    commands.command()(decide)
    app.add_typer(commands, name="resolve")


def organisations(
    *,
    input: Annotated[Path, typer.Option(help="Names, one a line.")],  # noqa: A002
    output: Annotated[Path, typer.Option(help="Bodies, CSV.")],
    groups: Annotated[
        bool, typer.Option("--groups", help="Blank lines part lists printed by themselves.")
    ] = False,
    decisions: Decisions = None,
    dir: Dir = None,  # noqa: A002
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, on a terminal too.")] = False,
) -> None:
    """Say which names of organisations are one body's, each with why."""
    from atalaya.pipeline import namings, resolving

    decided = None
    if decisions is not None:
        here = configuration.observatory(dir)
        decided = namings.read_namings(decisions, here, configuration.load(here))
    done = resolving.resolve_file(input, output, groups=groups, decided=decided)
    console.say(f"names: {done.names}; bodies they stand for: {done.bodies}")
    console.show([done.row()], as_json=as_json, title="Resolved")


def decide(  # noqa: PLR0913 - a command's options are its arguments
    one: Annotated[str, typer.Argument(help="A name, as the list has it.")],
    other: Annotated[str, typer.Argument(help="Another.")],
    *,
    same: Annotated[
        bool | None, typer.Option("--same/--apart", help="One body, or two.", show_default=False)
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, in your words.")],
    key: Annotated[Path, typer.Option("--key", help="Your reviewer's key file.")],
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", help="Where it is added; the observatory's own by default."),
    ] = None,
    dir: Dir = None,  # noqa: A002
) -> None:
    """Decide that two names are one body or two; a later decision undoes an earlier one."""
    from atalaya.cli.review import read_key
    from atalaya.pipeline import namings

    if same is None:
        raise WrongUse("it is not said what was decided", do="give --same or --apart")
    choice = namings.Choice(one, other, same, reason)
    now = SystemClock().now()
    if decisions is None:
        here = configuration.observatory(dir)
        taken = namings.decide_here(here, configuration.load(here), choice, read_key(key), now)
        console.say(f"{taken.id} is signed, added to {here.namings} and committed to in the log")
        return
    taken = namings.decide(decisions, choice, read_key(key), now)
    console.say(f"{taken.id} is signed and added to {decisions}; no log holds it")

"""Commands for one observatory's folder: make it, run it, serve it, keep it safe."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from atalaya.cli import configuration, console
from atalaya.model.errors import WrongUse

Dir = Annotated[Path | None, typer.Argument(help="The observatory's folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON lines, on a terminal too.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    for command in (
        init,
        run,
        fetch,
        count,
        serve,
        backup,
        restore,
        upgrade,
    ):
        app.command()(command)
    app.command("settings")(show_settings)
    releases.command("build")(release)
    releases.command("withdraw")(withdraw_release)
    app.add_typer(releases, name="release")


def init(
    dir: Annotated[Path, typer.Argument(help="The folder to make.")],  # noqa: A002 - the contract's word
    *,
    empty: Annotated[bool, typer.Option("--empty", help="Without the starter's sources.")] = False,
) -> None:
    """Make a new observatory from the starter."""
    from atalaya.pipeline.starting import start

    folder = start(dir, empty=empty)
    console.say(
        f"made {folder.root}",
        f"its signing key is {folder.keys / 'log.key'}: back it up, and show it to nobody",
        f"next: atalaya run {folder.root}",
    )


def run(
    dir: Dir = None,  # noqa: A002
    *,
    serve: Annotated[bool, typer.Option(help="Serve the site afterwards.")] = True,
    every: Annotated[str | None, typer.Option(help="Run again and again: 30m, 6h, 1d.")] = None,
    due: Annotated[
        str | None, typer.Option(help="A timer runs it again: say on the site if it does not.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch, read, count, judge, review, release, then serve."""
    from atalaya.cli.running import run_and_serve

    root = configuration.where(dir)
    if not root.exists() and dir is None:
        init(root)
    folder = configuration.observatory(dir)
    run_and_serve(folder, serve=serve, every=every, due=due, as_json=as_json)


def fetch(dir: Dir = None, *, as_json: AsJson = False) -> None:  # noqa: A002
    """Fetch the sources and archive what is new."""
    _steps(dir, "fetch", as_json=as_json)


def count(dir: Dir = None, *, as_json: AsJson = False) -> None:  # noqa: A002
    """Count claims into series."""
    _steps(dir, "count", as_json=as_json)


class _BuildsByDefault(TyperGroup):
    """``atalaya release [DIR]`` is the step; only a command that is named is another."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the step's name before arguments that name no command."""
        known = {*self.commands, "--help"}
        return super().parse_args(ctx, args if args[:1] and args[0] in known else ["build", *args])


releases = typer.Typer(
    cls=_BuildsByDefault,
    help="Publish a release of what is known, or withdraw one.",
    rich_markup_mode=None,
)


def withdraw_release(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as 2026-11-24-1.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; anybody may read it in the log.")],
    dir: Annotated[Path | None, typer.Option("--dir", help="The observatory's folder.")] = None,  # noqa: A002
) -> None:
    """Withdraw a release: the log says so and why, then its folder is deleted."""
    from atalaya.cli.clock import SystemClock
    from atalaya.pipeline.releasing import withdraw

    stone = withdraw(configuration.observatory(dir), name, reason, SystemClock().now())
    console.say(
        str(stone),
        "copies that others took of it are still about: tell those who use it",
    )


def release(dir: Dir = None, *, as_json: AsJson = False) -> None:  # noqa: A002
    """Publish a release of what is known."""
    _steps(dir, "release", as_json=as_json)


def _steps(folder: Path | None, last: str, *, as_json: bool) -> None:
    """Do the steps up to and including one; what has not changed is skipped."""
    from atalaya.cli.running import run_steps

    run_steps(configuration.observatory(folder), last, as_json=as_json)


def serve(
    dir: Dir = None,  # noqa: A002
    *,
    host: Annotated[str | None, typer.Option(help="Address to answer on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to answer on.", min=1, max=65535)] = None,
) -> None:
    """Serve the site and the API."""
    from atalaya.cli.running import serve_site

    serve_site(configuration.observatory(dir), host, port)


def show_settings(dir: Dir = None, *, as_json: AsJson = False) -> None:  # noqa: A002
    """Print each setting, its value, and where it came from."""
    rows = configuration.explain(configuration.observatory(dir))
    console.show((row._asdict() for row in rows), as_json=as_json, title="Settings")


def backup(
    archive: Annotated[Path, typer.Argument(help="The file to make, such as backup.tar.gz.")],
    dir: Dir = None,  # noqa: A002
) -> None:
    """Write everything that cannot be rebuilt, keys included, into one file."""
    from atalaya.pipeline.backups import backup as write
    from atalaya.pipeline.reviewing import decisions_of

    folder = configuration.observatory(dir)
    with decisions_of(folder, configuration.load(folder)) as decisions:
        number = write(folder, decisions, archive)
    console.say(
        f"{number} files are in {archive}",
        "it holds the signing key: keep it as safe as the key itself",
    )


def restore(
    archive: Annotated[Path, typer.Argument(help="A file that `atalaya backup` made.")],
    dir: Annotated[Path, typer.Argument(help="The folder to make.")],  # noqa: A002
) -> None:
    """Make an observatory again from a backup."""
    from atalaya.pipeline.backups import restore as read

    if not archive.is_file():
        raise WrongUse(f"there is no file {archive}", do="name a backup")
    number = read(archive, dir)
    console.say(f"{number} files restored to {dir}", f"next: atalaya verify {dir}")


def upgrade(dir: Dir = None) -> None:  # noqa: A002
    """Bring an older observatory's files to this version."""
    from atalaya.pipeline.upgrading import upgrade as bring

    folder = configuration.observatory(dir)
    done = bring(folder, configuration.load(folder))
    console.say(*(done or ("nothing to do: every file is of this version",)))

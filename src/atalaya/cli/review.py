"""Commands for the people who decide on signals."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from atalaya.cli import configuration, console
from atalaya.cli.clock import SystemClock
from atalaya.model.errors import WrongUse

Dir = Annotated[Path | None, typer.Option("--dir", help="The observatory's folder.")]
Key = Annotated[Path, typer.Option("--key", help="Your reviewer's key file.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in your words.")]
Signal = Annotated[str, typer.Argument(help="signal:..., or its first digits.")]
Waits = Annotated[
    str,
    typer.Option("--decision", help="The signature you read, as `alerts waiting` gives it."),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON lines, on a terminal too.")]

reviewers = typer.Typer(
    help="Who may decide on signals.", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    for command in (triage, monitor, confirm, dismiss, sign, countersign, withdraw):
        app.command()(command)
    app.command("return")(send_back)
    reviewers.command("add")(add_reviewer)
    reviewers.command("list")(list_reviewers)
    reviewers.command("remove")(remove_reviewer)
    reviewers.command("sign-in")(sign_in)
    app.add_typer(reviewers, name="reviewer")


def triage(signal: Signal, reason: Reason, key: Key, dir: Dir = None) -> None:  # noqa: A002 - the option's name
    """Take a signal up: somebody is looking at it."""
    _decide(key, dir, signal=signal, action="triage", reason=reason)


def monitor(signal: Signal, reason: Reason, key: Key, dir: Dir = None) -> None:  # noqa: A002
    """Keep a signal in sight that was looked at and cannot be judged yet."""
    _decide(key, dir, signal=signal, action="monitor", reason=reason)


def confirm(signal: Signal, reason: Reason, key: Key, dir: Dir = None) -> None:  # noqa: A002
    """Say that a triaged or monitored signal was assessed: it is real, as far as can be known."""
    _decide(key, dir, signal=signal, action="confirm", reason=reason)


def dismiss(signal: Signal, reason: Reason, key: Key, dir: Dir = None) -> None:  # noqa: A002
    """Say that a signal is nothing to act on."""
    _decide(key, dir, signal=signal, action="dismiss", reason=reason)


def withdraw(signal: Signal, reason: Reason, key: Key, dir: Dir = None) -> None:  # noqa: A002
    """Take back a confirmed signal or a signed alert."""
    _decide(key, dir, signal=signal, action="withdraw", reason=reason)


def sign(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    signal: Signal,
    reason: Reason,
    key: Key,
    advice: Annotated[str, typer.Option("--advice", help="What people should do.")],
    expires: Annotated[str, typer.Option("--expires", help="Last day it holds, YYYY-MM-DD.")],
    dir: Dir = None,  # noqa: A002
    form: Annotated[Path | None, typer.Option("--form", help="The alert form, filled in.")] = None,
) -> None:
    """Sign a confirmed signal: it becomes an alert in your name, until it expires."""
    try:
        last_day = date.fromisoformat(expires)
    except ValueError as error:
        raise WrongUse(f"{expires!r} is not a day", do="write it as 2026-12-31") from error
    wish = {"signal": signal, "action": "sign", "reason": reason}
    filled = read_form(form) if form else None
    _decide(key, dir, **wish, advice=advice, expires=last_day, form=filled)


def countersign(
    signal: Signal,
    decision: Waits,
    reason: Reason,
    key: Key,
    dir: Dir = None,  # noqa: A002
) -> None:
    """Sign, as the second person, exactly what another reviewer signed: it becomes an alert."""
    _decide(key, dir, signal=signal, action="countersign", reason=reason, of=decision)


def send_back(
    signal: Signal,
    decision: Waits,
    reason: Reason,
    key: Key,
    dir: Dir = None,  # noqa: A002
) -> None:
    """Send a signature that waits for a second person back, with your reason."""
    _decide(key, dir, signal=signal, action="return", reason=reason, of=decision)


def read_form(path: Path) -> dict[str, Any]:
    """Read an alert form that a person filled in."""
    from atalaya.evidence.toml_files import read_toml

    return read_toml(path).content


def add_reviewer(
    name: Annotated[str, typer.Argument(help="Name shown beside what they sign.")],
    key: Annotated[Path, typer.Option("--key", help="Where to write their new key file.")],
    dir: Dir = None,  # noqa: A002
) -> None:
    """Add a reviewer and write their key file, which only they should keep."""
    from atalaya.pipeline import reviewing

    folder = configuration.observatory(dir)
    added = reviewing.add_reviewer(
        folder, configuration.load(folder), name, key, SystemClock().now()
    )
    console.say(f"{added.id} may now decide; their key is in {key}. Give it to them and only them.")


def remove_reviewer(
    name: Annotated[str, typer.Argument(help="Their name or reviewer:...")],
    dir: Dir = None,  # noqa: A002
) -> None:
    """From now on this reviewer may no longer decide; what they decided stays."""
    from atalaya.pipeline import reviewing

    folder = configuration.observatory(dir)
    removed = reviewing.remove_reviewer(
        folder, configuration.load(folder), name, SystemClock().now()
    )
    console.say(f"{removed.id} may no longer decide")


def list_reviewers(dir: Dir = None, *, as_json: AsJson = False) -> None:  # noqa: A002
    """List who may decide."""
    from atalaya.pipeline import reviewing

    folder = configuration.observatory(dir)
    rows = [one.leaf() for one in reviewing.reviewers(folder, configuration.load(folder))]
    console.show(rows, as_json=as_json, title="Reviewers")


def sign_in(
    request: Annotated[str, typer.Argument(help="The line the review page shows.")],
    key: Key,
) -> None:
    """Answer the review page's sign-in request with your key."""
    from atalaya.findings.sessions import answer

    typer.echo(answer(request, read_key(key)))


def read_key(path: Path) -> Any:
    """Read a reviewer's key file, which nobody else may be able to read.

    Raises:
        WrongUse: There is no such file, or other accounts can read it.
    """
    from atalaya.findings.reviewers import ReviewerKey

    if not path.is_file():
        raise WrongUse(f"there is no key file {path}", do="`atalaya reviewer add` writes one")
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise WrongUse(
            f"other accounts can read {path}",
            do=f"run chmod 600 {path}; if somebody may have read it, ask for a new key",
        )
    return ReviewerKey.parse(path.read_text("utf-8").strip())


def _decide(key: Path, folder: Path | None, *, signal: str, action: str, **wish: Any) -> None:
    from atalaya.findings.states import Action
    from atalaya.pipeline import reviewing

    here = configuration.observatory(folder)
    wished = reviewing.Wish(signal, Action(action), **wish)
    standing = reviewing.decide(
        here, configuration.load(here), wished, read_key(key), SystemClock().now()
    )
    console.say(f"{signal} is now {standing.state}; the decision is signed and logged")
    if standing.waiting is not None:
        console.say(
            f"it is no alert until a second reviewer runs `atalaya countersign {signal} "
            f"--decision {standing.waiting.id}`, at the latest on {standing.waiting.expires}"
        )

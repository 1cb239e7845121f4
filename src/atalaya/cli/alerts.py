"""Commands for alerts: what to look at first, the form, drafts, and every channel out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from atalaya.cli import configuration, console
from atalaya.cli.clock import SystemClock
from atalaya.cli.review import Dir, Signal, read_form
from atalaya.model.errors import AtalayaError, LookAtThis, TryLater, WrongUse

AsJson = Annotated[bool, typer.Option("--json", help="JSON lines, on a terminal too.")]
Form = Annotated[Path | None, typer.Option("--form", help="The alert form, filled in.")]

alerts = typer.Typer(
    help="What to look at first, and alerts out on every channel.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    for command in (queue, waiting, form, draft, write, send):
        alerts.command()(command)
    app.add_typer(alerts, name="alerts")


def queue(dir: Dir = None, *, as_json: AsJson = False) -> None:  # noqa: A002 - the option's name
    """Show what to look at this week, what waits, and what says nothing new."""
    from atalaya.findings.alerts.record import DOUBTED
    from atalaya.pipeline.alerting import alerts as signed
    from atalaya.pipeline.queueing import queue as gather
    from atalaya.pipeline.reviewing import decisions_of

    folder = configuration.observatory(dir)
    settings, now = configuration.load(folder), SystemClock().now()
    with decisions_of(folder, settings) as store:
        board = gather(folder, store, now.date(), settings.alerts.analysts)
        doubtful = [one for one in signed(folder, store, now).notices if one.kind == DOUBTED]
    rows = [_doubtful_row(one) for one in doubtful] + [
        _ranked_row(place, one)
        for place, group in (("now", board.now), ("queue", board.queue), ("quiet", board.quiet))
        for one in group
    ]
    console.show(rows, as_json=as_json, title="What to look at")
    if doubtful:
        console.say(f"evidence retracted under {len(doubtful)} standing alerts: look at them first")
    console.say(
        f"{len(board.now)} within this week's budget ({board.left} left of it), "
        f"{len(board.queue)} in the discovery queue, {len(board.quiet)} with nothing new"
    )


def waiting(dir: Dir = None, *, as_json: AsJson = False) -> None:  # noqa: A002
    """Show what one person signed and a second one has not, with every word of it."""
    from atalaya.pipeline.reviewing import decisions_of

    folder = configuration.observatory(dir)
    with decisions_of(folder, configuration.load(folder)) as store:
        names = {one.id: one.name for one in store.reviewers()}
        standings = store.standings(SystemClock().now().date()).values()
    found = [one.waiting for one in standings if one.waiting is not None]
    rows = [
        {
            "signal": one.signal,
            "decision": one.id,
            "signed_by": names[one.reviewer],
            "reason": one.reason,
            "advice": one.advice,
            "expires": one.expires.isoformat() if one.expires else None,
        }
        | dict((one.alert or {}).get("form", {}))
        for one in found
    ]
    console.show(rows, as_json=as_json, title="Waiting for a second person")
    console.say(f"{len(rows)} wait; none of them leaves on any channel")


def form(
    signal: Signal,
    dir: Dir = None,  # noqa: A002
) -> None:
    """Print the alert form of a published signal, to fill in and give to `sign --form`."""
    from atalaya.findings.alerts.blank import blank_form

    row = _published(dir, signal)
    typer.echo(blank_form(row["id"]), nl=False)


def draft(
    signal: Signal,
    form: Form = None,
    language: Annotated[str, typer.Option("--language", help="en, es or pt.")] = "en",
    dir: Dir = None,  # noqa: A002
) -> None:
    """Print a draft of an alert in plain words, for a focal point to check and complete."""
    from atalaya.findings.alerts.form import AlertForm
    from atalaya.findings.alerts.record import Said
    from atalaya.publishing.alerts.sheet import draft as written
    from atalaya.publishing.alerts.voices import voice

    filled = AlertForm.parse(read_form(form) if form else {})
    said = Said.of(_published(dir, signal))
    filled.check(said.territory)
    typer.echo(written(said, filled, voice(language)), nl=False)


def write(
    into: Annotated[Path, typer.Option("--into", help="The folder to write into.")],
    dir: Dir = None,  # noqa: A002
) -> None:
    """Write every alert in every form: CAP, Atom, JSON, CSV, STIX, PDF and text.

    Runs write them again, there, as soon as one has ended or is in doubt.
    """
    from atalaya.pipeline import alert_files, delivering

    folder = configuration.observatory(dir)
    found, files = delivering.write(folder, configuration.load(folder), into, SystemClock().now())
    alert_files.remember(folder, into, found.notices)
    _say_what_is_wrong(found)
    console.say(f"{len(found.notices)} alerts, {files} files in {into}")


def send(dir: Dir = None, *, as_json: AsJson = False) -> None:  # noqa: A002
    """Tell the recipients of observatory.toml what they have not been told yet."""
    from atalaya.pipeline import delivering

    folder = configuration.observatory(dir)
    settings = configuration.load(folder)
    if not settings.webhooks.to and not (settings.mail.host and settings.mail.to):
        raise WrongUse(
            "no channel is configured, so nothing was sent",
            do="set [mail] host and to, or [webhooks] to, in observatory.toml",
        )
    found, done = delivering.send(folder, settings, SystemClock())
    rows = [
        {
            "alert": one.notice.alert.id,
            "notice": one.notice.kind,
            "channel": one.channel,
            "recipient": one.recipient,
            "problem": one.problem.what if one.problem else None,
        }
        for one in done
    ]
    console.show(rows, as_json=as_json, title="Told")
    _say_what_is_wrong(found)
    _fail([one.problem for one in done if one.problem], len(done))


def _fail(problems: list[AtalayaError], tried: int) -> None:
    """End with the exit code of the worst problem."""
    if not problems:
        console.say(f"{tried} told; nobody is told twice")
        return
    what = f"{len(problems)} of {tried} were not told: {problems[0].what}"
    lasting = [one for one in problems if not isinstance(one, TryLater)]
    if lasting:
        raise LookAtThis(what, why=lasting[0].why, do=lasting[0].do, where=lasting[0].where)
    raise TryLater(what, why=problems[0].why, do=problems[0].do, where=problems[0].where)


def _say_what_is_wrong(found: Any) -> None:
    for signal, why in found.left_out:
        console.say(f"left out: {signal}: {why}")
    for alert, why in found.doubtful:
        console.say(f"to check: {alert}: {why}; withdraw it if its ground is gone")


def _published(folder: Path | None, signal: str) -> dict[str, Any]:
    """Find a published signal by its identifier, or by its first digits."""
    from atalaya.pipeline.alerting import only_signal
    from atalaya.pipeline.published import published_signals
    from atalaya.publishing.opening import latest_release

    rows = published_signals(latest_release(configuration.observatory(folder).releases))
    return rows[only_signal(rows, signal)]


def _doubtful_row(notice: Any) -> dict[str, Any]:
    said = notice.alert.said
    return {
        "place": notice.kind,
        "what": said.what,
        "territory": said.territory,
        "period": said.period,
        "signals": [notice.alert.signal],
        "because": [notice.because or "by its publisher, whose new edition no longer holds it"],
        "alert": notice.alert.id,
    }


def _ranked_row(place: str, one: Any) -> dict[str, Any]:
    latest = one.cluster.latest
    return {
        "place": place,
        "rank": one.least,
        "at_most": one.most,
        "what": one.cluster.what,
        "territory": one.cluster.territory,
        "period": latest.period,
        "signals": [firing.signal for firing in one.cluster.firings],
        "because": [
            f"{part.name} {part.least:.2f}"
            + (f"-{part.most:.2f}" if part.value is None else "")
            + f": {part.because}"
            for part in one.contributions
        ],
        "cluster": one.cluster.id,
    }

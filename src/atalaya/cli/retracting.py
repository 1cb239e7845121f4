"""Commands that take evidence back, take that back again, and list both."""

from __future__ import annotations

from typing import Annotated

import typer

from atalaya.cli import configuration, console
from atalaya.cli.clock import SystemClock
from atalaya.cli.review import AsJson, Dir, Key, Reason, read_key
from atalaya.model.errors import AtalayaError
from atalaya.model.settings import Folder, Settings


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    for command in (retract, reinstate, retractions):
        app.command()(command)


def retract(
    references: Annotated[list[str], typer.Argument(metavar="REF...", help="As claims.csv:12.")],
    reason: Reason,
    key: Key,
    dir: Dir = None,  # noqa: A002
) -> None:
    """Retract captures, documents or claims: they count no more, and who was told learns of it."""
    from atalaya.pipeline import retracting

    here = configuration.observatory(dir)
    settings, mine, now = configuration.load(here), read_key(key), SystemClock().now()
    taken = 0
    try:
        for reference in references:
            done = retracting.retract(here, settings, reference, reason, mine, now)
            taken += 1
            said = done.retraction
            rested = len(said.rested) + len(said.supported)
            console.say(
                f"{said.id}: {done.claims} claims of {said.source} count no more; "
                "signed and logged",
                f"{rested} published signals rest on it, {len(done.alerts)} of them standing "
                "alerts",
                *(f"alert to look at again: {one}" for one in done.alerts),
            )
    finally:  # what was taken before one was refused is taken
        if taken:
            _recounted(here, settings)
    console.say(
        "the next release leaves it out; `atalaya run` tells whoever was told of these alerts, "
        "as does `atalaya serve` within a minute"
    )


def reinstate(
    retraction: Annotated[
        list[str],
        typer.Argument(
            metavar="RETRACTION...", help="retraction:..., as `atalaya retractions` lists it."
        ),
    ],
    reason: Reason,
    key: Key,
    dir: Dir = None,  # noqa: A002
) -> None:
    """Take mistaken retractions back: their evidence counts again, and who was told hears."""
    from atalaya.pipeline import reinstating

    here = configuration.observatory(dir)
    settings, mine, now = configuration.load(here), read_key(key), SystemClock().now()
    taken = 0
    try:
        for name in retraction:
            done = reinstating.reinstate(here, settings, name, reason, mine, now)
            taken += 1
            gone = done.retraction
            console.say(
                f"{done.reinstatement.id}: what {gone.id} struck of {gone.source} counts again; "
                "signed and logged"
            )
    finally:  # what was taken back before one was refused is taken back
        if taken:
            _recounted(here, settings)
    console.say(
        "the next release counts it; `atalaya run` tells whoever was told of its alerts, "
        "as does `atalaya serve` within a minute"
    )


def retractions(dir: Dir = None, *, as_json: AsJson = False) -> None:  # noqa: A002
    """List what was retracted, by whom and why, and what was taken back."""
    from atalaya.pipeline import reinstating

    here = configuration.observatory(dir)
    rows = reinstating.retractions_listed(here, configuration.load(here))
    console.show(rows, as_json=as_json, title="Retractions")


def _recounted(here: Folder, settings: Settings) -> None:
    """Say which alerts are in doubt; a failure here undoes nothing that was signed."""
    from atalaya.cli.progress import TerminalProgress
    from atalaya.pipeline.recounting import recount

    try:
        with TerminalProgress() as progress:
            found = recount(here, settings, progress, SystemClock().now())
    except AtalayaError as error:
        console.tell(error)
        console.say("what was signed stands; `atalaya run` counts anew once that is mended")
        return
    doubtful = sorted({one.signal for one in found if one.lifted_at is None})
    console.say(*(f"alert in doubt: {one}" for one in doubtful))

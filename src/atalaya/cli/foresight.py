"""Commands that seal what is said now, score it later, and compare what two systems saw."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from atalaya.cli import configuration, console
from atalaya.cli.clock import SystemClock

if TYPE_CHECKING:  # so that `--help` answers at once
    from datetime import datetime

    from atalaya.findings.foresight.events import Event
    from atalaya.model.settings import Folder
    from atalaya.pipeline.foresight.saying import Said

Dir = Annotated[
    Path | None,
    typer.Argument(help="The observatory, or a folder of `watch --into`.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON lines, on a terminal too.")]
_PRIVATE, _PUBLIC = 0o600, 0o644


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    for command in (seal, score, compare):
        app.command()(command)


def seal(
    dir: Dir = None,  # noqa: A002
    *,
    horizon: Annotated[
        int, typer.Option(help="Days within which an outcome counts.", min=1, max=3660)
    ] = 365,
    shared_key: Annotated[
        Path | None, typer.Option(help="A key shared with another system: write tokens too.")
    ] = None,
    tokens: Annotated[
        Path | None,
        typer.Option(help="Where tokens are written.", show_default="tokens.json"),
    ] = None,
    samples: Annotated[
        bool,
        typer.Option("--samples", help="The sheet's rows are samples or seizures, not people."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Commit what is being said now to the log, before anybody knows the outcome."""
    from atalaya.model.errors import WrongUse
    from atalaya.pipeline.foresight import sealing, sighting

    now = SystemClock().now()
    if shared_key is None and tokens is not None:
        raise WrongUse(
            f"no tokens can be written to {tokens} without a key, and nothing was sealed",
            do="name the key that you share with another system: --shared-key FILE",
        )
    key = None if shared_key is None else sighting.read_key(shared_key)
    tokens = tokens or Path("tokens.json")
    if key is not None:
        sighting.refuse_written(tokens)
    folder, said = _said(dir, now, horizon, samples=samples)
    report = sealing.seal(folder, said, now, horizon, tokens=key is not None)
    console.show(
        [
            {
                "sealing": report.sealing,
                **report.sealed,
                "again": report.again,
                "not_sealed": "; ".join(f"{n} {why}" for why, n in sorted(report.refused.items())),
                "log_size": report.size,
            }
        ],
        as_json=as_json,
        title="Sealed",
    )
    console.say(
        f"publish the folder {folder.log}; {folder.sealed} opens what is sealed: show it to nobody"
    )
    if said.statements and not said.placed:
        console.say(
            "the sheet names no place: what is sealed of it will tell, once opened, of all it "
            "covers; where that is one region, score it only if its rows are no people"
        )
    if key is not None:
        made = sighting.make_tokens(folder, said, key, now)
        _write(tokens, made.content(), _PRIVATE)
        nothing = "a token of nothing, since no live signal stands"
        held = f"the tokens of {len(said.seen)} sightings" if said.seen else nothing
        console.say(f"{tokens} holds {held}; it is for whoever shares the key alone")


def _said(
    dir: Path | None,  # noqa: A002
    now: datetime,
    horizon: int,
    *,
    samples: bool,
) -> tuple[Folder, Said]:
    from atalaya.model.errors import WrongUse
    from atalaya.pipeline.foresight import observatory, sheets

    folder = _folder(dir)
    if not folder.settings.is_file():
        return folder, sheets.say(folder, now.date(), horizon, samples=samples)
    if samples:
        raise WrongUse(
            "--samples is for a private sheet, and nothing was sealed",
            do="an observatory's sources say for themselves what they count: `about_people`",
        )
    return folder, observatory.say(folder, configuration.load(folder), now.date(), horizon)


def _folder(dir: Path | None) -> Folder:  # noqa: A002
    from atalaya.model.errors import WrongUse
    from atalaya.model.settings import Folder

    here = Folder(configuration.where(dir))
    if not ((here.root / "watch.json").is_file() or here.settings.is_file()):
        raise WrongUse(
            f"{here.root} is neither an observatory nor a folder that keeps sheets",
            do="name one of the two: `atalaya init DIR` makes an observatory, and "
            "`atalaya watch FILE --into DIR` keeps a sheet",
        )
    return here


def score(
    dir: Dir = None,  # noqa: A002
    *,
    truth: Annotated[Path, typer.Option(help="Dated events, CSV.")],
    output: Annotated[Path, typer.Option(help="The score with its proofs.")] = Path("score.json"),
    all: Annotated[  # noqa: A002 - the option's word
        bool, typer.Option("--all", help="Open what is still undecided too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Open what was sealed and score it against dated notices and outcomes."""
    from atalaya.evidence.durable import refuse_unwritable
    from atalaya.findings.foresight.events import Event
    from atalaya.pipeline.foresight.scoring import score_folder
    from atalaya.reading.events import read_events

    events = [Event.of(one) for one in read_events(truth, loosely=True).rows]
    refuse_unwritable(output)
    folder = _folder(dir)
    made = score_folder(folder, events, SystemClock().now(), everything=all)
    _write(output, made, _PUBLIC)
    console.show(_rows(made["score"]), as_json=as_json, title="Events")
    if not folder.settings.is_file():
        for remark in _not_of_the_sheet(events, made["score"]["truth"]["events"]):
            console.say(remark)
    console.say(
        made["score"]["result"]["says"],
        f"{output} holds the openings and proofs: atalaya verify --proof {output} --key VKEY",
    )


def _not_of_the_sheet(events: Sequence[Event], told: Sequence[Any]) -> Iterator[str]:
    """Say which events the score of a sheet leaves out, and which no sheet can be about."""
    from atalaya.pipeline.foresight.hiding import is_of_a_sheet

    strange = [one.series for one in events if not is_of_a_sheet(one.series)]
    if strange:
        yield (
            f"events that no sheet can be about: {len(strange)}, as {strange[0]!r}; the series of "
            "a sheet are named substance|substance:xylazine or family|nitazenes"
        )
    if len(told) < len(events):
        yield (
            f"events left out: {len(events) - len(told)} (of one place or one laboratory of a "
            "private sheet nothing is sealed, and a score names none)"
        )


def _rows(scored: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for event, told in zip(scored["truth"]["events"], scored["result"]["events"], strict=True):
        outcome = event["official_notice"] or event["period_cum5"]
        kept = {name: told[name] for name in ("status", "days_ahead", "because")}
        yield {"series": event["series"], "outcome": outcome, **kept}


def compare(
    one: Annotated[Path, typer.Argument(help="A file of tokens.")],
    other: Annotated[Path, typer.Argument(help="The other system's.")],
    *,
    openings: Annotated[
        Path | None, typer.Option(help="The folder in which one was made: names what both saw.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what two systems both saw, from their tokens alone."""
    from atalaya.pipeline.foresight import sighting

    rows = list(sighting.compare(one, other, None if openings is None else _folder(openings)))
    console.show(rows, as_json=as_json, title="Seen by both")
    console.say(f"{len(rows)} substances, regions and months were seen by both")
    if openings is not None and not all(row["what"] for row in rows):
        console.say(
            f"what has no name was not made in {openings}: name the folder of one of the two"
        )


def _write(path: Path, content: dict[str, Any], mode: int) -> None:
    from atalaya.evidence.durable import write_file

    write_file(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode(), mode)


def verify_proof(file: Path, vkey: str | None, log: Path | None, *, as_json: bool) -> bool:
    """Check the file of a score for ``atalaya verify --proof``; tell whether it holds."""
    from atalaya.pipeline.foresight.scoring import verify_score

    report = verify_score(file, vkey, log)
    good = not report.problems
    rows = [{"checked": str(file), "result": "good" if good else "BROKEN", "says": report.says}]
    rows += [{"checked": str(file), "result": "problem", "says": one} for one in report.problems]
    console.show(rows, as_json=as_json, title="Checks")
    if not report.trusted:
        console.say(
            f"the key was taken from the file itself: it agrees with itself, and whose log "
            f"{report.log} is was not shown; give --key"
        )
    if log is None:
        console.say("whether all that was sealed is in the file shows only with --log")
    sys.stderr.flush()
    return good

"""Commands on somebody's own data: no observatory is needed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from atalaya.cli import configuration, console
from atalaya.model.errors import WrongUse

Dir = Annotated[Path | None, typer.Argument(help="The observatory's folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON lines, on a terminal too.")]
_LISTS = ("detectors", "sources", "monitors", "substances", "territories", "originals")


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(judge)
    app.command()(read)
    app.command()(watch)
    app.command()(extract)
    app.command()(check)
    app.command("list")(show_list)


def judge(  # noqa: PLR0913 - the contract's options
    dir: Dir = None,  # noqa: A002
    *,
    input: Annotated[Path | None, typer.Option(help="Counts, CSV.")] = None,  # noqa: A002
    output: Annotated[Path | None, typer.Option(help="Verdicts, CSV.")] = None,
    detector: Annotated[str | None, typer.Option(help="`atalaya list detectors`.")] = None,
    set: Annotated[list[str] | None, typer.Option(help="KEY=VALUE, repeated.")] = None,  # noqa: A002
    since: Annotated[str | None, typer.Option("--from", help="First period judged.")] = None,
    fill_zero: Annotated[bool, typer.Option(help="Absent rows are zeros.")] = False,
    pool: Annotated[str | None, typer.Option(help="Column of groups to judge too.")] = None,
    as_json: AsJson = False,
) -> None:
    """Judge counts of your own (--input, --output), or the judge step of an observatory."""
    if input is None and output is None:
        from atalaya.cli.running import run_steps

        run_steps(configuration.observatory(dir), "judge", as_json=as_json)
        return
    if input is None or output is None:
        raise WrongUse("judge needs both --input and --output", do="name both files")
    from atalaya.pipeline.judging import JudgeOptions, judge_file

    asked = JudgeOptions(detector, parameters(set or []), since, fill_zero, pool)
    done = judge_file(input, output, asked)
    console.say(*done.lines())
    if as_json or not sys.stdout.isatty():
        console.show([done.row()], as_json=True)


def read(
    dir: Dir = None,  # noqa: A002
    *,
    input: Annotated[Path | None, typer.Option(help="Texts, one JSON object a line.")] = None,  # noqa: A002
    output: Annotated[Path | None, typer.Option(help="What they say, likewise.")] = None,
    workers: Annotated[int, typer.Option(help="Processes; 0: one a processor.", min=0)] = 0,
    as_json: AsJson = False,
) -> None:
    """Read texts of your own (--input, --output), or the read step of an observatory."""
    if input is None and output is None:
        from atalaya.cli.running import run_steps

        run_steps(configuration.observatory(dir), "read", as_json=as_json)
        return
    if input is None or output is None:
        raise WrongUse("read needs both --input and --output", do="name both files")
    from atalaya.cli.progress import TerminalProgress
    from atalaya.pipeline.reading_files import read_file

    with TerminalProgress() as told:
        done = read_file(input, output, told, workers)
    console.show([done.row()], as_json=as_json, title="Read")


def extract(
    file: Annotated[Path, typer.Argument(help="A report: HTML, Markdown, PDF or text.")],
    *,
    output: Annotated[Path, typer.Option(help="The record, JSON.")],
    kind: Annotated[str, typer.Option(help="What kind of document it is.")] = "meeting-report",
    text: Annotated[
        Path | None, typer.Option(help="Write the text here to which the places refer.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a report of a meeting into facts, each with the place that says it."""
    from atalaya.pipeline.extracting import extract as read_into

    done = read_into(file, output, kind, text)
    if done.says:
        console.say(done.says)
    console.show([done.row()], as_json=as_json, title="Extracted")


def check(
    file: Annotated[Path, typer.Argument(help="A sentence or a report: text, HTML or PDF.")],
    dir: Dir = None,  # noqa: A002
    *,
    as_json: AsJson = False,
) -> None:
    """Hold the claims of a text against the record: agrees, differs, or cannot be told."""
    from atalaya.pipeline.checking import check_file

    held = check_file(file, configuration.observatory(dir))
    console.show(held.rows, as_json=as_json, title="Claims")
    console.say(*held.says())


def watch(
    file: Annotated[Path, typer.Argument(help="A sheet: XLSX or CSV.")],
    *,
    into: Annotated[Path | None, typer.Option(help="Keep it in this folder.")] = None,
    page: Annotated[Path | None, typer.Option(help="Where to write the page.")] = None,
    language: Annotated[str, typer.Option(help="en, es or pt.")] = "en",
    map: Annotated[  # noqa: A002 - the option's name
        list[str] | None, typer.Option(help="FIELD=HEADING, repeated: your own column mapping.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is new in your own sheet; it never leaves this machine."""
    from atalaya.cli.watching import watch_sheet

    watch_sheet(file, into, page, language, as_json=as_json, mapping=map or ())


def show_list(
    what: Annotated[str, typer.Argument(help=", ".join(_LISTS))],
    dir: Dir = None,  # noqa: A002
    *,
    catalogue: Annotated[
        bool, typer.Option("--catalogue", help="Sources that `add-source` can take.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List detectors, sources, monitors, substances, territories or sealed originals."""
    from atalaya.cli.listing import rows

    found = rows(what, dir, catalogue=catalogue)
    console.show(found, as_json=as_json, title=what.capitalize())


def parameters(given: list[str]) -> dict[str, str]:
    """Read what ``--set`` was given.

    Raises:
        WrongUse: It is not ``KEY=VALUE``.
    """
    found = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise WrongUse(f"--set {text!r} is not KEY=VALUE", do="write --set window=6")
        found[key.strip()] = value.strip()
    return found

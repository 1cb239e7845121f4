"""``atalaya backtest``: detectors scored on history, with only what was known at each date."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from atalaya.cli import configuration, console
from atalaya.cli.data import AsJson, Dir, parameters
from atalaya.model.errors import WrongUse

if TYPE_CHECKING:  # detectors bring numpy, and `--help` needs none
    from atalaya.findings.backtesting import DetectorScore, Scorecard
    from atalaya.findings.backtesting.intervals import Interval


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(backtest)


def backtest(  # noqa: PLR0913 - the contract's options
    dir: Dir = None,  # noqa: A002
    *,
    truth: Annotated[
        Path | None,
        typer.Option(help="What happened, CSV; by default monitors/events.csv of DIR."),
    ] = None,
    output: Annotated[Path, typer.Option(help="The scorecard, JSON.")],
    input: Annotated[Path | None, typer.Option(help="Counts of your own, CSV.")] = None,  # noqa: A002
    detector: Annotated[list[str] | None, typer.Option(help="Repeated; all by default.")] = None,
    set: Annotated[list[str] | None, typer.Option(help="KEY=VALUE, repeated.")] = None,  # noqa: A002
    since: Annotated[str | None, typer.Option("--from", help="First period judged.")] = None,
    fill_zero: Annotated[bool, typer.Option(help="Absent rows of --input are zeros.")] = False,
    lag: Annotated[int, typer.Option(help="Days until reports of --input arrive.", min=0)] = 0,
    notices: Annotated[
        bool, typer.Option(help="Where the truth names no notice, the register's first one.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Score detectors on history against dated events: found, delay, lead, false alarms."""
    from atalaya.pipeline.backtesting import Asked, backtest, observatory, own_counts
    from atalaya.pipeline.own_scorecard import truth_of

    if input is not None and dir is not None:
        raise WrongUse("an observatory and --input are given", do="name one of the two")
    if input is None and (lag or fill_zero):
        raise WrongUse("--lag, --fill-zero: they belong to --input", do="leave them out")
    asked = Asked(tuple(detector or ()), parameters(set or []), lag, fill_zero, since, notices)
    if input is None:
        folder = configuration.observatory(dir)
        data, known = observatory(folder), truth_of(folder)
    elif truth is None:
        raise WrongUse("--input needs --truth", do="name the file that says what happened")
    else:
        data, known = own_counts(input, asked), truth
    card = backtest(data, truth or known, output, asked)
    _show(card, as_json=as_json)
    console.say(f"the scorecard is in {output}")


def _show(card: Scorecard, *, as_json: bool) -> None:
    """Print a line a detector; on a terminal also every miss."""
    if as_json or not sys.stdout.isatty():
        console.show([_row(one) for one in card.detectors], as_json=True)
        return
    lines = [
        {"measure": measure, "detector": one.detector, "figure": figure, "95 % interval": interval}
        for measure, read in _MEASURES.items()
        for one in card.detectors
        for figure, interval in [read(one)]
    ]
    console.show(lines, as_json=False, title="Scorecard (replay)")
    misses = [
        {
            "detector": one.detector, "missed": miss.series, "first case": miss.first,
            "fifth": miss.fifth, "later alarm": miss.late_alarm, "because": miss.because,
        }
        for one in card.detectors
        for miss in one.missed
    ]  # fmt: skip
    console.show(misses, as_json=False, title="Every miss")


def _row(one: DetectorScore) -> dict[str, Any]:
    return {
        "detector": one.detector,
        "waves": one.waves,
        "found": one.found,
        "recall": one.recall._asdict(),
        "found_by_third": one.found_by_third,
        "delay_third": one.delay_third._asdict(),
        "delay_fifth": one.delay_fifth._asdict(),
        "noticed": one.noticed,
        "before_notice": one.before_notice,
        "lead_days": one.lead_days._asdict(),
        "false_episodes": one.quiet.episodes,
        "per_100_months": one.quiet.per_100_months._asdict(),
        "left_censored": one.left_censored,
        "missed": [miss.series for miss in one.missed],
    }


def _span(figure: Interval, times: float = 1, unit: str = "") -> str:
    """Write an interval, such as ``76 to 98 %``."""
    if figure.low is None or figure.high is None:
        return "not known"
    return f"{figure.low * times:.3g} to {figure.high * times:.3g}{unit}"


def _of(part: int, whole: int, figure: Interval) -> tuple[str, str]:
    return f"{part} of {whole}", _span(figure, 100, " %")


def _plain(figure: Interval) -> tuple[str, str]:
    return "not known" if figure.value is None else f"{figure.value:.3g}", _span(figure)


_MEASURES: dict[str, Callable[[DetectorScore], tuple[str, str]]] = {
    "found by the 5th case": lambda one: _of(one.found, one.waves, one.recall),
    "found by the 3rd case": lambda one: _of(one.found_by_third, one.waves, one.recall_by_third),
    "periods after the 3rd case, median": lambda one: _plain(one.delay_third),
    "periods after the 5th case, median": lambda one: _plain(one.delay_fifth),
    "before the official notice": lambda one: _of(one.before_notice, one.noticed, one.share_before),
    "lead over it in days, median": lambda one: _plain(one.lead_days),
    "false episodes": lambda one: (str(one.quiet.episodes), ""),
    "false episodes, per 100 series-months": lambda one: _plain(one.quiet.per_100_months),
    "precision": lambda one: _plain(one.precision),
    "precision, 1 new episode a period": lambda one: _plain(one.at_budgets[0].precision),
}

"""Small charts as SVG drawn here: cases as bars, tested below, the alarm marked."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.findings.sheets.records import Line, SheetFinding
from atalaya.model.periods import Period
from atalaya.publishing.watch.voices import Voice

WIDTH, TOP, BELOW = 640.0, 120.0, 36.0
_SHOWN = 48  # periods; a longer past makes bars nobody can see


@dataclass(frozen=True, slots=True)
class Bar:
    """One period of a chart, in units of the drawing.

    Args:
        x: Left edge.
        width: Width.
        y: Top of the bar of cases.
        height: Its height; 0 where no case.
        tested: Height of the bar of tested, or None where unknown.
        gap: Whether nothing was examined.
        alarm: Whether the episode covers it.
        label: The period.
        cases: Cases, or None in a gap.
        examined: Examined, or None.
    """

    x: float
    width: float
    y: float
    height: float
    tested: float | None
    gap: bool
    alarm: bool
    label: str
    cases: int | None
    examined: int | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be written into a page."""

    title: str
    bars: tuple[Bar, ...]
    first: str
    last: str
    height: float
    alarm_x: float
    alarm_label: str
    scale: str
    figures: tuple[tuple[str, str, str], ...]


def chart(one: SheetFinding, line: Line, voice: Voice) -> Chart:
    """Lay out the chart of a finding: the last 48 periods.

    Args:
        one: The finding.
        line: Its series.
        voice: The language.
    """
    start = max(0, len(line.counts) - _SHOWN)
    counts = line.counts[start:]
    tested = (None,) * len(counts) if line.tested is None else line.tested[start:]
    highest = max((value for value in counts if value is not None), default=1.0) or 1.0
    most = max((value for value in tested if value is not None), default=0.0)
    step = WIDTH / len(counts)
    periods = [line.first + (start + number) for number in range(len(counts))]
    bars = tuple(
        _bar((number * step, step), period, (value, examined), (highest, most), one, voice)
        for number, (period, value, examined) in enumerate(
            zip(periods, counts, tested, strict=True)
        )
    )
    since = max(0, one.since - periods[0])
    return Chart(
        title=voice.say("chart.title", what=voice.key(one.key)),
        bars=bars,
        first=voice.period(periods[0]),
        last=voice.period(periods[-1]),
        height=TOP + 2 + (BELOW if most else 0),
        alarm_x=round(since * step, 1),
        alarm_label=voice.say("chart.alarm", since=voice.period(one.since)),
        scale=voice.say("chart.scale", cases=int(highest), tested=int(most))
        if most
        else voice.say("chart.scale_open", cases=int(highest)),
        figures=tuple(_figures(bar, voice) for bar in reversed(bars)),
    )


def _figures(bar: Bar, voice: Voice) -> tuple[str, str, str]:
    said = ["–" if each is None else voice.number(each) for each in (bar.cases, bar.examined)]
    return bar.label, said[0], said[1]


def _bar(
    place: tuple[float, float],
    period: Period,
    values: tuple[float | None, float | None],
    scales: tuple[float, float],
    one: SheetFinding,
    voice: Voice,
) -> Bar:
    x, step = place
    cases, examined = values
    highest, most = scales
    height = 0.0 if cases is None else cases / highest * (TOP - 14)
    return Bar(
        x=round(x, 1),
        width=round(max(step - 1.5, 1), 1),
        y=round(TOP - height, 1),
        height=round(height, 1),
        tested=None if examined is None or not most else round(examined / most * (BELOW - 4), 1),
        gap=cases is None,
        alarm=one.first_case <= period <= one.last_case,
        label=voice.period(period),
        cases=None if cases is None else int(cases),
        examined=None if examined is None else int(examined),
    )

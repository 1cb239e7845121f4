"""How forecasts fare on the starter and on simulated months: printed, and cited in the docs.

Run: ``python -m benchmarks.forecasts`` from the project's folder. Every origin is forecast with
what came before it alone. The starter is taken with its true counts; what a release shows of it is
made of published counts and stands in its ``forecast_scores``.
"""

from __future__ import annotations

from collections.abc import Iterator

from atalaya.detection.forecasting import calibration, forecast
from atalaya.series.panel import Panel
from atalaya.testing.simulation import worlds
from benchmarks.alarm_disclosure import starter

_SEED = 11  # none of the seeds with which detectors were chosen
_AHEAD = 3


def lines(name: str, panel: Panel) -> Iterator[str]:
    """Give one row of a table a number of periods ahead."""
    said = forecast(panel, _AHEAD)
    for ahead in range(1, _AHEAD + 1):
        found = calibration(panel, said, ahead)
        errors = (found.error, found.last_value, found.seasonal)
        numbers = " | ".join(f"{each:.2f}" for each in errors)
        beats = "yes" if found.error < min(found.last_value, found.seasonal) else "**no**"
        yield f"| {name} | {ahead} | {found.outcomes} | {found.covered:.3f} | {numbers} | {beats} |"


def main() -> None:
    """Print the table."""
    for name, panel in (("starter", starter()), *((one.name, one.panel) for one in worlds(_SEED))):
        print(*lines(name, panel), sep="\n")


if __name__ == "__main__":
    main()

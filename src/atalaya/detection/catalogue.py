"""The detectors there are: a visible tuple, plus what other packages add by entry point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.metadata import entry_points
from typing import Any

import numpy as np

from atalaya.detection.ears import ears
from atalaya.detection.emergence import Emergence
from atalaya.detection.emergence_plain import EmergencePlain
from atalaya.detection.farrington import FarringtonFlexible
from atalaya.detection.judgement import Detector
from atalaya.detection.parameters import configured
from atalaya.detection.season_scan import SeasonScan
from atalaya.detection.season_scan.detector import A_YEAR
from atalaya.model.errors import LookAtThis, WrongUse
from atalaya.model.periods import PeriodKind
from atalaya.series.panel import Panel

DETECTORS: tuple[Detector, ...] = (
    Emergence(),
    EmergencePlain(),
    SeasonScan(),
    FarringtonFlexible(),
    ears("C1"),
    ears("C2"),
    ears("C3"),
)
ENTRY_POINTS = "atalaya.detectors"

SPARSE, DENSE, LONG = "emergence", "ears_c2", "season_scan"
# Simulated Poisson series: C2 fires on 1.6 % of periods at a mean of 100, 2.2 % at 5, 3.0 % at 1
# and 4.8 % at 0.1, where nine alarms in ten rest on a single case.
DENSE_MEAN = 5.0
DENSE_HISTORY = 28  # four weeks of days; shorter than this a mean says little
# `season_scan` keeps its false alarms at what is asked from a mean of a tenth of a case on
# (docs/early-warning.md); half a case leaves it enough to see a season by.
LONG_MEAN = 0.5
LONG_YEARS = 3.0

_WHY = {
    SPARSE: "near empty, monthly or with little history: only arrivals can be told apart",
    DENSE: f"days or weeks with a mean of {DENSE_MEAN:g} cases or more and less than "
    f"{LONG_YEARS:g} years of history: a baseline of {DENSE_HISTORY} periods or less is enough",
    LONG: f"days or weeks with a mean of {LONG_MEAN:g} cases or more and {LONG_YEARS:g} years of "
    "history or more: season and trend can be fitted",
}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Which detector suits each series of a panel, and why.

    Args:
        names: Name of a detector, one a series.
        why: One sentence for each name that occurs.
    """

    names: tuple[str, ...]
    why: Mapping[str, str]


def available() -> tuple[Detector, ...]:
    """Give every detector: ours in their order, then the plug-ins by name.

    Raises:
        LookAtThis: A plug-in cannot be loaded, or takes a name that is taken.
    """
    found = list(DETECTORS)
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        if any(point.name == detector.name for detector in found):
            raise LookAtThis(
                f"two detectors are called {point.name!r}, one of them from {point.value}",
                why="a verdict names its detector, so a name must mean one thing",
                do="uninstall the package that brings it, or rename its entry point",
            )
        found.append(_loaded(point))
    return tuple(found)


def find(name: str, settings: Mapping[str, str] | None = None) -> Detector:
    """Give a detector by its name, with parameters set from text.

    Args:
        name: Such as ``ears_c1``.
        settings: Parameters as given to ``--set``.

    Raises:
        WrongUse: No detector or parameter of that name, or a value that is none.

    >>> find("ears_c1", {"baseline": "28"}).parameters.baseline
    28
    """
    detector = next((each for each in DETECTORS if each.name == name), None)
    if detector is None:
        everything = available()
        detector = next((each for each in everything if each.name == name), None)
        if detector is None:
            names = [each.name for each in everything]
            near = get_close_matches(name.casefold().replace("-", "_"), names, n=1, cutoff=0.5)
            raise WrongUse(
                f"there is no detector {name!r}",
                near=near[0] if near else None,
                do=f"the detectors are {', '.join(names)}",
            )
    if not settings:
        return detector
    changed: Any = detector
    return replace(changed, parameters=configured(detector.parameters, settings, name))  # type: ignore[no-any-return]


def recommend(panel: Panel, since: int = 0) -> Recommendation:
    """Say which detector suits each series.

    Only what comes before ``since`` is looked at, so that a verdict never rests on later periods.

    Args:
        panel: Counts, shape (n_series, n_periods).
        since: Index of the first period that will be judged.

    Returns:
        For days or weeks, by the history before ``since``: ``season_scan`` with three observed
        years and a mean of half a case or more; ``ears_c2`` with at least 28 observed periods and a
        mean of five cases or more. ``emergence`` for all others.
    """
    history = panel.until(since)
    seen = history.observed
    length = seen.sum(axis=1)
    total = np.where(seen, np.nan_to_num(history.counts), 0).sum(axis=1)
    short = panel.first.kind in {PeriodKind.DAY, PeriodKind.WEEK}
    long = (length >= LONG_YEARS * A_YEAR[panel.first.kind]) & (total >= LONG_MEAN * length)
    dense = (length >= DENSE_HISTORY) & (total >= DENSE_MEAN * length)
    chosen = np.select([short & long, short & dense], [LONG, DENSE], SPARSE)
    names = tuple(str(name) for name in chosen)
    return Recommendation(names, {name: _WHY[name] for name in sorted(set(names))})


def recommended_for(name: str) -> str | None:
    """Say for which series a detector is recommended, or None where another one is better."""
    return _WHY.get(name)


def _loaded(point: Any) -> Detector:
    try:
        loaded = point.load()
        detector: Detector = loaded() if isinstance(loaded, type) else loaded
        if detector.name == point.name:
            return detector
    except (ImportError, AttributeError) as error:
        raise LookAtThis(
            f"the detector {point.name!r} of {point.value} cannot be loaded: {error}",
            why="a detector that is installed but missing would go unnoticed",
            do="repair or uninstall the package that brings it",
        ) from error
    raise LookAtThis(
        f"the entry point {point.name!r} of {point.value} loads {detector.name!r}",
        do="give the entry point the name of the detector",
    )

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
from atalaya.model.errors import LookAtThis, WrongUse
from atalaya.model.periods import PeriodKind
from atalaya.series.panel import Panel

DETECTORS: tuple[Detector, ...] = (
    Emergence(),
    EmergencePlain(),
    FarringtonFlexible(),
    ears("C1"),
    ears("C2"),
    ears("C3"),
)
ENTRY_POINTS = "atalaya.detectors"

SPARSE, DENSE = "emergence_plain", "ears_c2"
# Simulated Poisson series: C2 fires on 1.6 % of periods at a mean of 100, 2.2 % at 5, 3.0 % at 1
# and 4.8 % at 0.1, where nine alarms in ten rest on a single case.
DENSE_MEAN = 5.0
DENSE_HISTORY = 28  # four weeks of days; shorter than this a mean says little


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
        ``ears_c2`` for days or weeks whose history before ``since`` is at least 28 observed periods
        with a mean of five cases or more; ``emergence_plain`` for all others.
    """
    history = panel.until(since)
    seen = history.observed
    length = seen.sum(axis=1)
    total = np.where(seen, np.nan_to_num(history.counts), 0).sum(axis=1)
    dense = (length >= DENSE_HISTORY) & (total >= DENSE_MEAN * length)
    dense &= panel.first.kind in {PeriodKind.DAY, PeriodKind.WEEK}
    names = tuple(DENSE if each else SPARSE for each in dense)
    why = {
        SPARSE: "sparse, monthly or without four weeks of history: only arrivals can be told apart",
        DENSE: f"days or weeks with a mean of {DENSE_MEAN:g} cases or more before the first period",
    }
    return Recommendation(names, {name: why[name] for name in sorted(set(names))})


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

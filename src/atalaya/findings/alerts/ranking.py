"""Which cluster people should look at first, with every contribution shown.

Five contributions, each from 0 to 1, are weighted and added. What is withheld or unknown counts
from nothing to all: a rank is given as an interval, and the lower end orders. Nothing here scores a
person, a small community or a grower: clusters are of a substance in a country or region.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from atalaya.findings.alerts.clusters import Cluster, Firing
from atalaya.model.sentences import sentence, word

# Chosen 2026-11-24, not fitted: no set of ranked alerts with outcomes exists to fit them on.
# Excess and severity lead, because they say how much is at stake; independent evidence follows,
# because officials trust it most (docs/words.md, confidence).
WEIGHTS: Final[Mapping[str, float]] = {
    "excess": 0.25,
    "severity": 0.25,
    "independent": 0.20,
    "growth": 0.15,
    "novelty": 0.15,
}
# By what is counted, never by substance: harm that happened before what may come of a find.
_SEVERITY: Final = (
    ("death", 1.0),
    ("poisoning", 0.75),
    ("overdose", 0.75),
    ("hospital", 0.75),
    ("emergency", 0.75),
    ("treatment", 0.5),
    ("sample", 0.4),
    ("seizure", 0.4),
)
_NOVELTY: Final = {"first-ever": 1.0, "first-in-place": 0.8, "returned": 0.6, "growing": 0.2}
_ENOUGH = 3  # independent sources beyond which another adds nothing
_HALF = 3  # periods of each half in which growth is looked at


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of a rank.

    Args:
        name: A key of ``WEIGHTS``.
        value: From 0 to 1, or None where it is not known.
        weight: What it is multiplied with.
        because: Why, in a few words with the values.
    """

    name: str
    value: float | None
    weight: float
    because: str

    @property
    def least(self) -> float:
        """Points it gives at least."""
        return self.weight * (self.value or 0.0)

    @property
    def most(self) -> float:
        """Points it gives at most."""
        return self.weight * (1.0 if self.value is None else self.value)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A cluster with what its rank is made of."""

    cluster: Cluster
    contributions: tuple[Contribution, ...]

    @property
    def least(self) -> float:
        """The lower end of its rank, from 0 to 1: what is known."""
        return round(sum(one.least for one in self.contributions), 4)

    @property
    def most(self) -> float:
        """The upper end: what it would be if all that is not known spoke for it."""
        return round(sum(one.most for one in self.contributions), 4)


def ranked(found: Iterable[Cluster]) -> list[Ranked]:
    """Rank clusters, strongest first.

    Args:
        found: The clusters.

    Returns:
        By the lower end, then the upper end, then the newest alarm, then by name.
    """
    made = [Ranked(one, contributions(one)) for one in found]
    return sorted(
        made,
        key=lambda one: (
            -one.least,
            -one.most,
            -one.cluster.latest.last_day.toordinal(),
            one.cluster.id,
        ),
    )


def contributions(cluster: Cluster) -> tuple[Contribution, ...]:
    """Give the five contributions of a cluster, in the order of their weights."""
    made = {
        "excess": _excess(cluster.latest),
        "severity": _severity(cluster),
        "independent": _independent(cluster),
        "growth": _growth(cluster.latest),
        "novelty": _novelty(cluster),
    }
    return tuple(
        Contribution(name, made[name][0], WEIGHTS[name], made[name][1]) for name in WEIGHTS
    )


Part = tuple[float | None, str]


def _excess(firing: Firing) -> Part:
    seen = _number(firing.observed)
    if seen is None or firing.expected is None:
        return None, sentence("the count or what was expected is withheld or not given")
    expected = float(f"{firing.expected:.3g}")  # digits beyond these only distract
    says = sentence("{seen} observed, {expected} expected", seen=seen, expected=expected)
    if seen <= firing.expected:
        return 0.0, says
    return 1.0 - max(firing.expected, 0.0) / seen, says


def _severity(cluster: Cluster) -> Part:
    counted = sorted({one.predicate for one in cluster.firings})
    known = [(value, said) for said in counted for word, value in _SEVERITY if word in said]
    if not known:
        names = ", ".join(counted)
        return None, sentence("how bad {names} is, is not on the scale", names=names)
    value, said = max(known)
    return value, sentence("counted: {said}", said=word(said))


def _independent(cluster: Cluster) -> Part:
    sources = max(one.sources for one in cluster.firings)
    return min(sources, _ENOUGH) / _ENOUGH, sentence("independent sources: {n}", n=sources)


def _growth(firing: Firing) -> Part:
    numbers = [_number(count) for count in firing.recent[-2 * _HALF :]]
    if len(numbers) < 2 * _HALF or any(one is None for one in numbers):
        return None, sentence("six published counts in a row are not there")
    before, after = (sum(one or 0.0 for one in half) for half in (numbers[:_HALF], numbers[_HALF:]))
    says = sentence(
        "{after} in the last three periods, {before} in the three before",
        after=after,
        before=before,
    )
    return (max(after - before, 0.0) / (after + before) if after + before else 0.0), says


def _novelty(cluster: Cluster) -> Part:
    known = [(_NOVELTY[one.novelty], one.novelty) for one in cluster.firings if one.novelty]
    if not known:
        return None, sentence("nothing was observed before it")
    value, kind = max(known)
    return value, word(kind.replace("-", " "))


def _number(text: str | None) -> float | None:
    """Give a published count as a number; a range or a withheld cell is none."""
    if text is None or "-" in text[1:]:
        return None
    return float(text)

"""How likely a text is about drugs or drug policy: a logistic model, calibrated (Platt).

Source: J. Platt, "Probabilistic outputs for support vector machines", 1999, for the calibration.
The weights are trained by ``scripts/train_relevance.py``; their card is in ``docs/models.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from atalaya.reading.mentions.page import Page
from atalaya.reading.relevance.cues import concepts
from atalaya.reading.relevance.features import Floats, named, stems

RULE = "relevance/1"
_FILE = "data/relevance.npz"


@dataclass(frozen=True, slots=True)
class Relevance:
    """Whether a text is about drugs or drug policy.

    Args:
        label: Whether it is.
        score: How likely that is, 0..1, calibrated.
        rule: The model and its version.
    """

    label: bool
    score: float
    rule: str = RULE


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt.

    Args:
        concepts: float64, one for each number of ``features.named``.
        stems: float64, one a bucket.
        bias: The constant.
        slope: Of the calibration: log odds = slope x sum + shift.
        shift: Likewise.
        threshold: The score from which on a text is about drugs.
    """

    concepts: Floats
    stems: Floats
    bias: float
    slope: float
    shift: float
    threshold: float


def score(page: Page, title_page: Page | None = None) -> Relevance:
    """Say how likely a text is about drugs or drug policy.

    Args:
        page: The text, scanned with a lexicon that holds ``cues.entries``.
        title_page: Its title, or None.

    Returns:
        The label and the score; an empty text without a title is about nothing: score 0.
    """
    if not page.text.strip() and (title_page is None or not title_page.text.strip()):
        return Relevance(False, 0.0)
    weights = _learnt()
    odds = weights.slope * raw(page, title_page, weights) + weights.shift
    likely = float(1 / (1 + np.exp(-odds)))
    return Relevance(likely >= weights.threshold, round(likely, 4))


def raw(page: Page, title_page: Page | None, weights: Weights) -> float:
    """Give the log odds before calibration."""
    buckets = stems(page, title_page)
    words = weights.stems[buckets].sum() / np.sqrt(len(buckets)) if len(buckets) else 0.0
    return float(named(page, title_page) @ weights.concepts + words + weights.bias)


@cache
def _learnt() -> Weights:
    held = np.load(BytesIO((files("atalaya.reading.relevance") / _FILE).read_bytes()))
    if held["names"].tolist() != list(concepts()):
        raise ValueError("the cues changed since the weights were learnt: train them again")
    single = {name: float(held[name]) for name in ("bias", "slope", "shift", "threshold")}
    return Weights(held["concepts"], held["stems"].astype(np.float64), **single)

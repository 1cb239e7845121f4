"""Train the model that says whether a text is about drugs or drug policy.

Learns from the items in ``scripts/relevance/items.tsv`` (written for this) and, where the data
folder is given, from public-domain notices of the Federal Register and MIT-licensed sentences on
seizures. Prints what cross-validation found and writes the weights:

    python scripts/train_relevance.py [DATA_FOLDER]
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.page import Page
from atalaya.reading.relevance.cues import concepts, entries
from atalaya.reading.relevance.features import BUCKETS, named, stems
from atalaya.reading.relevance.scoring import Weights

PROJECT = Path(__file__).resolve().parents[1]
ITEMS = PROJECT / "scripts" / "relevance" / "items.tsv"
INTO = PROJECT / "src" / "atalaya" / "reading" / "relevance" / "data" / "relevance.npz"
FOLDS, SEED = 10, 7
THRESHOLD = 0.4  # nearly no item lies between 0.3 and 0.7; what is missed is never seen by anyone
NOISE = 80
OTHERS = 0.15  # weight of an item that is no news: there are many of few kinds
RIDGE_CONCEPTS, RIDGE_STEMS = 0.5, 3.0  # chosen by cross-validation among 0.1 .. 10


class Item(NamedTuple):
    """One text to learn from."""

    about: bool
    title: str
    text: str
    weight: float


def own() -> list[Item]:
    """Give the items written for this."""
    items = []
    for line in ITEMS.read_text(encoding="utf-8").splitlines():
        about, _, title, text = line.split("|")
        items.append(Item(about == "1", title, text, 1.0))
    return items


def others(data: Path) -> list[Item]:
    """Give notices and sentences of licensed data."""
    items = []
    path = data / "fedreg-drug-policy" / "federal_register_drug_policy_2020_2026.csv"
    with path.open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if number % 6 == 0 and "ontrolled" in row["title"]:
                items.append(Item(True, row["title"], row["summary"][:600], OTHERS))
    lines = (data / "ner-unodc-seizures" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[::4]:
        held = json.loads(line)
        if any(span["label"] == "DRUG" for span in held["spans"]):
            items.append(Item(True, "", held["text"], OTHERS))
    return items


def noise() -> list[Item]:
    """Give texts of no words at all, which are about nothing."""
    letters = np.random.default_rng(SEED).integers(ord("a"), ord("z") + 1, (NOISE, 8, 6))
    texts = [" ".join("".join(map(chr, word)) for word in words) for words in letters]
    half = len(texts) // 2
    named = [Item(False, one, one[:20], OTHERS) for one in texts[:half]]
    return (
        named
        + [Item(False, "", one, OTHERS) for one in texts[half:]]
        + [Item(False, "", "", 1.0)] * 5
    )


class Table(NamedTuple):
    """All items as numbers: stems as a dense table, for there are few items."""

    concepts: np.ndarray
    stems: np.ndarray
    about: np.ndarray
    weight: np.ndarray


def table(items: list[Item]) -> Table:
    """Lay out the features of items."""
    lexicon = Lexicon(entries())
    rows, words = [], np.zeros((len(items), BUCKETS), np.float32)
    for number, item in enumerate(items):
        page, title = Page.of(item.text, lexicon), Page.of(item.title, lexicon)
        rows.append(named(page, title))
        buckets = stems(page, title)
        words[number, buckets] = 1 / np.sqrt(max(1, len(buckets)))
    about = np.array([item.about for item in items], float)
    return Table(np.array(rows), words, about, np.array([item.weight for item in items]))


def fit(held: Table, rows: np.ndarray) -> Weights:
    """Fit ridge logistic regression on some rows."""
    x = np.hstack([held.concepts[rows], held.stems[rows]])
    sign = 2 * held.about[rows] - 1
    weight = held.weight[rows]
    size = held.concepts.shape[1]
    ridge = np.concatenate([np.full(size, RIDGE_CONCEPTS), np.full(BUCKETS, RIDGE_STEMS), [0.0]])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (x @ w[:-1] + w[-1])
        pull = -sign * weight / (1 + np.exp(np.clip(margin, -500, 500)))
        slope = np.append(x.T @ pull, pull.sum()) + ridge * w
        return float(weight @ np.logaddexp(0, -margin) + 0.5 * ridge @ w**2), slope

    w = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return Weights(w[:size], w[size:-1], float(w[-1]), 1.0, 0.0, 0.5)


def sums(held: Table, rows: np.ndarray, weights: Weights) -> np.ndarray:
    """Give the raw log odds of some rows."""
    return held.concepts[rows] @ weights.concepts + held.stems[rows] @ weights.stems + weights.bias


def calibrated(raw: np.ndarray, about: np.ndarray) -> tuple[float, float]:
    """Fit Platt's line to sums that were made without the item itself."""

    def loss(line: np.ndarray) -> float:
        return float(np.logaddexp(0, -(2 * about - 1) * (line[0] * raw + line[1])).sum())

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(slope), float(shift)


def reliability(score: np.ndarray, about: np.ndarray) -> float:
    """Print ten bins of scores with what was true of them; give the expected error."""
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (score >= low) & (score < low + 0.1 + (low > 0.85))
        if inside.any():
            said, true = score[inside].mean(), about[inside].mean()
            error += inside.mean() * abs(said - true)
            print(f"  {low:.1f}: {inside.sum():4d} items, said {said:.2f}, true {true:.2f}")
    return float(error)


def main(data: Path | None) -> None:
    """Cross-validate on our own items, then fit all and write."""
    mine = own()
    items = mine + noise() + (others(data) if data is not None else [])
    held = table(items)
    folds = np.random.default_rng(SEED).permutation(len(mine)) % FOLDS
    raw = np.zeros(len(mine))
    for fold in range(FOLDS):
        train = np.concatenate([np.flatnonzero(folds != fold), np.arange(len(mine), len(items))])
        test = np.flatnonzero(folds == fold)
        raw[test] = sums(held, test, fit(held, train))
    about = held.about[: len(mine)]
    slope, shift = calibrated(raw, about)
    score = 1 / (1 + np.exp(-(slope * raw + shift)))
    shown = score >= THRESHOLD
    print(f"{len(mine)} own items, {len(items) - len(mine)} others; {FOLDS} folds:")
    print(f"  on topic of shown {about[shown].mean():.3f}, recall {shown[about == 1].mean():.3f}")
    print(f"  expected calibration error {reliability(score, about):.3f}")
    for number in np.flatnonzero(shown != about):
        print(f"  wrong: {score[number]:.2f} {mine[number].title}")
    weights = fit(held, np.arange(len(items)))
    INTO.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        INTO,
        names=np.array(concepts()),
        concepts=weights.concepts,
        stems=weights.stems.astype(np.float32),
        bias=np.array(weights.bias),
        slope=np.array(slope),
        shift=np.array(shift),
        threshold=np.array(THRESHOLD),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)

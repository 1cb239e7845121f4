"""A model made ready: words are described once, sentences are scored and cut into spans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numba
import numpy as np
import numpy.typing as npt

from atalaya.reading.mentions.tagger import decoding, features
from atalaya.reading.mentions.tagger.attributes import Word, describe
from atalaya.reading.mentions.tagger.tables import Tables
from atalaya.reading.mentions.tagger.tokens import Tokens, tokens

VERSION = "1"
GENRES = ("news", "forum")
_WORDS_KEPT = 40_000  # described words: 3 kB each with all they weigh
_GROWTH = 4096  # words for which room is made at first
# A sentence is English where three of five words are common ones; names may be the others.
_SENSE = {True: 2, False: -3, None: 0}
_MOST_TOKENS = 300  # of one sentence: longer ones are lists or noise and are cut there


@dataclass(frozen=True, slots=True)
class Span:
    """A span of a text.

    Args:
        start: Offset of its first character.
        end: Offset after its last.
        label: The model's label: DRUG, QUANTITY, GPE, ORG, FAC or CONCEAL.
        sure: Probability of its least sure token, 0..1.
    """

    start: int
    end: int
    label: str
    sure: float


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as a model reads it.

    Args:
        spans: What it found.
        cut: The sentence's tokens.
        sure: float64, tokens x labels: the probability of each.
        labels: The labels.
    """

    spans: list[Span]
    cut: Tokens
    sure: npt.NDArray[np.float64]
    labels: tuple[str, ...]

    def chance(self, start: int, end: int, label: str) -> float:
        """Give how likely a stretch is of a label: the mean over its tokens, or 0."""
        inside = [
            at
            for at in range(len(self.sure))
            if self.cut.starts[at] < end and self.cut.ends[at] > start
        ]
        columns = [at for at, name in enumerate(self.labels) if name[2:] == label]
        return float(self.sure[inside][:, columns].sum(axis=1).mean()) if inside else 0.0


class Tagger:
    """One genre's model.

    Args:
        arrays: ``keys`` (uint32), ``weights`` (int8, keys x labels), ``scale`` (float32, worth of
            one step), ``moves`` (float32, labels + 1 x labels) and ``labels``.
        tables: What is known of words.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]], tables: Tables):
        self.labels = tuple(str(one) for one in arrays["labels"])
        self._keys = np.ascontiguousarray(arrays["keys"], np.uint32)
        self._weights = np.ascontiguousarray(arrays["weights"], np.int8)
        self._scale = np.float32(arrays["scale"])
        self._moves = np.ascontiguousarray(arrays["moves"], np.float32)
        size = 1 << (2 * len(self._keys)).bit_length()
        self._table = decoding.slots(self._keys, size)
        self._tables = tables
        self._forget()

    def spans(self, text: str, start: int = 0, end: int | None = None) -> list[Span]:
        """Tag one sentence of a text; offsets are those of the whole text."""
        return self.read(text, start, end).spans

    def read(self, text: str, start: int = 0, end: int | None = None) -> Read:
        """Read one sentence: its spans, and how likely any other would be."""
        cut = tokens(text, start, end)
        words = cut.words[:_MOST_TOKENS]
        if not words:
            return Read([], cut, np.zeros((0, len(self.labels))), self.labels)
        scores, sense = self._scores(words)
        if sense < 0:
            return Read([], cut, np.zeros((0, len(self.labels))), self.labels)
        row = decoding.best(scores, self._moves)
        sure = decoding.sureness(scores, self._moves)
        spans = self._cut(row, sure, cut.starts, cut.ends) if row.any() else []
        return Read(spans, cut, sure, self.labels)

    def _forget(self) -> None:
        """Begin anew with the edge of a sentence as the only known word, number 0."""
        self._numbers: dict[str, int] = {}
        self._words: list[Word] = []
        edge = np.array([features.EDGE], np.uint32)
        first = self._weigh(edge, edge)
        self._weighed = np.zeros((_GROWTH, *first.shape), np.float32)
        self._weighed[0] = first
        self._basic = np.full((_GROWTH, 4), features.EDGE, np.uint32)
        self._flags = np.zeros((_GROWTH, 2), np.uint8)

    def _scores(self, words: list[str]) -> tuple[npt.NDArray[np.float32], int]:
        """Give the scores (float32, tokens x labels), and below 0 where it is no English."""
        if len(self._words) > _WORDS_KEPT:
            self._forget()
        known = self._numbers
        for word in words:
            if word not in known:
                self._learn(word)
        numbers = np.array([known[word] for word in words])
        described = [self._words[number - 1] for number in numbers.tolist()]
        scores = _scored(numbers, self._weighed, len(self.labels))
        patterns = features.joint(self._basic[numbers], self._flags[numbers])
        _add_all(patterns, self._table, self._keys, self._weights, scores)
        self._add_marks(features.marks(described, words, self._tables), scores)
        scores *= self._scale
        return scores, sum(_SENSE[one.usual] for one in described)

    def _learn(self, word: str) -> None:
        """Describe a word and keep what it weighs."""
        described = describe(word, self._tables)
        self._words.append(described)
        number = len(self._words)
        if number >= len(self._weighed):
            self._weighed = np.concatenate([self._weighed, np.zeros_like(self._weighed)])
            self._basic = np.concatenate([self._basic, np.zeros_like(self._basic)])
            self._flags = np.concatenate([self._flags, np.zeros_like(self._flags)])
        self._weighed[number] = self._weigh(described.own, described.far)
        basic, flags = features.basics([described])
        self._basic[number], self._flags[number] = basic[0], flags[0]
        self._numbers[word] = number

    def _add_marks(self, named: list[list[int]], scores: npt.NDArray[np.float32]) -> None:
        for at, marks in enumerate(named):
            if marks:
                numbers = np.array(marks, np.uint32)
                for distance in (-1, 0, 1):
                    if 0 <= at - distance < len(scores):
                        seen = features.at_distance(numbers, distance)
                        scores[at - distance] += self._total(seen)

    def _weigh(
        self, own: npt.NDArray[np.uint32], far: npt.NDArray[np.uint32]
    ) -> npt.NDArray[np.float32]:
        """Give what a word adds to tokens about it: float32, distances x labels."""
        rows = []
        for distance in range(-features.FAR, features.FAR + 1):
            seen = own if abs(distance) <= features.NEAR else far
            rows.append(self._total(features.at_distance(seen, distance)))
        return np.array(rows, np.float32)

    def _total(self, numbers: npt.NDArray[np.uint32]) -> npt.NDArray[np.float32]:
        return decoding.total(numbers, self._table, self._keys, self._weights)

    def _cut(
        self,
        row: npt.NDArray[np.int64],
        sure: npt.NDArray[np.float64],
        starts: list[int],
        ends: list[int],
    ) -> list[Span]:
        """Cut a row of labels into spans."""
        found: list[Span] = []
        open_label = ""
        chances = sure[np.arange(len(row)), row].tolist()
        for at, number in enumerate(row.tolist()):
            label = self.labels[number]
            name, chance = label[2:], chances[at]
            if label[0] == "I" and open_label == name:
                last = found.pop()
                found.append(Span(last.start, ends[at], name, min(last.sure, chance)))
            elif label != "O":
                found.append(Span(starts[at], ends[at], name, chance))
            open_label = name
        return found


@numba.njit(cache=True)
def _scored(
    words: npt.NDArray[np.int64], weighed: npt.NDArray[np.float32], labels: int
) -> npt.NDArray[np.float32]:
    """Sum what words about each token add to it; word 0 is the edge of the sentence."""
    scores = np.zeros((len(words), labels), np.float32)
    for at in range(len(words)):
        for distance in range(weighed.shape[1]):
            place = at + distance - features.FAR
            word = words[place] if 0 <= place < len(words) else 0
            for label in range(labels):
                scores[at, label] += weighed[word, distance, label]
    return scores


@numba.njit(cache=True)
def _add_all(
    numbers: npt.NDArray[np.uint32],
    table: npt.NDArray[np.int32],
    keys: npt.NDArray[np.uint32],
    weights: npt.NDArray[np.int8],
    scores: npt.NDArray[np.float32],
) -> None:
    for at in range(len(numbers)):
        for one in range(numbers.shape[1]):
            decoding.add(numbers[at, one], table, keys, weights, scores[at])


@cache
def load(genre: str) -> Tagger:
    """Load the model of a genre (``news`` or ``forum``), once a process."""
    return Tagger(_arrays(genre), _tables())


@cache
def _tables() -> Tables:
    arrays = _arrays("tables")
    return Tables(arrays, tuple(str(one) for one in arrays["names_of_kinds"]))


def _arrays(name: str) -> dict[str, npt.NDArray[np.generic]]:
    folder = resources.files("atalaya.reading.mentions.tagger").joinpath("data")
    with folder.joinpath(f"{name}.npz").open("rb") as file, np.load(file) as arrays:
        return dict(arrays)

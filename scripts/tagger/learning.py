"""Learns a linear-chain conditional random field: stochastic steps, features left out at random.

Source: J. Lafferty, A. McCallum and F. Pereira, "Conditional random fields", ICML 2001; steps after
J. Duchi, E. Hazan and Y. Singer, "Adaptive subgradient methods", JMLR 12 (2011) 2121-2159; features
are left out as in N. Srivastava and others, "Dropout", JMLR 15 (2014) 1929-1958. The weights of
the later rounds and of several seeds are averaged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_SMALL = 1e-3  # a gradient that moves nothing


@dataclass(frozen=True, slots=True)
class Corpus:
    """Sentences as numbers.

    Args:
        sentences: Where each sentence's tokens begin, and the end.
        tokens: Where each token's features begin, and the end.
        features: Rows of the features.
        labels: A label a token.
    """

    sentences: Ints
    tokens: Ints
    features: Ints
    labels: Ints


@dataclass(frozen=True, slots=True)
class Course:
    """How to learn: rounds, those left out of the average, step, share of features left out."""

    rounds: int = 20
    unaveraged: int = 8
    step: float = 0.1
    left_out: float = 0.5
    seeds: tuple[int, ...] = (1, 2, 3, 4, 5)


def learn(corpus: Corpus, features: int, labels: int, course: Course) -> tuple[Floats, Floats]:
    """Learn weights: features x labels, and moves: labels + 1 x labels (the last row starts)."""
    weights, moves = np.zeros((features, labels)), np.zeros((labels + 1, labels))
    for seed in course.seeds:
        print("seed", seed, flush=True)
        one = _learn(
            corpus.sentences,
            corpus.tokens,
            corpus.features,
            corpus.labels,
            (features, labels, course.rounds, course.unaveraged, seed),
            (course.step, course.left_out),
        )
        weights += one[0] / len(course.seeds)
        moves += one[1] / len(course.seeds)
    return weights, moves


@numba.njit
def _learn(sentences, tokens, features, labels, whole, real):  # type: ignore[no-untyped-def]
    size, count, rounds, unaveraged, seed = whole
    step, left_out = real
    np.random.seed(seed)
    weights, moves = np.zeros((size, count), np.float32), np.zeros((count + 1, count))
    moved, swung = np.full((size, count), 1e-2, np.float32), np.full((count + 1, count), 1e-2)
    mean, mean_moves = np.zeros((size, count), np.float32), np.zeros((count + 1, count))
    for number in range(rounds):
        for sentence in np.random.permutation(len(sentences) - 1):
            first, last = sentences[sentence], sentences[sentence + 1]
            if first == last:
                continue
            kept = np.random.random(tokens[last] - tokens[first]) >= left_out
            scores = _scores(tokens, features, weights, kept, first, last) / (1 - left_out)
            nodes, arcs = _gradient(scores, moves, labels[first:last])
            _stride(weights, moved, (tokens, features, kept, first), nodes / (1 - left_out), step)
            for row in range(count + 1):
                for label in range(count):
                    slope = arcs[row, label]
                    swung[row, label] += slope * slope
                    moves[row, label] -= step * slope / np.sqrt(swung[row, label])
        if number >= unaveraged:
            mean += weights
            mean_moves += moves
    return mean / (rounds - unaveraged), mean_moves / (rounds - unaveraged)


@numba.njit
def _scores(tokens, features, weights, kept, first, last):  # type: ignore[no-untyped-def]
    scores = np.zeros((last - first, weights.shape[1]))
    begin = tokens[first]
    for at in range(first, last):
        for place in range(tokens[at], tokens[at + 1]):
            if kept[place - begin]:
                row = features[place]
                for label in range(weights.shape[1]):  # a loop: adding rows takes memory each time
                    scores[at - first, label] += weights[row, label]
    return scores


@numba.njit
def _gradient(scores, moves, labels):  # type: ignore[no-untyped-def]
    """Give what the chances exceed the truth by: of tokens x labels, and of moves."""
    size, count = scores.shape
    gone = np.exp(moves)
    here = np.empty((size, count))
    for at in range(size):
        here[at] = np.exp(scores[at] - scores[at].max())
    ahead, behind = np.empty((size, count)), np.ones((size, count))
    ahead[0] = here[0] * gone[count]
    ahead[0] /= ahead[0].sum()
    for at in range(1, size):
        ahead[at] = (ahead[at - 1] @ gone[:count]) * here[at]
        ahead[at] /= ahead[at].sum()
    for at in range(size - 2, -1, -1):
        behind[at] = gone[:count] @ (here[at + 1] * behind[at + 1])
        behind[at] /= behind[at].sum()
    nodes, arcs = ahead * behind, np.zeros((count + 1, count))
    for at in range(size):
        nodes[at] /= nodes[at].sum()
        if at:
            pairs = np.outer(ahead[at - 1], here[at] * behind[at]) * gone[:count]
            arcs[:count] += pairs / pairs.sum()
            arcs[labels[at - 1], labels[at]] -= 1
    arcs[count] = nodes[0]
    arcs[count, labels[0]] -= 1
    for at in range(size):
        nodes[at, labels[at]] -= 1
    return nodes, arcs


@numba.njit
def _stride(weights, moved, where, nodes, step):  # type: ignore[no-untyped-def]
    tokens, features, kept, first = where
    begin = tokens[first]
    for at in range(len(nodes)):
        for place in range(tokens[first + at], tokens[first + at + 1]):
            if not kept[place - begin]:
                continue
            row = features[place]
            for label in range(nodes.shape[1]):
                slope = nodes[at, label]
                if abs(slope) > _SMALL:
                    moved[row, label] += slope * slope
                    weights[row, label] -= step * slope / np.sqrt(moved[row, label])

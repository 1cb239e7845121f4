"""The best row of labels of a sentence and how sure each is: Viterbi and forward-backward.

Source: J. Lafferty, A. McCallum and F. Pereira, "Conditional random fields", ICML 2001; L. R.
Rabiner, "A tutorial on hidden Markov models", Proceedings of the IEEE 77 (1989) 257-286.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.uint32]


@numba.njit(cache=True)
def slots(keys: Numbers, size: int) -> npt.NDArray[np.int32]:
    """Lay keys out for looking up: an open table of ``size`` (a power of two) with their rows."""
    table = np.full(size, -1, np.int32)
    for row in range(len(keys)):
        place = keys[row] & np.uint32(size - 1)
        while table[place] >= 0:
            place = (place + np.uint32(1)) & np.uint32(size - 1)
        table[place] = row
    return table


@numba.njit(cache=True)
def add(
    key: np.uint32,
    table: npt.NDArray[np.int32],
    keys: Numbers,
    weights: npt.NDArray[np.int8],
    out: Floats,
) -> None:
    """Add the weights of a feature to a token's scores, where the model has any."""
    mask = np.uint32(len(table) - 1)
    place = key & mask
    while table[place] >= 0:
        row = table[place]
        if keys[row] == key:
            for label in range(weights.shape[1]):
                out[label] += weights[row, label]
            return
        place = (place + np.uint32(1)) & mask


@numba.njit(cache=True)
def total(
    features: Numbers,
    table: npt.NDArray[np.int32],
    keys: Numbers,
    weights: npt.NDArray[np.int8],
) -> Floats:
    """Give the summed weights of features, a label each, in steps of the model's scale."""
    out = np.zeros(weights.shape[1], np.float32)
    for at in range(len(features)):
        add(features[at], table, keys, weights, out)
    return out


@numba.njit(cache=True)
def best(scores: Floats, moves: Floats) -> npt.NDArray[np.int64]:
    """Give the best row of labels (Viterbi).

    Args:
        scores: float32, tokens x labels.
        moves: float32, labels + 1 x labels: from a label to the next; the last row is the start.
    """
    count, labels = scores.shape
    reached = np.zeros((count, labels), np.float64)
    back = np.zeros((count, labels), np.int64)
    for label in range(labels):
        reached[0, label] = scores[0, label] + moves[labels, label]
    for at in range(1, count):
        for label in range(labels):
            top, origin = -1e30, 0
            for last in range(labels):
                value = reached[at - 1, last] + moves[last, label]
                if value > top:
                    top, origin = value, last
            reached[at, label] = top + scores[at, label]
            back[at, label] = origin
    row = np.zeros(count, np.int64)
    row[count - 1] = reached[count - 1].argmax()
    for at in range(count - 2, -1, -1):
        row[at] = back[at + 1, row[at + 1]]
    return row


@numba.njit(cache=True)
def sureness(scores: Floats, moves: Floats) -> npt.NDArray[np.float64]:
    """Give the probability of each label of each token: float64, tokens x labels."""
    count, labels = scores.shape
    gone = np.exp(moves.astype(np.float64))
    here = np.empty((count, labels), np.float64)
    for at in range(count):
        here[at] = np.exp(scores[at] - scores[at].max())
    ahead = np.empty((count, labels), np.float64)
    ahead[0] = here[0] * gone[labels]
    ahead[0] /= ahead[0].sum()
    for at in range(1, count):
        for label in range(labels):
            value = 0.0
            for last in range(labels):
                value += ahead[at - 1, last] * gone[last, label]
            ahead[at, label] = value * here[at, label]
        ahead[at] /= ahead[at].sum()
    behind = np.ones(labels, np.float64)
    for at in range(count - 2, -1, -1):
        earlier = np.zeros(labels, np.float64)
        for label in range(labels):
            for following in range(labels):
                onward = here[at + 1, following] * behind[following]
                earlier[label] += gone[label, following] * onward
        behind = earlier / earlier.sum()
        ahead[at] *= behind
        ahead[at] /= ahead[at].sum()
    return ahead

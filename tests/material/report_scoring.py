"""Measures a record read from a report against one labelled by hand: field precision, recall, F1.

A leaf counts where its value is equal once spaces, case and apostrophes are evened out.
Objects of a list are paired so that most leaves agree; what has no partner is missed or made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Score:
    """Leaves found, made up and missed, by field."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def f1(self, name: str | None = None) -> float:
        """F1 of one field, or of all of them together."""
        right, wrong, missed = (
            sum(n for key, n in one.items() if name in (None, key))
            for one in (self.right, self.wrong, self.missed)
        )
        return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0

    def fields(self) -> list[str]:
        return sorted({*self.right, *self.wrong, *self.missed})


def plain(one: Any) -> Any:
    """Give a record without its places, checking nothing."""
    if isinstance(one, dict):
        if set(one) == {"value", "span"}:
            return one["value"]
        return {name: plain(said) for name, said in one.items()}
    return [plain(each) for each in one] if isinstance(one, list) else one


def compare(found: dict[str, Any], gold: dict[str, Any], score: Score) -> None:
    """Add a record's leaves to a score."""
    for part, said in gold.items():
        _compare(found.get(part), said, part, score)


def _compare(found: Any, gold: Any, name: str, score: Score) -> None:
    if isinstance(gold, dict) or isinstance(found, dict):
        for key in {*(gold or {}), *(found or {})}:
            _compare((found or {}).get(key), (gold or {}).get(key), f"{name}.{key}", score)
    elif isinstance(gold, list) or isinstance(found, list):
        for one, two in _paired(found or [], gold or []):
            _compare(one, two, name, score)
    elif _even(found) == _even(gold):
        score.right[name] += gold is not None
    else:
        score.wrong[name] += found is not None
        score.missed[name] += gold is not None
        score.notes.append(f"{name}: {found!r} for {gold!r}")


def _paired(found: list[Any], gold: list[Any]) -> Iterator[tuple[Any, Any]]:
    pairs = sorted(
        (
            (-len(set(_leaves(one)) & set(_leaves(two))), abs(at - to), at, to)
            for at, one in enumerate(found)
            for to, two in enumerate(gold)
        )
    )
    used: set[int] = set()
    taken: set[int] = set()
    for agree, _, at, to in pairs:
        if agree < 0 and at not in used and to not in taken:
            used.add(at)
            taken.add(to)
            yield found[at], gold[to]
    yield from ((one, None) for at, one in enumerate(found) if at not in used)
    yield from ((None, two) for to, two in enumerate(gold) if to not in taken)


def _leaves(one: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(one, dict):
        for key, said in one.items():
            yield from _leaves(said, f"{name}.{key}")
    elif isinstance(one, list):
        for each in one:
            yield from _leaves(each, name)
    elif one is not None and not name.endswith(".n"):
        yield name, _even(one)


def _even(one: Any) -> Any:
    if not isinstance(one, str):
        return one
    return " ".join(one.replace("’", "'").split()).casefold().rstrip(".")

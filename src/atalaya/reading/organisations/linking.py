"""How sure it is that two names are one body: Fellegi and Sunter's weights, by Splink on DuckDB.

Each point on which two names are compared has levels; a level weighs as often as it is met among
pairs of one body against pairs of two. Those shares were counted on the labelled lists of
``tests/material/organisations/tune`` and on nothing else (``scripts/weigh_organisations.py``
counts them again), evened out where few pairs show a level. The shares of ``known`` and
``together`` are judgements: no list of ours shows them.

Source: Fellegi, I. P. and Sunter, A. B., A Theory for Record Linkage, Journal of the American
Statistical Association 64 (1969), 1183-1210.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from atalaya.reading.organisations.blocking import keys
from atalaya.reading.organisations.profiles import Profile

# Levels of each point, the highest first: (share among pairs of one body, among pairs of two).
SHARES: dict[str, tuple[tuple[float, float], ...]] = {
    "known": ((0.05, 0.001), (0.94, 0.979), (0.01, 0.02)),
    "words": (
        (0.13, 0.014), (0.76, 0.06), (0.04, 0.004), (0.03, 0.022), (0.015, 0.14), (0.005, 0.08),
        (0.02, 0.68),
    ),
    "acronym": ((0.04, 0.003), (0.16, 0.012), (0.79, 0.975), (0.01, 0.01)),
    "form": ((0.61, 0.25), (0.37, 0.65), (0.02, 0.10)),
    "rare": ((0.30, 0.12), (0.70, 0.88)),
    "place": ((0.28, 0.03), (0.68, 0.68), (0.03, 0.22), (0.01, 0.07)),
    "together": ((0.95, 0.80), (0.05, 0.20)),
}  # fmt: skip
PRIOR = 0.3  # share of pairs of one body among those compared
_CACHE = 200_000  # pairs whose levels are kept while one block of them is weighed


@dataclass(frozen=True, slots=True)
class Link:
    """Two names that were compared.

    Args:
        one: Position of the first name.
        other: Position of the second, higher.
        probability: That they are one body, from 0 to 1.
    """

    one: int
    other: int
    probability: float


def links(
    profiles: Sequence[Profile],
    levels: Callable[[int, int], tuple[int, ...]],
    least: float = 0.0,
) -> list[Link]:
    """Weigh every pair of names that could be one body.

    Args:
        profiles: One a name.
        levels: Gives the level of a pair of positions at each point, in the order of ``SHARES``.
        least: Probability, from 0 to 1, below which a pair is not given. Most pairs of a long list
            are of two bodies beyond doubt, and a million of them take memory for nothing.

    Returns:
        The pairs compared, in order of position.
    """
    if len(profiles) < 2:  # noqa: PLR2004 - a pair
        return []
    import duckdb
    from splink import DuckDBAPI, Linker

    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET memory_limit = '2GB'")
        _register(connection, levels)
        api = DuckDBAPI(connection)
        table = pa.table(
            {
                "unique_id": pa.array(range(len(profiles)), pa.int64()),
                "position": pa.array(range(len(profiles)), pa.int64()),
                "keys": pa.array(keys(profiles), pa.list_(pa.string())),
            }
        )
        linker = Linker(api.register(table), _settings(), log_level="ERROR")
        predicted = linker.inference.predict()
        found = connection.execute(
            f"SELECT unique_id_l, unique_id_r, match_probability FROM {predicted.physical_name} "  # noqa: S608 - Splink's own name of its table
            "WHERE match_probability >= ?",
            [least],
        ).fetchall()
    finally:
        connection.close()
    return sorted(
        (Link(min(one, two), max(one, two), sure) for one, two, sure in found),
        key=lambda each: (each.one, each.other),
    )


def _register(connection: Any, levels: Callable[[int, int], tuple[int, ...]]) -> None:
    """Let DuckDB ask for a pair's levels: one number, a digit a point."""
    kept: dict[tuple[int, int], int] = {}

    def code(one: int, other: int) -> int:
        found = kept.get((one, other))
        if found is None:
            if len(kept) > _CACHE:
                kept.clear()
            found = int("".join(map(str, levels(one, other))))
            kept[one, other] = found
        return found

    def codes(ones: pa.ChunkedArray, others: pa.ChunkedArray) -> pa.Array:
        return pa.array(map(code, ones.to_pylist(), others.to_pylist()), pa.int64())

    from duckdb.sqltypes import BIGINT

    connection.create_function("levels_of", codes, [BIGINT, BIGINT], BIGINT, type="arrow")


def _settings() -> Any:
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons
    from splink import SettingsCreator, block_on

    points: list[Any] = []
    for number, (name, shares) in enumerate(SHARES.items()):
        digit = 10 ** (len(SHARES) - 1 - number)
        at = f"(levels_of(position_l, position_r) // {digit}) % 10"
        made: list[Any] = []
        for level, (same, other) in zip(range(len(shares) - 1, -1, -1), shares, strict=True):
            rule = levels.ElseLevel() if level == 0 else levels.CustomLevel(f"{at} = {level}")
            made.append(rule.configure(m_probability=same, u_probability=other))
        points.append(comparisons.CustomComparison(made, output_column_name=name))
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=points,
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
        probability_two_random_records_match=PRIOR,
        retain_matching_columns=False,
    )

"""Whatever was counted: each claim is in one observation, no cell is missing, order is nothing."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.declared import COUNTS, editions, read, sheet, source

from atalaya.model.identifiers import record_id
from atalaya.model.periods import Period
from atalaya.series.counting import count

FIRST = Period.parse("2022-11")
cells = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 3)),
    st.tuples(st.integers(0, 9), st.none() | st.integers(9, 40) | st.just(0)),
    min_size=1,
    max_size=20,
)
DECLARED = source(COUNTS, expect={"max_broken": 1})


@settings(deadline=None, max_examples=10)  # each example asks the engine twice
@given(cells, st.randoms(use_true_random=False))
def test_every_claim_is_counted_once_in_a_full_grid_and_its_order_does_not_matter(found, chance):
    text = sheet(
        *(
            f"{FIRST + month},drug {drug},{cases},{'' if examined is None else examined}"
            for (month, drug), (cases, examined) in found.items()
        )
    )
    claims = read(text, DECLARED).claims
    order = list(range(claims.num_rows))
    chance.shuffle(order)
    series = count(claims, [DECLARED], editions(text)).series
    assert count(
        claims.take(pa.array(order, pa.int64())), [DECLARED], editions(text)
    ).series.equals(series)

    rows = series.to_pylist()
    made_from = [claim for row in rows for claim in row["made_from"]]
    assert sorted(made_from) == sorted(claims["id"].to_pylist())
    if rows:
        months = [Period.parse(text) for text in claims["period"].to_pylist()]
        span = max(months) - min(months) + 1
        assert len(rows) == span * len(set(series["series"].to_pylist()))
    for row in rows:
        named = ("series", "period", "count", "population", "made_from")
        assert row["id"] == record_id("observation", {name: row[name] for name in named})
        assert (row["count"] is not None) == (row["status"] == "observed")

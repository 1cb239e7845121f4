"""No bytes make the reader of counts fail in any other way than by saying what is wrong."""

from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.model.errors import BadInput
from atalaya.reading.counts import parse_counts

CELL = st.one_of(
    st.sampled_from(["x", "2019-01", "2019-W07", "2019-03-02", "3", "-1", "", '"', "NA", "1e9"]),
    st.text(max_size=6),
)
LINE = st.lists(CELL, min_size=1, max_size=6).map(",".join)
LINES = st.lists(LINE, max_size=8).map("\n".join)
HEADING = st.sampled_from(["", "series,period,count\n", "series,period,count,population,source\n"])


def _sound(payload):
    """Say whether a payload gives rows that hold together, or an error with place and remedy."""
    try:
        rows = parse_counts(payload, "counts.csv")
    except BadInput as error:
        return bool(error.do) and str(error).startswith("counts.csv")
    together = len(rows.count) == len(rows.row_series) == len(rows.row_period) > 0
    return together and not (rows.count < 0).any()


@settings(deadline=None)  # the first example loads what only errors need
@given(HEADING, LINES)
def test_any_text_is_read_or_refused(heading, lines):
    assert _sound((heading + lines).encode("utf-8", "surrogatepass"))


@settings(deadline=None)
@given(HEADING, st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(heading, tail):
    assert _sound(heading.encode() + tail)


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.integers(1, 12)), st.integers(0, 99)))
def test_what_is_written_is_read(cells):
    lines = [f"{name},2019-{month:02d},{count}" for (name, month), count in cells.items()]
    if not lines:
        return
    rows = parse_counts(("series,period,count\n" + "\n".join(lines)).encode(), "counts.csv")
    read = {
        (rows.series[series], period - 2019 * 12 + 1): count
        for series, period, count in zip(rows.row_series, rows.row_period, rows.count, strict=True)
    }
    assert read == cells

"""A figure is a number, a range or unknown, and sums stay honest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.model.errors import BadInput
from atalaya.publishing.site.cells import Cell, total


@pytest.mark.parametrize(
    ("written", "plain"),
    [("12", 12), ("1-9", "1-9"), ("1–9", "1-9"), ("0", 0), ("", None), (None, None), (2.5, 2.5)],
)
def test_a_cell_is_read_and_said_again(written: object, plain: object) -> None:
    assert Cell.parse(written).plain() == plain


@pytest.mark.parametrize("written", ["many", "nan", "inf", "1-", " "])
def test_what_is_no_figure_is_refused(written: str) -> None:
    with pytest.raises(BadInput, match="neither a number nor a range"):
        Cell.parse(written)


def test_zero_is_known_and_not_hidden() -> None:
    zero = Cell.parse("0")
    assert (zero.known, zero.hidden, zero.plain()) == (True, False, 0)


def test_nothing_known_adds_up_to_nothing_known() -> None:
    assert total([Cell(), Cell()]) == Cell()


@given(st.lists(st.integers(min_value=0, max_value=10_000)))
def test_the_range_of_a_sum_holds_the_true_sum(counts: list[int]) -> None:
    shown = [Cell.parse("1-9" if 1 <= count <= 9 else count) for count in counts]
    summed = total(shown)
    if counts:
        assert summed.low is not None
        assert summed.high is not None
        assert summed.low <= sum(counts) <= summed.high
    else:
        assert not summed.known


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_with_a_remedy(text: str) -> None:
    try:
        read = Cell.parse(text)
    except BadInput as error:
        remedy = error.do
    else:
        remedy = "none needed" if read.known or not text else ""
    assert remedy

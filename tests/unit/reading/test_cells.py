import pytest

from atalaya.model.errors import BadInput
from atalaya.reading import cells


@pytest.mark.parametrize(
    "text", ["1,234", "3,5", "1 000", "<5", "1-9", "n/a", "inf", "nan", "٣", "0x1"]
)
def test_what_is_not_plainly_a_number_is_refused(text):
    with pytest.raises(BadInput, match="is not a plain number"):
        cells.number(text)


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("-1.5", -1.5), ("1e3", 1000), (".5", 0.5)])
def test_plain_numbers_are_read(text, value):
    assert cells.number(text) == value


def test_a_long_cell_is_cut_in_the_message():
    with pytest.raises(BadInput) as caught:
        cells.number("x" * 10_000)
    assert len(caught.value.what) < 120

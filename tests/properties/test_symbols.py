import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.model.errors import BadInput
from atalaya.promises.symbols import Symbol

numbers = st.integers(1, 9999)
symbols = st.builds(
    Symbol,
    body=st.from_regex(r"[A-Z]{1,4}(/[A-Z][A-Za-z]{0,4}\.[1-9][0-9]?){1,3}", fullmatch=True),
    year=st.integers(1946, 2099),
    series=st.none() | st.sampled_from(["L", "CRP", "NGO", "INF"]),
    number=numbers,
    revision=st.none() | numbers,
)


@given(symbols)
def test_a_symbol_that_is_printed_is_read_again(symbol):
    assert Symbol.parse(str(symbol)) == symbol


@given(st.text(max_size=40))
def test_any_text_is_a_symbol_that_prints_as_it_was_or_is_refused(text):
    try:
        symbol = Symbol.parse(text)
    except BadInput:
        return
    assert str(symbol) == text


@pytest.mark.parametrize(
    "text",
    ["", "68/6", "E/CN.7/2025/L.", "E/CN.7/2025/L.6/Rev.0", "E/CN.7/2025/L.6 as amended by L.10"],
)
def test_what_is_no_symbol_is_refused(text):
    with pytest.raises(BadInput, match="is not a document symbol"):
        Symbol.parse(text)


def test_a_draft_is_told_from_a_report():
    assert Symbol.parse("E/CN.7/2025/L.6/Rev.1").is_draft
    assert not Symbol.parse("E/CN.7/2025/11").is_draft

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.model.errors import BadInput
from atalaya.promises.drafts import Draft, adoptions
from atalaya.promises.symbols import Change, Form, Kind, Symbol

numbers = st.integers(1, 9999)
bodies = st.from_regex(
    r"(A|E|S|ST|CTOC)(/(CN|C|CONF|HRC|INCB)(\.[1-9][0-9]?)?){0,2}", fullmatch=True
)
sessions = st.none() | st.from_regex(r"((S|ES)-)?[1-9][0-9]{0,3}", fullmatch=True)
series = st.sampled_from(["L", "CRP", "NGO", "INF", "RES"])
changes = st.lists(st.builds(Change, st.sampled_from(Kind), numbers), max_size=3).map(tuple)
symbols = st.one_of(
    st.builds(Symbol, bodies, sessions, st.none(), numbers, changes, st.just(Form.PLAIN)),
    *(
        st.builds(Symbol, bodies, sessions, series, numbers, changes, st.just(form))
        for form in (Form.DOTTED, Form.LEADING)
    ),
    st.builds(
        Symbol, bodies, sessions.filter(bool), series, numbers, changes, st.just(Form.SLASHED)
    ),
    st.builds(
        Symbol, st.just("WHA"), st.integers(1, 99).map(str), st.sampled_from(["RES", "DEC"]),
        numbers, st.just(()), st.just(Form.HEALTH),
    ),
)  # fmt: skip


@given(symbols)
def test_a_symbol_that_is_printed_is_read_again(symbol):
    assert Symbol.parse(str(symbol)) == symbol


@given(st.text(max_size=40) | st.text(alphabet="AELRW/.0123evdCN-S", max_size=24))
def test_any_text_is_a_symbol_that_prints_as_it_was_or_is_refused(text):
    try:
        symbol = Symbol.parse(text)
    except BadInput:
        return
    assert str(symbol) == text


@given(st.text(max_size=80))
def test_any_text_is_searched_for_adoptions_without_falling(text):
    assert all(text[one.start : one.end] for one in adoptions(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("E/CN.7/2025/L.6/Rev.1", ("E/CN.7", "2025", "L", 6, "Rev.1")),
        ("E/CN.7/2025/L.6/Rev.1/Add.1", ("E/CN.7", "2025", "L", 6, "Rev.1 Add.1")),
        ("E/CN.7/2025/CRP.3", ("E/CN.7", "2025", "CRP", 3, "")),
        ("E/CN.7/2025/NGO/4", ("E/CN.7", "2025", "NGO", 4, "")),
        ("E/CN.7/2025/11/Corr.1", ("E/CN.7", "2025", None, 11, "Corr.1")),
        ("A/RES/78/1", ("A", "78", "RES", 1, "")),
        ("A/RES/S-30/1", ("A", "S-30", "RES", 1, "")),
        ("A/HRC/57/L.3", ("A/HRC", "57", "L", 3, "")),
        ("A/HRC/RES/57/1", ("A/HRC", "57", "RES", 1, "")),
        ("A/C.3/79/L.5", ("A/C.3", "79", "L", 5, "")),
        ("A/CONF.77/4", ("A/CONF.77", None, None, 4, "")),
        ("E/2025/28", ("E", "2025", None, 28, "")),
        ("E/INCB/2024/1", ("E/INCB", "2024", None, 1, "")),
        ("CTOC/COP/2024/L.2/Rev.1", ("CTOC/COP", "2024", "L", 2, "Rev.1")),
        ("S/PV.9000", ("S", None, "PV", 9000, "")),
        ("S/RES/2664", ("S", None, "RES", 2664, "")),
        ("WHA78.5", ("WHA", "78", "RES", 5, "")),
        ("WHA78(12)", ("WHA", "78", "DEC", 12, "")),
        ("EB156.R3", ("EB", "156", "RES", 3, "")),
    ],
)
def test_symbols_of_many_bodies_are_taken_apart(text, parts):
    one = Symbol.parse(text)
    changed = " ".join(map(str, one.changes))
    assert (one.body, one.session, one.series, one.number, changed) == parts
    assert str(one) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "68/6", "E/CN.7/2025/L.", "E/CN.7/2025/L.6/Rev.0", "E/CN.7/2025/L.6 as amended by L.10",
        "A/77/CONF./4", "E/CN.7/2025/l.6", "E/CN.7//L.6", "E/CN.7/2025/L.6/Rev.1/", "EB156.3",
        "E/CN.7/2025/L.6/Rev.1/Add", "WHA78.R5", "E/CN.7", "E/CN.7/2025/L.06",
    ],
)  # fmt: skip
def test_what_is_no_symbol_is_refused(text):
    with pytest.raises(BadInput, match="is not a document symbol") as caught:
        Symbol.parse(text)
    assert caught.value.do


def test_a_draft_is_told_from_a_report_and_a_year_from_a_session():
    assert Symbol.parse("E/CN.7/2025/L.6/Rev.1").is_draft
    assert not Symbol.parse("E/CN.7/2025/11").is_draft
    assert Symbol.parse("E/CN.7/2025/11").year == 2025
    assert Symbol.parse("A/HRC/57/L.3").year is None


@pytest.mark.parametrize(
    "words",
    ["as amended by L.10", "en su forma enmendada por L.10", "tel que modifié par L.10",
     "as amended by E/CN.7/2025/L.10"],
)  # fmt: skip
def test_a_draft_is_read_with_its_amendment_in_three_languages(words):
    one = Draft.parse(f"E/CN.7/2025/L.6/Rev.1 {words}")
    assert (str(one.symbol), *map(str, one.amended_by)) == (
        "E/CN.7/2025/L.6/Rev.1",
        "E/CN.7/2025/L.10",
    )
    assert str(one.symbol.related("Add.1")) == "E/CN.7/2025/L.6/Rev.1/Add.1"
    assert str(one.symbol.first_issued) == "E/CN.7/2025/L.6"


@pytest.mark.parametrize(
    "text",
    [
        "The draft E/CN.7/2025/L.6/Rev.1, as amended by L.10, was adopted as resolution 68/6.",
        "Resolution 68/6 (E/CN.7/2025/L.6/Rev.1 as amended by E/CN.7/2025/L.10) was put to a vote.",
        "El proyecto E/CN.7/2025/L.6/Rev.1 fue aprobado como resolución 68/6.",
        "Le projet E/CN.7/2025/L.6/Rev.1 a été adopté en tant que résolution 68/6.",
    ],
)
def test_a_draft_is_linked_where_one_sentence_says_its_number(text):
    (one,) = adoptions(f"Before. {text} After.")
    assert (one.number, str(one.draft.symbol)) == ("68/6", "E/CN.7/2025/L.6/Rev.1")


@pytest.mark.parametrize(
    "text",
    [
        "Drafts E/CN.7/2025/L.2 and E/CN.7/2025/L.3 were adopted as resolutions 68/1 and 68/2.",
        "Drafts E/CN.7/2025/L.2 and E/CN.7/2025/L.3 were adopted; see resolution 68/1.",
        "Draft E/CN.7/2025/L.6 was adopted. It recalls resolution 68/6.",
        "Draft E/CN.7/2025/L.6 recalls resolution 67/1.",
    ],
)
def test_a_pair_that_would_be_guessed_is_not_made(text):
    assert adoptions(text) == ()

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.model.errors import BadInput
from atalaya.promises.drafts import Draft, adoptions
from atalaya.reading.symbols.finding import mentions
from atalaya.reading.symbols.symbol import Change, Form, Kind, Symbol

GOLD = sorted((Path(__file__).parents[1] / "material" / "symbols").glob("*.json"))
PIECES = ["E/CN.7", "/2025", "/L.6", "/Rev.1", "A78/4", "EB156(12)", "GC(68)/RES/9", "COM(2025) 12"]
PIECES += [
    " final",
    " ",
    "\n",
    "/",
    "-",
    "S/RES/2664 (2022)",
    "CP/doc.3/99",
    "A/78",
    "(",
    ".",
    "A/RES",
]
numbers = st.integers(1, 9999)
bodies = st.from_regex(
    r"(A|E|S|ST|CTOC)(/(CN|C|CONF|HRC|INCB)(\.[1-9][0-9]?)?){0,2}", fullmatch=True
)
sessions = st.none() | st.from_regex(r"((S|ES)-)?[1-9][0-9]{0,3}", fullmatch=True)
series = st.sampled_from(["L", "CRP", "NGO", "INF", "RES"])


def _alone(change):
    return (change,)


kinds = st.sampled_from([one for one in Kind if one is not Kind.VERSION])
changes = st.lists(st.builds(Change, kinds, numbers), max_size=3).map(tuple)
years = st.integers(2000, 2099).map(str)
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
    st.builds(
        Symbol, st.sampled_from(["WHA", "WHA/A", "EB"]), st.integers(1, 999).map(str),
        st.none() | st.sampled_from(["INF", "CONF"]), numbers, changes, st.just(Form.GLUED),
    ),
    st.builds(
        Symbol, st.sampled_from(["WHA", "EB"]), st.integers(1, 999).map(str),
        st.sampled_from(["INF", "CONF"]), numbers, changes, st.just(Form.GLUED_STOPPED),
    ),
    st.builds(
        Symbol, bodies, sessions.filter(bool), st.sampled_from(["INF", "CONF", "DIV"]), numbers,
        changes, st.just(Form.STOPPED),
    ),
    st.builds(
        Symbol, bodies, st.integers(1, 99).map(str), st.none() | series, numbers, changes,
        st.just(Form.BRACKETED),
    ),
    st.builds(
        Symbol, bodies, st.integers(1, 99).map(str), series, numbers, changes,
        st.just(Form.BRACKETED_DOTTED),
    ),
    st.builds(Symbol, bodies, years, st.just("RES"), numbers, st.just(()), st.just(Form.DATED)),
    st.builds(
        Symbol, st.just("UNEP/EA.6"), st.none() | years, st.sampled_from(["RES", "DEC"]), numbers,
        changes, st.just(Form.NAMED),
    ),
    st.builds(
        Symbol, st.sampled_from(["CICAD", "CP", "AG"]), st.sampled_from(["24", "99"]),
        st.sampled_from(["DOC", "INF"]), numbers, changes, st.just(Form.AMERICAN),
    ),
    st.builds(
        Symbol, st.sampled_from(["AG", "CP"]), st.sampled_from(["LIV-O/24", "1208/99"]),
        st.sampled_from(["RES", "DEC"]), numbers, changes, st.just(Form.AMERICAN_ACT),
    ),
    st.builds(
        Symbol, st.sampled_from(["COM", "SWD"]), years, st.just("FINAL"), numbers,
        st.just(()) | st.builds(Change, st.just(Kind.VERSION), st.integers(2, 9)).map(_alone),
        st.just(Form.UNION),
    ),
)  # fmt: skip


def _evened(text):
    """Give a symbol without what copying leaves in it; some bodies write "rev" as well as "Rev"."""
    return "".join(text.split()).lower()


@given(symbols)
def test_a_symbol_that_is_printed_is_read_again(symbol):
    assert Symbol.parse(str(symbol)) == symbol


@given(st.text(max_size=40) | st.text(alphabet="AELRW/.0123evdCN-S", max_size=24))
def test_any_text_is_a_symbol_that_prints_as_it_was_or_is_refused(text):
    try:
        symbol = Symbol.parse(text)
    except BadInput:
        return
    assert _evened(str(symbol)) == _evened(text)


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
        ("A78/4", ("WHA", "78", None, 4, "")),
        ("A78/4 Add.1", ("WHA", "78", None, 4, "Add.1")),
        ("A77/A/CONF./4", ("WHA/A", "77", "CONF", 4, "")),
        ("A/77/CONF./4", ("A", "77", "CONF", 4, "")),
        ("EB156/12", ("EB", "156", None, 12, "")),
        ("EB156/CONF./7 Rev.1", ("EB", "156", "CONF", 7, "Rev.1")),
        ("GC(68)/RES/9", ("GC", "68", "RES", 9, "")),
        ("GC(69)/L.2", ("GC", "69", "L", 2, "")),
        ("TD/B/EX(72)/L.1", ("TD/B/EX", "72", "L", 1, "")),
        ("ICC-ASP/22/Res.3", ("ICC-ASP", "22", "RES", 3, "")),
        ("GC(68)/7", ("GC", "68", None, 7, "")),
        ("GOV/2024/45", ("GOV", "2024", None, 45, "")),
        ("S/RES/2664 (2022)", ("S", "2022", "RES", 2664, "")),
        ("UNEP/EA.6/L.10", ("UNEP/EA.6", None, "L", 10, "")),
        ("UNEP/EA.6/Res.4", ("UNEP/EA.6", None, "RES", 4, "")),
        ("CICAD/doc.2785/24", ("CICAD", "24", "DOC", 2785, "")),
        ("CICAD/doc.2785/24 rev.1", ("CICAD", "24", "DOC", 2785, "Rev.1")),
        ("AG/RES. 3026 (LIV-O/24)", ("AG", "LIV-O/24", "RES", 3026, "")),
        ("CP/RES. 756 (1208/99)", ("CP", "1208/99", "RES", 756, "")),
        ("COM(2025) 123 final", ("COM", "2025", "FINAL", 123, "")),
        ("SWD(2025) 45 final/2", ("SWD", "2025", "FINAL", 45, "version.2")),
        ("E/C.12/GC/25", ("E/C.12", None, "GC", 25, "")),
        ("E/INCB/2008/1/Supp.1", ("E/INCB", "2008", None, 1, "Supp.1")),
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
        "A/77/CONF.", "A78-4", "GC(68)/RES/", "COM(25) final", "E/CN.7/2025/l.6",
        "E/CN.7//L.6", "E/CN.7/2025/L.6/Rev.1/", "EB156.3",
        "E/CN.7/2025/L.6/Rev.1/Add", "WHA78.R5", "E/CN.7", "E/CN.7/2025/L.06",
    ],
)  # fmt: skip
def test_what_is_no_symbol_is_refused(text):
    with pytest.raises(BadInput, match="is not a document symbol") as caught:
        Symbol.parse(text)
    assert caught.value.do


@pytest.mark.parametrize(
    ("copied", "printed"),
    [
        ("E/CN.7/2025/ L.6/\n  Rev.1", "E/CN.7/2025/L.6/Rev.1"),
        ("E/CN.7/2025\n/L.6", "E/CN.7/2025/L.6"),
        ("E/CN.7/2025/L.6\u00a0/Rev.1", "E/CN.7/2025/L.6/Rev.1"),
        ("S/RES/2664(2022)", "S/RES/2664 (2022)"),
        ("CICAD/doc. 2785/24 rev. 1", "CICAD/doc.2785/24 rev.1"),
        ("AG/RES.3026(LIV-O/24)", "AG/RES. 3026 (LIV-O/24)"),
    ],
)
def test_what_copying_leaves_in_a_symbol_is_read_over(copied, printed):
    assert str(Symbol.parse(copied)) == printed


def test_a_document_that_bears_two_symbols_has_both():
    one = Symbol.parse("E/2025/28-E/CN.7/2025/14")
    assert (one.body, one.number) == ("E", 28)
    assert str(one.twin) == "E/CN.7/2025/14"
    assert str(one) == "E/2025/28-E/CN.7/2025/14"


@pytest.mark.parametrize(
    ("text", "year"), [("CP/doc.3167/99", 1999), ("AG/RES. 3026 (LIV-O/24)", 2024)]
)
def test_two_digits_of_the_american_states_are_a_year(text, year):
    assert Symbol.parse(text).year == year


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map("".join))
@settings(deadline=None)
def test_any_text_is_searched_for_symbols_and_each_is_the_one_at_its_place(text):
    found, unread = mentions(text)
    for one in found:
        assert Symbol.parse(one.span.of(text)) == one.symbol
    places = sorted([*(one.span for one in found), *(one.span for one in unread)])
    assert all(left.end <= right.start for left, right in pairwise(places))


@pytest.mark.parametrize(
    "text", ["A/" * 20000, "E/CN.7/2025/L.6/Rev." * 2000, "A78/4 " * 8000, "GC(1)" * 9000]
)
def test_a_text_made_to_hold_the_search_up_does_not(text):
    start = time.monotonic()
    mentions(text)
    assert time.monotonic() - start < 20, "a pattern walks back and forth over this"


@pytest.mark.parametrize("gold", GOLD, ids=lambda one: one.stem)
def test_every_symbol_of_a_text_is_found_and_nothing_else(gold):
    text = gold.with_suffix(".txt").read_text("utf-8")
    found, unread = mentions(text)
    assert {
        "symbols": [str(one.symbol) for one in found],
        "unread": [one.span.of(text) for one in unread],
    } == json.loads(gold.read_text("utf-8"))


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

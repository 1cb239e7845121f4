"""Whatever two versions say: their difference leads from one to the other, and never breaks."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from atalaya.reading.changes import Difference, Kind, Unit, Version, difference
from atalaya.reading.changes.aligning import gaps
from atalaya.reading.changes.lines import text_passages
from atalaya.reading.changes.pages import decoded
from atalaya.reading.changes.passages import folded, sentences
from atalaya.reading.changes.tables import sheet
from atalaya.reading.changes.words import tokens, word_runs

_WORDS = st.sampled_from(
    ["Peru", "Chile", "has", "signed", "40", "44", "members.", "The", "text", "1,200", "(new)"]
)
_LINES = st.lists(st.lists(_WORDS, min_size=1, max_size=8).map(" ".join), max_size=12)
_ANY = st.text(max_size=300)
_TAGS = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td>",
            "<th>",
            "</table>",
            "<ul>",
            "<li>",
            "<nav>",
            "</nav>",
            "<pre>",
            "</pre>",
            "<br>",
            "<h1>",
            "</h1>",
            "<td rowspan=2>",
            "a b. C",
            "40",
        ]
    ),
    max_size=40,
).map("".join)


def _texts(old: str, new: str) -> Difference:
    return difference(Version(old.encode()), Version(new.encode()))


@given(_LINES, _LINES)
def test_the_difference_applied_to_the_older_version_gives_the_newer(old, new):
    one, other = "\n\n".join(old), "\n\n".join(new)
    older = tuple(part.text for part in text_passages(one))
    newer = tuple(part.text for part in text_passages(other))
    found = _texts(one, other)
    if one != other:
        assert found.applied(older) == newer


@given(_LINES, _LINES)
def test_every_passage_that_came_or_went_is_told_once(old, new):
    one, other = "\n\n".join(old), "\n\n".join(new)
    found = _texts(one, other)
    if found.aside:
        return
    balance = Counter(folded(part.text) for part in text_passages(one))
    for change in found.changes:
        if change.kind is not Kind.MOVED:
            balance.subtract([folded(change.before)] if change.before else [])
            balance.update([folded(change.after)] if change.after else [])
    assert +balance == Counter(folded(part.text) for part in text_passages(other))
    assert not -balance


@given(_ANY)
def test_equal_texts_differ_in_nothing(text):
    assert _texts(text, text) == Difference()


@given(
    st.binary(max_size=200), st.binary(max_size=200), st.sampled_from(["", "text/html", "text/csv"])
)
def test_nothing_breaks_on_any_bytes(old, new, media_type):
    found = difference(Version(old, media_type), Version(new, media_type))
    assert isinstance(found, Difference)


@given(_TAGS, _TAGS)
def test_nothing_breaks_on_any_markup(old, new):
    found = difference(Version(old.encode(), "text/html"), Version(new.encode(), "text/html"))
    assert all(change.before or change.after for change in found.changes)


@given(_ANY, _ANY)
def test_marked_words_make_up_both_versions(before, after):
    runs = word_runs(before, after)
    assert "".join(run.text for run in runs if run.op != "ins") == before
    assert "".join(run.text for run in runs if run.op != "del") == after


@given(_ANY)
def test_tokens_make_up_the_text(text):
    assert "".join(tokens(text)) == text


@given(st.lists(st.integers(0, 5), max_size=60), st.lists(st.integers(0, 5), max_size=60))
def test_between_two_gaps_both_sequences_are_the_same(old, new):
    a = c = 0
    for gap in gaps(old, new):
        assert old[a : gap.a] == new[c : gap.c]
        assert gap.a < gap.b or gap.c < gap.d
        a, c = gap.b, gap.d
    assert old[a:] == new[c:]


@given(st.text(alphabet="ab .;(1A\n", max_size=400))
def test_sentences_lose_no_word(text):
    words = " ".join(text.split())
    assert " ".join(" ".join(sentences(words)).split()) == words


_ROWS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 99), min_size=1)


@given(_ROWS, _ROWS)
def test_rows_by_key_lead_from_one_file_to_the_other(old, new):
    def written(rows):
        return "who,deaths\n" + "".join(f"{who},{count}\n" for who, count in rows.items())

    found = difference(
        Version(written(old).encode(), "text/csv"), Version(written(new).encode(), "text/csv")
    )
    made = {who: str(count) for who, count in old.items()}
    for change in found.changes:
        if change.unit is Unit.CELL:
            made[change.row] = change.after
        elif change.kind is Kind.REMOVED:
            del made[change.before.split(" | ")[0]]
    for change in found.changes:
        if change.kind is Kind.ADDED and change.unit is Unit.ROW:
            who, count = change.after.split(" | ")
            made[who] = count
    assert made == {who: str(count) for who, count in new.items()}


@given(_ANY)
def test_reading_a_file_as_a_table_breaks_on_nothing(text):
    rows = sheet(decoded(text.encode("utf-8", "replace")))
    assert rows is None or all(len(row) >= len(rows.heads) for row in rows.rows)

"""Whatever a text holds, checking it never fails, and every answer stands where it says."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.claim_sentences import cases
from tests.material.small_release import edition

from atalaya.promises.claims import Record, Verdict, check
from atalaya.promises.claims.amounts import amounts
from atalaya.promises.claims.intervals import Interval, moved, says
from atalaya.promises.claims.stance import read
from atalaya.publishing.site.beside import record_of

RECORD = record_of(edition())
TEXTS = sorted({one.text for one in cases()})
WORDS = sorted({word for text in TEXTS for word in text.split()})
figures = st.floats(0, 1e7, allow_nan=False).map(lambda one: float(round(one)))
pieces = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(WORDS),
    st.text(max_size=40),
    st.sampled_from(
        ["29.900", "1,5 millones", "L.6", "68/6", "not", "¿", "?", "  ", "“", "—", "9" * 40]
    ),
)


def _sound(text):
    for one in check(text, RECORD):
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert one.verdict in Verdict
        assert one.says
        assert one.safe
        if one.verdict is not Verdict.CANNOT_TELL:
            assert one.found
            assert one.why or one.checked, "an answer names the row it rests on"


@settings(max_examples=60)
@given(st.lists(pieces, max_size=12), st.sampled_from([" ", "\n", ", ", ". ", "\r\n", "\u00a0"]))
def test_any_text_is_checked_and_every_answer_stands_in_it(parts, between):
    _sound(between.join(parts))


@settings(max_examples=80)
@given(st.sampled_from(TEXTS), st.data())
def test_a_sentence_that_is_cut_scribbled_on_or_shuffled_is_still_checked(text, data):
    words = text.split()
    at = data.draw(st.integers(0, len(words)))
    other = data.draw(pieces)
    changes = (
        " ".join([*words[:at], other, *words[at:]]),
        " ".join(words[at:] + words[:at]),
        text[: data.draw(st.integers(0, len(text)))],
        text.upper(),
        text.replace(" ", "\u00a0"),
        text * 3,
    )
    for changed in changes:
        _sound(changed)


@given(st.lists(pieces, max_size=8).map(" ".join))
def test_amounts_stand_in_order_and_never_overlap(text):
    last = 0
    for one in amounts(text, (0, len(text))):
        assert last <= one.span.start < one.span.end <= len(text)
        assert any(letter.isalnum() for letter in one.span.of(text))
        assert one.step > 0
        last = one.span.end


@given(st.lists(pieces, max_size=8).map("\n".join))
def test_sentences_cover_the_words_of_a_text_without_overlap(text):
    last = 0
    for one in read(text):
        assert last <= one.span.start <= one.span.end <= len(text)
        last = one.span.end


@given(
    st.sampled_from(["29900", "more than 12", "about 40", "nearly 90", "fewer than 7"]),
    figures,
    figures,
    figures,
)
def test_what_holds_of_a_range_holds_of_every_figure_in_it(words, one, other, inside):
    low, high = sorted((one, other))
    (amount,) = amounts(f"{words} hectares", (0, len(words) + 9))
    whole = says(amount, Interval(low, high))
    point = min(max(inside, low), high)
    if whole is not None:
        assert says(amount, Interval(point, point)) is whole


@given(
    st.sampled_from(["rose", "fell", "doubled", "tripled", "halved"]),
    st.sampled_from([None, "nearly", "more"]),
    st.lists(figures, min_size=6, max_size=6),
)
def test_a_movement_between_ranges_is_one_between_every_two_figures_in_them(trend, firm, edges):
    first, last = sorted(edges[:2]), sorted(edges[2:4])
    whole = moved(trend, firm, Interval(*first), Interval(*last))
    points = [
        min(max(one, low), high) for one, (low, high) in zip(edges[4:], (first, last), strict=True)
    ]
    if whole is not None and points[0] > 0:
        assert moved(trend, firm, *(Interval(one, one) for one in points)) is whole


def test_without_a_record_nothing_agrees_or_differs_but_what_the_register_holds():
    for text in TEXTS:
        for one in check(text, Record()):
            assert one.kind == "schedule" or one.verdict is Verdict.CANNOT_TELL

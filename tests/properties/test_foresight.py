"""What holds of every statement, token and score."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.findings.foresight.events import Event
from atalaya.findings.foresight.leaves import Basis, Leaf, Opening, Sealing, committed
from atalaya.findings.foresight.scoring import Sealed, Truth, score, settled
from atalaya.findings.foresight.shapes import Refused, exactly
from atalaya.findings.foresight.statements import Interval, Kind, Statement
from atalaya.findings.foresight.tokens import Sighting, TokenFile, common, token
from atalaya.model.identifiers import canonical_json
from atalaya.model.periods import Period, PeriodKind

MONTHS = st.integers(2020 * 12, 2030 * 12).map(lambda n: str(Period(PeriodKind.MONTH, n)))
DAYS = st.dates(date(2020, 1, 1), date(2032, 1, 1))
SERIES = st.sampled_from(["a", "b", "c"])
SALTS = st.binary(min_size=32, max_size=32)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    kind = draw(st.sampled_from(Kind))
    ends = sorted(draw(st.tuples(st.integers(0, 99), st.integers(0, 99))))
    return Statement(
        kind, draw(SERIES), "substance:x", draw(st.none() | st.just("territory:USA")),
        draw(MONTHS), draw(MONTHS), draw(DAYS), draw(st.text(max_size=20)),
        Interval(*ends, 0.8) if kind is Kind.FORECAST else None,
    )  # fmt: skip


def leaves_of(said: list[tuple[Statement, bytes]], on: datetime, number: int) -> tuple[Leaf, ...]:
    basis = Basis(on.date(), "emergence", "atalaya 0", "12" * 32)
    opened = [(basis, Opening(one, salt)) for one, salt in said]
    return committed(Sealing(number, on, "hmac-sha256:" + "1" * 64, None), opened, on.date())


@given(statements())
def test_a_statement_reads_back_as_it_was_written(said: Statement) -> None:
    assert Statement.parse(said.content()) == said


@given(st.lists(st.tuples(statements(), SALTS), min_size=1, max_size=5))
def test_a_leaf_reads_back_and_only_its_own_opening_opens_it(
    said: list[tuple[Statement, bytes]],
) -> None:
    leaves = leaves_of(said, datetime(2026, 1, 1, tzinfo=UTC), 1)
    for leaf, (statement, salt) in zip(leaves, said, strict=True):
        assert Leaf.parse_entry(leaf.entry) == leaf
        for other, its_salt in said:
            same = (other, its_salt) == (statement, salt)
            assert Opening(other, its_salt).opens(leaf) is same
        assert statement.until <= leaf.opens


@given(statements(), SALTS)
def test_a_leaf_shows_nothing_of_what_is_said(said: Statement, salt: bytes) -> None:
    (leaf,) = leaves_of([(said, salt)], datetime(2026, 1, 1, tzinfo=UTC), 1)
    shown = leaf.entry.decode()
    assert "substance" not in shown
    assert "territory" not in shown
    assert salt.hex() not in shown


@given(
    st.lists(st.tuples(statements(), st.integers(0, 900)), max_size=12),
    st.lists(st.tuples(SERIES, MONTHS, MONTHS, st.sampled_from(["new", "reporting artefact"]))),
    st.integers(0, 1500),
)
def test_the_score_of_what_is_opened_is_the_score_of_all(
    said: list[tuple[Statement, int]], rows: list[tuple[str, str, str, str]], later: int
) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    sealed = []
    for index, (statement, days) in enumerate(sorted(said, key=lambda pair: pair[1])):
        (leaf,) = leaves_of([(statement, bytes(32))], start + timedelta(days=days), index + 1)
        sealed.append(Sealed(index, leaf, statement))
    events = tuple(Event(series, kind, first, "", notice) for series, first, notice, kind in rows)
    truth = Truth(events, (), start.date() + timedelta(days=900 + later))
    needed = settled(sealed, truth)
    shown = [one if one.index in needed else Sealed(one.index, one.leaf, None) for one in sealed]
    whole, part = score(sealed, truth), score(shown, truth)
    assert part["events"] == whole["events"]
    assert part["counts"]["false"] == whole["counts"]["false"]
    counts = whole["counts"]
    parts = [counts[name] for name in ("warned", "late", "missed", "not_assessed")]
    assert sum(parts) == counts["events"] <= len(events)
    assert all(one["days_ahead"] > 0 for one in whole["events"] if one["status"] == "warned")


SIGHTINGS = st.builds(
    Sighting, st.sampled_from(["substance:x", "substance:y"]),
    st.sampled_from(["territory:USA", "territory:US-CT"]), MONTHS,
)  # fmt: skip


@given(st.sets(SIGHTINGS, max_size=8), st.sets(SIGHTINGS, max_size=8), SALTS)
def test_two_systems_find_exactly_what_both_saw(
    one: set[Sighting], other: set[Sighting], key: bytes
) -> None:
    made = [TokenFile.make(key, seen, "2026-01-01T00:00:00Z") for seen in (one, other)]
    assert set(common(*made)) == {token(key, each) for each in one & other}
    assert len(common(*made)) == len(one & other)
    assert [TokenFile.parse(each.content()) for each in made] == made


@given(st.sets(SIGHTINGS, min_size=1, max_size=8), SALTS, SALTS)
def test_without_the_key_a_token_is_no_test_of_a_guess(
    seen: set[Sighting], key: bytes, guessed: bytes
) -> None:
    made = TokenFile.make(key, seen, "2026-01-01T00:00:00Z")
    if key == guessed:
        return
    assert not set(made.tokens) & {token(guessed, each) for each in seen}
    with pytest.raises(Refused, match="different keys"):
        common(made, TokenFile.make(guessed, seen, "2026-01-01T00:00:00Z"))


@given(st.sets(SIGHTINGS, min_size=1), SALTS)
def test_the_key_check_is_no_token_and_tokens_are_not_in_the_order_of_what_they_name(
    seen: set[Sighting], key: bytes
) -> None:
    made = TokenFile.make(key, seen, "2026-01-01T00:00:00Z")
    assert made.key_check not in made.tokens
    assert list(made.tokens) == sorted(made.tokens)
    assert not any(each.subject.encode() in canonical_json(made.content()) for each in seen)


@given(st.dictionaries(st.sampled_from("abcd"), st.integers() | st.booleans() | st.text()))
def test_a_shape_takes_exactly_its_fields(content: dict[str, object]) -> None:
    fits = set(content) == {"a", "b"} and type(content["a"]) is int and type(content["b"]) is str
    if fits:
        assert exactly(content, "thing", {"a": (int,), "b": (str,)}) == content
    else:
        with pytest.raises(Refused, match="thing"):
            exactly(content, "thing", {"a": (int,), "b": (str,)})

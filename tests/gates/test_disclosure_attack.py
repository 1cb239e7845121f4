"""An attacker with every published file, the rules and the code tries to recover hidden counts.

The strongest statement is tested first: two worlds that differ only in hidden counts publish the
same bytes. Then nothing that can be computed from those bytes tells them apart.
"""

from collections import defaultdict
from dataclasses import asdict, replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.material.publishing_house import TODAY, declaration, house, months, payload_of, sheet

from atalaya.model.identifiers import record_id, sha256_hex
from atalaya.model.records import Issue, SignalState
from atalaya.publishing.composing import compose
from atalaya.publishing.disclosure import Cell, Figure, decide
from atalaya.publishing.forms import content_hash
from atalaya.publishing.holding_back import OF_OTHERS
from atalaya.publishing.manifest import Identity, made_from
from atalaya.publishing.places import Holding
from atalaya.publishing.releases import build, release_files
from atalaya.publishing.why import explain

SMALL = st.integers(1, 9)
SHOWN = st.one_of(st.just(0), st.integers(10, 60))
# True stands for a hidden cell; the two worlds fill it each in its own way.
PATTERN = st.lists(st.one_of(SHOWN, st.just(True)), min_size=14, max_size=18)


def _fill(pattern, draw):
    return [draw(SMALL) if value is True else value for value in pattern]


def _published(folder, counts, examined):
    made = house(folder, rows=payload_of(sheet(counts, examined=examined)))
    inputs = made.inputs(issues=(Issue("odd", "row 3 says 4 deaths", "read", source="deaths"),))
    composed = compose(inputs)
    identity = Identity("2025-01-02-1", TODAY, made_from(inputs, composed.tables))
    return release_files(identity, inputs, composed)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(PATTERN, min_size=1, max_size=2),
    st.sampled_from([None, 200, 23]),
    st.data(),
)
def test_worlds_that_differ_in_hidden_counts_publish_the_same_bytes(
    tmp_path_factory, patterns, examined, data
):
    worlds = [
        {f"s{at}": _fill(pattern, data.draw) for at, pattern in enumerate(patterns)}
        for _ in range(2)
    ]
    files = [_published(tmp_path_factory.mktemp("world"), world, examined) for world in worlds]
    assert files[0] == files[1]


def _without_count(inputs, status):
    """The newest period of each series as the counting leaves it: claims, and no count."""
    rows = inputs.series.to_pylist()
    last = max(row["period"] for row in rows)
    rows = [
        row | {"status": status, "count": None, "population": None}
        if row["period"] == last
        else row
        for row in rows
    ]
    return replace(inputs, series=type(inputs.series).from_pylist(rows, inputs.series.schema))


@pytest.mark.parametrize("status", ["incomplete", "gap"])
def test_a_period_without_a_count_hides_what_its_claims_say(tmp_path, status):
    files = []
    for small in (2, 7):
        made = house(tmp_path / str(small), rows=payload_of(sheet({"s": [0] * 13 + [small]})))
        inputs = _without_count(made.inputs(), status)
        composed = compose(inputs)
        assert list(composed.tables["claims"].dicts())[-1]["value"] == "1-9"
        identity = Identity("2025-01-02-1", TODAY, made_from(inputs, composed.tables))
        files.append(release_files(identity, inputs, composed))
    assert files[0] == files[1]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_a_denominator_of_1_to_9_tells_nothing_either(tmp_path_factory, one, other, data):
    files = []
    for examined in (one, other):
        counts = {"s": data.draw(st.lists(st.integers(0, examined), min_size=14, max_size=14))}
        files.append(_published(tmp_path_factory.mktemp("world"), counts, examined))
    assert files[0] == files[1]


@pytest.fixture
def attacked(tmp_path):
    made = house(tmp_path)
    release = build(made.inputs(), tmp_path / "releases", TODAY).release
    return made, release


def _all_bytes(release):
    files = [path for path in release.path.rglob("*") if path.is_file()]
    files.append(release.path.with_name(f"{release.name}.tlog-proof"))
    return b"\n".join(path.read_bytes() for path in files)


def test_no_published_identifier_or_hash_is_a_test_of_a_guess(attacked):
    made, release = attacked
    published = _all_bytes(release)
    claims = made.claims()
    hidden = [claim for claim in claims if 1 <= claim.value <= 9]
    inputs = made.inputs()
    guessable = {
        *(claim.id for claim in claims),
        *(sha256_hex(claim.quote.encode()) for claim in hidden),
        *(sha256_hex(f"{value}".encode()) for value in range(1, 10)),
        *(record_id("claim", {"value": float(value)}) for value in range(1, 10)),
        *inputs.series["id"].to_pylist(),
        *inputs.verdicts["id"].to_pylist(),
        made.document.id,
        made.capture.id,
        made.capture.sha256,
        made.capture.warc,
    }
    assert [one for one in guessable if one.encode() in published] == []


def test_why_prints_no_hidden_count_and_nothing_to_test_a_guess_with(attacked):
    made, release = attacked
    archive = made.at_hand()
    for row, cells in enumerate(release.table("series").to_pylist(), start=1):
        if cells["hidden"]:
            tree = explain(f"series.csv:{row}", release, archive)
            said = tree.text() + tree.to_json()
            true = next(claim for claim in made.claims() if claim.period == cells["period"])
            assert true.quote not in said
            assert made.capture.sha256 not in said
            assert tree.bytes_checked == "yes"


def test_the_held_back_signal_is_in_no_file(attacked):
    made, release = attacked
    signal = made.inputs().signals[0]
    assert signal.id.encode() not in _all_bytes(release)


PLACES = ("territory:US-CT", "territory:US-NY")
HOLDING = Holding(
    places=dict.fromkeys(PLACES, "territory:USA"),
    subjects=dict.fromkeys(("fentanyl", "heroin"), frozenset({"opioids"})),
)


def _with_totals(base):
    """Every base cell and every total somebody could publish: quarter, country, family, shares."""
    sums = defaultdict(int)
    for (subject, place, month), value in base.items():
        for what, where, when in product(
            (subject, "opioids"), (place, "territory:USA"), (month, "2019-Q1", "2019")
        ):
            sums[what, where, when] += value
    return [
        Figure(Cell("office", what, where, "deaths", when), value, None, "deaths", True)
        for (what, where, when), value in sums.items()
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(("fentanyl", "heroin")),
            st.sampled_from(PLACES),
            st.sampled_from(months("2019-01", 3)),
        ),
        st.one_of(SHOWN, SMALL),
        min_size=1,
    ),
    st.data(),
)
def test_subtracting_totals_recovers_nothing(base, data):
    hidden = [key for key, value in base.items() if 1 <= value <= 9]
    other = base | {key: data.draw(SMALL) for key in hidden}
    views = []
    for world in (base, other):
        figures = _with_totals(world)
        shown = decide(figures, frozenset({"office"}), HOLDING)
        views.append({figure.cell: shown.count(figure.cell, figure.value) for figure in figures})
    assert views[0] == views[1]
    assert all(
        views[0][Cell("office", what, where, "deaths", when)] == "1-9"
        for what, where, when in hidden
        if what != "opioids"
    )


def _signed(inputs):
    return tuple(
        replace(signal, state=SignalState.CONFIRMED, signed_by="A. Reviewer")
        for signal in inputs.signals
    )


@pytest.mark.parametrize("tail", [[0, 0], [12, 0]])
def test_a_signed_signal_leaves_every_hidden_count_more_than_one_value(tmp_path, tail):
    """Many worlds of two hidden counts: what could each be, once the signal is published?

    Two values left among some of the worlds are at least two among all of them.
    """
    worlds = defaultdict(list)
    for one, other in product((1, 2, 5, 8, 9), repeat=2):
        made = house(
            tmp_path / f"{one}{other}",
            rows=payload_of(sheet({"s": [0] * 12 + [one, other, *tail]})),
        )
        inputs = made.inputs()
        tables = compose(replace(inputs, signals=_signed(inputs))).tables
        seen = content_hash(tables["signals"]), len(tables["signals"].rows)
        worlds[seen].append((one, other))
    published = {seen: found for seen, found in worlds.items() if seen[1]}
    assert published
    for found in published.values():
        assert min(len(set(values)) for values in zip(*found, strict=True)) > 1


def test_a_signal_that_would_tell_a_count_is_held_back_even_when_signed(tmp_path):
    made = house(tmp_path, rows=payload_of(sheet({"s": [0] * 12 + [9]})))

    def rejudge(series, detector, changes):
        alarm, silence = frozenset({"2020-01"}), frozenset()
        return [alarm if change.get("2020-01", 9) == 9 else silence for change in changes]

    inputs = made.inputs(rejudge=rejudge)
    composed = compose(replace(inputs, signals=_signed(inputs)))
    assert composed.tables["signals"].rows == ()
    assert list(composed.held_back.values()) == ["it would tell the count of 2020-01"]


@pytest.mark.parametrize("hidden", [4, 9])
def test_a_signal_on_a_total_of_the_source_tells_nothing_of_the_counts_it_holds(tmp_path, hidden):
    """Who knows the shown part of the total would read the hidden part off its alarm."""
    shown = [0] * 14 + [20, 20]
    parts = {"fentanyl": shown, "heroin": [0] * 14 + [hidden, hidden]}
    total = [one + other for one, other in zip(*parts.values(), strict=True)]
    made = house(tmp_path, rows=payload_of(sheet(parts | {"opioids": total})))
    above = frozenset({"substance:opioids"})
    inputs = made.inputs(holding=Holding(subjects={f"substance:{name}": above for name in parts}))
    composed = compose(replace(inputs, signals=_signed(inputs)))
    of = {signal.id: signal.what.removeprefix("substance:") for signal in inputs.signals}
    assert set(of.values()) == {"fentanyl", "heroin", "opioids"}
    assert {of[name]: why for name, why in composed.held_back.items()} == {"opioids": OF_OTHERS}
    published = {row["what"] for row in composed.tables["signals"].dicts()}
    assert published == {"substance:fentanyl", "substance:heroin"}


def test_without_a_way_to_judge_again_no_signal_on_hidden_counts_is_published(tmp_path):
    inputs = house(tmp_path).inputs(rejudge=None)
    composed = compose(replace(inputs, signals=_signed(inputs)))
    assert composed.tables["signals"].rows == ()
    assert "cannot be judged again" in next(iter(composed.held_back.values()))


def test_a_line_list_publishes_no_line_because_their_number_is_the_count(tmp_path):
    made = house(tmp_path)
    inputs = made.inputs()
    series = inputs.series.to_pylist()
    claims = inputs.claims.to_pylist()
    for row in series:
        if row["count"] == 2:
            row["made_from"] = [claims[0]["id"], claims[1]["id"]]
    table = type(inputs.series).from_pylist(series, schema=inputs.series.schema)
    tables = compose(replace(inputs, series=table, promises=inputs.promises.slice(1))).tables
    assert tables["claims"].rows == ()
    assert {row["made_from"] for row in tables["series"].dicts()} == {None}
    assert {row["rows"] for row in tables["documents"].dicts()} == {None}


def test_where_every_record_is_public_alarms_are_shown_and_counts_are_not(tmp_path):
    source = declaration(published_records="https://example.org/records")
    made = house(tmp_path, source=source)
    tables = compose(made.inputs()).tables
    (signal,) = tables["signals"].dicts()
    assert (signal["state"], signal["since"], signal["hidden"]) == (
        "unreviewed",
        "2020-05",
        "window",
    )
    assert {signal[name] for name in ("expected", "threshold", "statistic", "p_value")} == {None}
    assert signal["reason"] == "first ever in this history"
    assert not any(sign.isdigit() for sign in signal["reason"])
    closed = [row for row in tables["verdicts"].dicts() if row["hidden"] == "window"]
    assert {row["alarm"] for row in closed} == {True, False}
    assert {row["statistic"] for row in closed} == {None}
    assert {row["count"] for row in tables["series"].dicts()} >= {"1-9", "0", "12"}


def test_the_attack_works_on_a_release_that_hides_nothing(tmp_path):
    """The attack itself is sound: where nothing is hidden it reads every count."""
    open_source = declaration(about_people=False)
    made = house(tmp_path, source=open_source)
    inputs = made.inputs()
    shown = [row["count"] for row in compose(inputs).tables["series"].dicts()]
    assert {"1", "2", "3"} <= set(shown)
    assert (
        asdict(made.claims()[0])["quote"].encode()
        in _published(tmp_path / "again", {"xylazine": [0] * 14}, 97)["data/claims.jsonl"]
    )

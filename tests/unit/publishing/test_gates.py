"""What must hold before anything is published."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from tests.material.publishing_house import TODAY, cited, declaration, house

from atalaya.model.errors import LookAtThis, StopEverything
from atalaya.model.records import Issue, SignalState
from atalaya.publishing.gates import check_alert, check_inputs
from atalaya.publishing.licences import attribution, linked_only
from atalaya.publishing.releases import build

CLOSED = {"name": "All rights reserved", "redistribute": False, "attribution": "An Office"}


def _changed(table, column, value):
    at = table.column_names.index(column)
    return table.set_column(at, table.schema.field(column), pa.array([value] * len(table)))


def test_good_inputs_pass(tmp_path):
    assert check_inputs(house(tmp_path).inputs()) is None


def test_one_flipped_byte_of_evidence_names_the_claims_that_fall(tmp_path):
    built = house(tmp_path)
    sha256 = built.capture.sha256
    payload = bytearray(built.archive.payloads[sha256])
    payload[40] ^= 1
    built.archive.payloads[sha256] = bytes(payload)
    with pytest.raises(StopEverything, match="claims that fall: claim:") as raised:
        build(built.inputs(), tmp_path / "releases", TODAY)
    assert built.claims()[0].id in raised.value.what
    assert not (tmp_path / "releases").exists()


def test_a_flipped_byte_that_no_claim_quotes_stops_the_release_too(tmp_path):
    built = house(tmp_path)
    payload = bytearray(built.archive.payloads[built.capture.sha256])
    payload[payload.index(b"examined")] ^= 0x20  # the heading, in the other case
    built.archive.payloads[built.capture.sha256] = bytes(payload)
    with pytest.raises(StopEverything, match="not what was logged"):
        check_inputs(built.inputs())


def test_a_quote_that_is_not_where_the_claim_says_names_that_claim_alone(tmp_path):
    built = house(tmp_path)
    inputs = built.inputs()
    starts = inputs.claims["start"].to_pylist()
    starts[3] += 1
    moved = inputs.claims.set_column(
        inputs.claims.column_names.index("start"),
        inputs.claims.schema.field("start"),
        pa.array(starts),
    )
    with pytest.raises(StopEverything) as raised:
        check_inputs(replace(inputs, claims=moved))
    assert f"claims that fall: {built.claims()[3].id}" in raised.value.what


@pytest.mark.parametrize(("table", "lost"), [("claims", "documents"), ("series", "claims")])
def test_a_figure_without_its_chain_is_refused(tmp_path, table, lost):
    inputs = house(tmp_path).inputs()
    with pytest.raises(StopEverything, match=f"{table} name"):
        check_inputs(replace(inputs, **{lost: getattr(inputs, lost).slice(1)}))


def test_a_licence_that_forbids_bundling_fails_the_build_and_names_the_source(tmp_path):
    inputs = house(tmp_path, source=declaration(licence=CLOSED)).inputs()
    with pytest.raises(LookAtThis, match="40 rows come from 'deaths', which may not be bundled"):
        build(inputs, tmp_path / "releases", TODAY)
    assert not (tmp_path / "releases").exists()


def test_a_source_that_nobody_declared_fails_the_build(tmp_path):
    inputs = replace(house(tmp_path).inputs(), declarations=(declaration("other"),))
    with pytest.raises(LookAtThis, match="has no licence that is known"):
        check_inputs(inputs)


def test_a_linked_source_leaves_its_link_and_no_row(tmp_path):
    inputs = house(tmp_path, source=declaration(licence=CLOSED)).inputs(
        issues=(
            Issue("broken-row", "'a word of theirs' is no number", "read", "deaths"),
            Issue("fetch-later", "it did not answer", "fetch", "deaths"),
        )
    )
    release = build(linked_only(inputs), tmp_path / "releases", TODAY).release
    empty = ("claims", "documents", "series", "verdicts", "signals", "blind_spots")
    assert {len(release.table(name)) for name in empty} == {0}
    assert release.table("promises")["source"].to_pylist() == [None]
    assert release.table("sources")["homepage"].to_pylist() == ["https://example.org/about"]
    said = {row["kind"]: row for row in release.table("issues").to_pylist()}
    assert set(said) == {"linked-not-bundled", "fetch-later"}
    assert "issues that may quote it" in said["linked-not-bundled"]["says"]
    assert "https://example.org/about" in said["linked-not-bundled"]["do"]


def test_where_every_source_may_be_passed_on_nothing_is_left_out(tmp_path):
    inputs = house(tmp_path).inputs()
    assert linked_only(inputs) is inputs


def test_the_attribution_names_every_source_and_its_licence():
    text = attribution([declaration(), declaration("closed", licence=CLOSED)]).decode()
    assert "All rights reserved" in text
    assert "none, linked only" in text
    assert text.count("- Attribution: An Office") == 2


@pytest.mark.parametrize("place", ["territory:new-haven", "territory:US-CT-009", "41.3,-72.9"])
def test_a_fine_place_is_refused(tmp_path, place):
    with pytest.raises(LookAtThis, match="finer than a country"):
        check_inputs(house(tmp_path, territory=place).inputs())


def test_a_street_price_below_national_level_is_refused(tmp_path):
    inputs = house(tmp_path).inputs()
    priced = _changed(inputs.claims, "predicate", "street price")
    with pytest.raises(LookAtThis, match="a price in territory:US-CT"):
        check_inputs(replace(inputs, claims=priced))


@pytest.mark.parametrize("missing", ["advice", "signed_by", "expires", "unknown", "confidence"])
def test_an_alert_without_its_promise_is_refused(tmp_path, missing):
    signal = house(tmp_path, source=cited()).inputs().signals[0]
    alert = replace(
        signal,
        state=SignalState.ALERT,
        advice="Test before use.",
        signed_by="A. Reviewer",
        expires=date(2025, 3, 1),
    )
    assert check_alert(alert) is None
    empty = None if missing == "expires" else ""
    with pytest.raises(LookAtThis, match=missing):
        check_alert(replace(alert, **{missing: empty}))


@pytest.mark.parametrize("missing", ["signed_by", "expires", "advice"])
def test_no_release_is_built_with_an_alert_that_no_person_answers_for(tmp_path, missing):
    inputs = house(tmp_path, source=cited()).inputs()
    given = {
        "advice": "Test before use.",
        "signed_by": "A. Reviewer",
        "expires": date(2025, 3, 1),
        missing: None,
    }
    alert = replace(inputs.signals[0], state=SignalState.ALERT, **given)
    with pytest.raises(LookAtThis, match=f"lacks {missing}"):
        build(replace(inputs, signals=(alert,)), tmp_path / "releases", TODAY)
    assert not (tmp_path / "releases").exists()


def test_an_alert_without_a_source_is_refused(tmp_path):
    signal = house(tmp_path, source=cited()).inputs().signals[0]
    with pytest.raises(LookAtThis, match="sources"):
        check_alert(replace(signal, sources=0))

import pyarrow as pa
import pytest
from tests.material.declared import COUNTS, counted, editions, read, sheet, source

from atalaya.model.errors import BadInput
from atalaya.model.identifiers import record_id
from atalaya.model.tables import SERIES
from atalaya.series.counting import count

MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023, 2024) for month in range(1, 13)]


def rows(table, subject="substance:fentanyl"):
    return {row["period"]: row for row in table.to_pylist() if row["subject"] == subject}


def statuses(found, subject="substance:fentanyl"):
    return {period: row["status"] for period, row in rows(found.series, subject).items()}


def kinds(found):
    return [issue.kind for issue in found.issues]


def test_an_observation_says_what_it_was_made_from_and_is_named_by_its_content():
    text = sheet("2024-01,fentanyl,3,40")
    (row,) = counted(text).series.to_pylist()
    (claim,) = read(text).claims.to_pylist()
    named = ("series", "period", "count", "population", "made_from")
    assert row["id"] == record_id("observation", {name: row[name] for name in named})
    assert row["series"] == "lab/fentanyl/US-CT/deaths"
    assert (row["count"], row["population"], row["status"]) == (3.0, 40.0, "observed")
    assert (row["people"], row["unit"], row["made_from"]) == (True, "deaths", [claim["id"]])


def test_the_series_have_the_schema_and_order_of_their_table():
    series = counted(sheet("2024-02,xylazine,1,9", "2024-01,fentanyl,3,40")).series
    assert series.schema == SERIES
    assert series["series"].to_pylist() == sorted(series["series"].to_pylist())


def test_a_period_without_a_row_is_a_gap_and_a_zero_stays_a_zero():
    found = counted(
        sheet("2024-01,fentanyl,3,40", "2024-03,fentanyl,0,40", "2024-02,xylazine,1,40")
    )
    assert statuses(found) == {"2024-01": "observed", "2024-02": "gap", "2024-03": "observed"}
    said = rows(found.series)
    assert (said["2024-02"]["count"], said["2024-02"]["made_from"]) == (None, [])
    assert said["2024-03"]["count"] == 0


def test_a_period_in_which_nothing_was_examined_is_a_gap():
    found = counted(sheet("2024-01,fentanyl,0,0", "2024-02,fentanyl,0,12"))
    assert statuses(found) == {"2024-01": "gap", "2024-02": "observed"}


def test_periods_before_the_publisher_tested_are_gaps():
    declared = source(COUNTS | {"tested_from": {"substance:xylazine": "2024-02"}})
    text = sheet(
        *(f"2024-0{month},{name},0,9" for month in (1, 2) for name in ("xylazine", "fentanyl"))
    )
    found = counted(text, declared=declared)
    assert statuses(found, "substance:xylazine") == {"2024-01": "gap", "2024-02": "observed"}
    assert set(statuses(found).values()) == {"observed"}


def test_periods_whose_reports_still_arrive_are_incomplete_and_hold_no_count():
    declared = source(COUNTS, reporting={"lag_days": 45}, cadence="yearly")
    found = counted(sheet("2024-10,fentanyl,3,9", "2024-11,fentanyl,3,9"), declared=declared)
    assert statuses(found) == {"2024-10": "observed", "2024-11": "incomplete"}
    assert rows(found.series)["2024-11"]["count"] is None


def test_packaged_figures_know_of_nothing_after_their_own_date():
    declared = source(COUNTS, as_of="2024-11-15", cadence="once")
    found = counted(sheet("2024-10,fentanyl,3,9", "2024-11,fentanyl,3,9"), declared=declared)
    assert statuses(found) == {"2024-10": "observed", "2024-11": "incomplete"}


def test_a_later_edition_speaks_for_what_it_spans_and_the_earlier_for_the_rest():
    first = sheet(*(f"2024-0{month},fentanyl,1,9" for month in range(1, 5)))
    later = sheet("2024-02,fentanyl,5,9", "2024-04,fentanyl,7,9")
    found = counted(first, later)
    said = {period: row["count"] for period, row in rows(found.series).items()}
    assert said == {"2024-01": 1.0, "2024-02": 5.0, "2024-03": None, "2024-04": 7.0}
    assert statuses(found)["2024-03"] == "gap"


def test_two_tables_that_say_different_things_of_one_period_make_a_gap():
    twice = source(COUNTS, COUNTS | {"value": {"column": "examined"}, "population": None})
    (row,) = counted(sheet("2024-01,fentanyl,3,40"), declared=twice).series.to_pylist()
    assert (row["status"], row["count"], len(row["made_from"])) == ("gap", None, 2)


def test_unverified_counts_make_no_series_and_are_said():
    table = COUNTS | {"checked": {"value": "unverified"}}
    found = counted(sheet("2024-01,fentanyl,3,40"), declared=source(table))
    assert found.series.num_rows == 0
    (issue,) = found.issues
    assert issue.kind == "not-counted-unverified"
    assert 'checked = {value = "verified"}' in issue.do


def test_unresolved_names_make_no_series_and_are_said():
    found = counted(sheet("2024-12,fentanyl,3,40", "2024-12,mystery,3,40"))
    assert set(found.series["subject"].to_pylist()) == {"substance:fentanyl"}
    assert kinds(found) == ["not-counted-unresolved"]


def test_counts_without_a_place_or_a_unit_make_no_series_and_are_said():
    text = sheet("2024-01,fentanyl,3,40")
    assert kinds(counted(text, declared=source(COUNTS, territory=None))) == [
        "not-counted-territory"
    ]
    assert kinds(counted(text, declared=source(COUNTS | {"unit": None}))) == ["not-counted-unit"]


def test_facts_make_no_series():
    declared = source(COUNTS | {"record": "facts"})
    found = counted(sheet("2024-01,fentanyl,3,40"), declared=declared)
    assert (found.series.num_rows, found.issues) == (0, ())


def test_a_group_and_a_substance_of_one_name_are_two_series():
    group = COUNTS | {"subject": {"column": "substance", "kind": "group"}}
    found = counted(sheet("2024-01,fentanyl,3,40"), declared=source(COUNTS, group))
    assert sorted(set(found.series["series"].to_pylist())) == [
        "lab/fentanyl/US-CT/deaths",
        "lab/group.fentanyl/US-CT/deaths",
    ]


def test_claims_without_their_edition_are_refused():
    claims = read(sheet("2024-01,fentanyl,3,40")).claims
    with pytest.raises(BadInput, match="have no edition"):
        count(claims, [source(COUNTS)], {})
    with pytest.raises(BadInput, match="have no declaration"):
        count(claims, [], editions(sheet("2024-01,fentanyl,3,40")))


def test_no_claims_make_no_series():
    empty = read(sheet("2024-01,fentanyl,3,40")).claims.slice(0, 0)
    found = count(empty, [source(COUNTS)], {})
    assert found.series.equals(pa.table({name: [] for name in SERIES.names}, schema=SERIES))


def test_a_feed_that_stopped_is_an_issue_and_not_a_decline():
    found = counted(sheet("2024-01,fentanyl,3,40", "2024-02,fentanyl,3,40"))
    (issue,) = found.issues
    assert issue.kind == "dead-feed"
    assert "2024-02 is the last period observed" in issue.says
    assert kinds(counted(sheet("2024-11,fentanyl,3,40"))) == []
    once = source(COUNTS, cadence="once")
    assert kinds(counted(sheet("2024-01,fentanyl,3,40"), declared=once)) == []


def test_many_subjects_that_start_together_are_a_change_of_panel_that_is_named():
    old = [f"{month},drug {number},1,40" for month in MONTHS for number in range(15)]
    new = [f"{month},drug {number},1,40" for month in MONTHS[8:] for number in range(15, 20)]
    (issue,) = counted(sheet(*old, *new)).issues
    assert issue.kind == "panel-change"
    assert "5 of 20 subjects of lab are found for the first time in 2022-09" in issue.says


def test_four_subjects_that_start_together_are_no_change_of_panel():
    old = [f"{month},drug {number},1,40" for month in MONTHS for number in range(4)]
    new = [f"{month},drug {number},1,40" for month in MONTHS[8:] for number in range(15, 19)]
    assert counted(sheet(*old, *new)).issues == ()


def test_a_step_in_the_denominators_is_said_once_with_its_period():
    text = sheet(
        *(f"{month},fentanyl,1,{40 if place < 20 else 100}" for place, month in enumerate(MONTHS))
    )
    (issue,) = counted(text).issues
    assert issue.kind == "volume-step"
    assert "40 a period before 2023-09" in issue.says


def test_denominators_that_swing_without_a_step_are_left_alone():
    text = sheet(
        *(f"{month},fentanyl,1,{60 + 30 * (place % 2)}" for place, month in enumerate(MONTHS))
    )
    assert counted(text).issues == ()

"""From dated versions of a source to nowcasts, and to alarms that hold even at their lower end."""

import pytest
from tests.material.dated_versions import DatedVersions
from tests.material.publishing_house import MONITOR

from atalaya.detection.nowcasting import LEAST_VERSIONS
from atalaya.model.errors import BadInput
from atalaya.model.periods import Period
from atalaya.pipeline.defects import NO_DOUBTS
from atalaya.pipeline.late_alarms import with_late_periods
from atalaya.pipeline.monitoring import judge
from atalaya.pipeline.nowcasting import nowcasts

FIRST = Period.parse("2022-01")
SHARES = (0.5, 0.75, 1.0)  # known of a month 0, 1 and 2 whole months after its end
LATE = "reporting = {lag_days = 50}"


def published(kept, versions, final, first=14):
    """Publish a version a month, each with what is known of every month by then."""
    table = None
    for version in range(versions):
        now = first + version
        said = {
            name: {
                str(FIRST + month): round(count * SHARES[min(now - month - 1, 2)])
                for month, count in enumerate(counts[:now])
            }
            for name, counts in final.items()
        }
        table = kept.publish(f"{FIRST + now}-15", said)
    return table


def expected(kept, table):
    rows = nowcasts(table, kept.declared, kept.captures, kept.store).to_pylist()
    return {(row["series"].split("/")[1], row["period"]): row for row in rows}


STEADY = [40] * 40
NEW = [0] * 21 + [16] * 19  # it begins in the newest month, half known


def test_an_incomplete_period_is_nowcast_from_the_dated_versions(tmp_path):
    kept = DatedVersions(tmp_path, LATE)
    table = published(kept, 9, {"fentanyl": STEADY, "cocaine": STEADY})
    waiting = [row["period"] for row in table.to_pylist() if row["status"] == "incomplete"]
    assert sorted(set(waiting)) == ["2023-09", "2023-10"]
    found = expected(kept, table)
    assert set(found) == {(name, period) for name in ("fentanyl", "cocaine") for period in waiting}
    newest, older = found["fentanyl", "2023-10"], found["fentanyl", "2023-09"]
    assert (newest["age"], newest["reported"], older["age"], older["reported"]) == (0, 20, 1, 30)
    assert newest["lower"] < 40 < newest["upper"]
    assert older["upper"] - older["lower"] < newest["upper"] - newest["lower"]
    assert newest["share"] == pytest.approx(0.5)
    assert newest["versions"] == 9


def test_with_too_few_versions_nothing_is_said_but_why(tmp_path):
    kept = DatedVersions(tmp_path, LATE)
    table = published(kept, LEAST_VERSIONS - 1, {"fentanyl": STEADY})
    found = expected(kept, table)["fentanyl", "2023-06"]
    assert found["lower"] is found["upper"] is found["share"] is None
    assert found["reason"].startswith(f"5 dated versions of the source where {LEAST_VERSIONS} are")


def test_a_declared_delay_serves_until_versions_tell(tmp_path):
    kept = DatedVersions(tmp_path, "reporting = {lag_days = 50, known = [0.4, 0.8]}")
    table = published(kept, 1, {"fentanyl": STEADY})
    found = expected(kept, table)["fentanyl", "2023-02"]
    assert (found["versions"], found["share"]) == (0, 0.4)
    assert found["lower"] < 50 < found["upper"]


def test_a_declared_share_that_falls_is_refused(tmp_path):
    with pytest.raises(BadInput, match="must not fall"):
        DatedVersions(tmp_path, "reporting = {lag_days = 50, known = [0.8, 0.4]}")


def test_a_source_whose_small_counts_are_hidden_gets_none(tmp_path):
    kept = DatedVersions(tmp_path, LATE)
    table = published(kept, 8, {"fentanyl": STEADY})
    people = [one.model_copy(update={"about_people": True}) for one in kept.declared]
    assert nowcasts(table, people, kept.captures, kept.store).num_rows == 0


def _verdicts(kept, table):
    plain = judge(table, [MONITOR])
    said = nowcasts(table, kept.declared, kept.captures, kept.store)
    late = with_late_periods(plain, table, said, [MONITOR], NO_DOUBTS)
    assert late.num_rows == plain.num_rows
    both = zip(plain.to_pylist(), late.to_pylist(), strict=True)
    return {(new["series"].split("/")[1], new["period"]): (old, new) for old, new in both}


def test_an_alarm_on_an_incomplete_period_needs_the_lower_end_and_is_no_observation(tmp_path):
    kept = DatedVersions(tmp_path, LATE)
    table = published(kept, 9, {"fentanyl": STEADY, "xylazine": NEW})
    found = _verdicts(kept, table)
    old, new = found["xylazine", "2023-10"]
    assert (old["alarm"], new["alarm"], new["observed"]) == (None, True, None)
    assert "judged at the lowest count expected" in new["reason"]
    assert "expected once late reports are in" in new["reason"]
    old, new = found["fentanyl", "2023-10"]
    assert (old["alarm"], new["alarm"]) == (None, None)
    assert new["reason"].startswith("not assessed: reports for this period are still arriving; ")
    unchanged = [pair for key, pair in found.items() if key[1] < "2023-09"]
    assert all(old == new for old, new in unchanged)


def test_what_only_the_upper_end_would_alarm_stays_not_assessed(tmp_path):
    kept = DatedVersions(tmp_path, LATE)
    little = [0] * 21 + [4] * 19  # two reported: two to seven expected, and three make an alarm
    table = published(kept, 9, {"fentanyl": STEADY, "xylazine": little})
    said = expected(kept, table)["xylazine", "2023-10"]
    assert said["lower"] < 3 <= said["upper"]
    assert _verdicts(kept, table)["xylazine", "2023-10"][1]["alarm"] is None


def test_a_source_without_late_reports_is_judged_as_before(tmp_path):
    kept = DatedVersions(tmp_path, "")
    table = published(kept, 2, {"fentanyl": STEADY})
    plain = judge(table, [MONITOR])
    said = nowcasts(table, kept.declared, kept.captures, kept.store)
    assert said.num_rows == 0
    assert with_late_periods(plain, table, said, [MONITOR], NO_DOUBTS) is plain

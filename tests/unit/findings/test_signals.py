from datetime import date

import pyarrow as pa

from atalaya.findings.signals import SourceStanding, signals, standing_at, standing_now
from atalaya.model.periods import Period
from atalaya.model.tables import SERIES, VERDICTS


def _verdicts(*rows: tuple[str, str, str]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "id": f"verdict:{place:016x}",
                "series": series,
                "period": period,
                "detector": "emergence_plain",
                "observed": 3.0,
                "alarm": True,
                "reason": reason,
                "made_from": [],
            }
            for place, (series, period, reason) in enumerate(rows)
        ],
        schema=VERDICTS,
    )


def _series(*keys: str) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "id": f"observation:{place:016x}",
                "series": key,
                "source": key.split("/")[0],
                "subject": f"substance:{key.split('/')[1]}",
                "territory": "territory:US-CT",
                "predicate": "deaths",
                "unit": "deaths",
                "period": "2019-03",
                "status": "observed",
                "people": True,
                "made_from": [],
            }
            for place, key in enumerate(keys)
        ],
        schema=SERIES,
    )


STANDINGS = {
    "a": SourceStanding("a", "a", "replay"),
    "b": SourceStanding("b", "b", "replay"),
    "copy": SourceStanding("copy", "a", "replay"),
}


def test_alarms_half_a_year_apart_are_one_signal_and_further_apart_are_two():
    verdicts = _verdicts(
        ("a/x", "2019-03", "first ever"),
        ("a/x", "2019-09", "first ever"),
        ("a/x", "2020-04", "return"),
    )
    found = signals(verdicts, _series("a/x"), STANDINGS)
    assert sorted((one.since, one.period) for one in found) == [
        ("2019-03", "2019-09"),
        ("2020-04", "2020-04"),
    ]


def test_nothing_later_than_the_as_of_date_is_known():
    verdicts = _verdicts(("a/x", "2019-03", "first ever"), ("a/x", "2019-04", "first ever"))
    (found,) = signals(verdicts, _series("a/x"), STANDINGS, Period.parse("2019-03"))
    assert found.period == "2019-03"
    assert signals(verdicts, _series("a/x"), STANDINGS, Period.parse("2019-02")) == ()


def test_a_signal_stands_at_its_last_alarm_in_which_something_was_counted():
    verdicts = _verdicts(("a/x", "2019-03", "first ever"), ("a/x", "2019-04", "first ever"))
    zero = pa.array([3.0, 0.0])
    place = verdicts.schema.get_field_index("observed")
    verdicts = verdicts.set_column(place, verdicts.schema.field(place), zero)
    (found,) = signals(verdicts, _series("a/x"), STANDINGS)
    assert (found.since, found.period, found.observed) == ("2019-03", "2019-03", 3.0)


def test_a_signal_keeps_its_identifier_as_its_episode_goes_on():
    verdicts = _verdicts(("a/x", "2019-03", "first ever"), ("a/x", "2019-04", "first ever"))
    early = signals(verdicts, _series("a/x"), STANDINGS, Period.parse("2019-03"))
    late = signals(verdicts, _series("a/x"), STANDINGS)
    assert early[0].id == late[0].id
    assert early[0].verdict != late[0].verdict


def test_two_independent_sources_make_high_confidence_and_a_copy_does_not():
    both = _verdicts(("a/x", "2019-03", "first ever"), ("b/x", "2019-05", "first ever"))
    assert {one.confidence for one in signals(both, _series("a/x", "b/x"), STANDINGS)} == {"high"}
    copied = _verdicts(("a/x", "2019-03", "first ever"), ("copy/x", "2019-05", "first ever"))
    found = signals(copied, _series("a/x", "copy/x"), STANDINGS)
    assert {one.sources for one in found} == {1}
    assert {one.confidence for one in found} == {"low"}


def test_a_possible_testing_change_keeps_confidence_low_and_is_said():
    reason = "possibly a testing change: 7 substances of this source start together"
    verdicts = _verdicts(*(("a/x", f"2019-0{month}", reason) for month in range(3, 9)))
    (found,) = signals(verdicts, _series("a/x"), STANDINGS)
    assert found.confidence == "low"
    assert "new testing" in found.unknown


def test_a_signal_stands_for_a_year_after_its_last_alarm():
    found = signals(_verdicts(("a/x", "2019-03", "first ever")), _series("a/x"), STANDINGS)
    assert standing_at(found, Period.parse("2020-03")) == found
    assert standing_at(found, Period.parse("2020-04")) == ()
    assert standing_at(found, Period.parse("2019-02")) == ()


def test_an_alarm_on_a_period_after_the_last_one_observed_stands_now():
    found = signals(_verdicts(("a/x", "2019-03", "first ever")), _series("a/x"), STANDINGS)
    assert standing_now(found, date(2019, 2, 28)) == found
    assert standing_now(found, date(2020, 4, 30)) == ()


def test_what_is_written_of_a_thing_is_a_weak_signal_and_confirms_no_count():
    keys = ("a/x/US-CT/mentions", "b/x/US-CT/deaths")
    verdicts = _verdicts(*((key, "2019-03", "first ever") for key in keys))
    found = {one.series: one for one in signals(verdicts, _series(*keys), STANDINGS)}
    spoken, counted = found[keys[0]], found[keys[1]]
    assert (spoken.confidence, counted.confidence) == ("low", "low")
    assert counted.sources == 1
    assert spoken.sources == 2
    assert spoken.unknown.startswith("whether more happens, or more is only written of it")
    assert "written" not in counted.unknown

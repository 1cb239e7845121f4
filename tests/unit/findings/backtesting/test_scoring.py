"""The rules of the back-test, each on a series made for it."""

import json
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from atalaya.detection import Judgement, find
from atalaya.findings.backtesting import Known, replay, score, scorecard
from atalaya.model.periods import Period
from atalaya.reading.events import Event
from atalaya.series.panel import Panel

FIRST = Period.parse("2019-01")


@dataclass(frozen=True)
class AlarmAt:
    """A detector that gives an alarm wherever it was told to, and looks at nothing else."""

    cells: frozenset[tuple[str, int]]
    name = "told"

    def judge(self, panel: Panel, since: int = 0) -> Judgement:
        found = Judgement.blank(self.name, panel, since, {16: "told so"})
        found.alarm[panel.observed] = 0
        found.reason[panel.observed] = 16
        for series, column in self.cells:
            if panel.observed[panel.series.index(series), column]:
                found.alarm[panel.series.index(series), column] = 1
        found.statistic[:] = np.arange(panel.n_periods)
        return found


def panel(**series: list[float]) -> Panel:
    counts = np.array(list(series.values()), float)
    return Panel(tuple(series), FIRST, counts)


def event(series: str, first: int | None, fifth: int | None = None, **more) -> Event:
    made = Event(
        series,
        more.pop("type", "new"),
        None if first is None else FIRST + first,
        None if fifth is None else FIRST + fifth,
        None,
        2,
    )
    return replace(made, **more)


def told(counts: Panel, *events: Event, at: set[tuple[str, int]], lag: int = 0):
    return score([replay(AlarmAt(frozenset(at)), [Known(counts, None, lag)])], events)


WAVE = [0] * 8 + [1, 0, 2, 1, 1] + [3] * 17


def test_an_alarm_counts_from_the_first_to_the_fifth_case_both_included():
    for column, found in ((7, 0), (8, 1), (12, 1), (13, 0)):
        scored = told(panel(x=WAVE), event("x", 8, 12), at={("x", column)})
        assert (scored.waves, scored.found) == (1, found)
        assert scored.quiet.episodes == 1 - found


def test_delays_are_counted_from_the_third_and_fifth_case_and_negative_before_them():
    scored = told(panel(x=WAVE), event("x", 8), at={("x", 11)}).events[0]
    assert (scored.first, scored.third, scored.fifth) == ("2019-09", "2019-11", "2020-01")
    assert (scored.delay_first, scored.delay_third, scored.delay_fifth) == (3, 1, -1)
    assert told(panel(x=WAVE), event("x", 8), at={("x", 11)}).found_by_third == 0
    assert told(panel(x=WAVE), event("x", 8), at={("x", 10)}).found_by_third == 1


def test_a_miss_is_listed_with_what_was_said_and_when_the_alarm_came_at_last():
    (miss,) = told(panel(x=WAVE), event("x", 8, 12), at={("x", 20)}).missed
    assert (miss.series, miss.alarm, miss.late_alarm) == ("x", None, "2020-09")
    assert miss.because == "told so"
    gap = [*WAVE[:12], np.nan, *WAVE[13:]]
    (miss,) = told(panel(x=gap), event("x", 8, 12), at=set()).missed
    assert miss.because == "not assessed: no count was given for this period"


def test_fewer_than_six_silent_observed_periods_before_the_first_are_reported_apart():
    for before, censored in ((5, 1), (6, 0)):
        counts = panel(x=[0] * before + WAVE[8:])
        scored = told(counts, event("x", before), at={("x", before)})
        assert (scored.left_censored, scored.waves) == (censored, 1 - censored)
        assert scored.left_censored_found == censored
        assert scored.quiet.episodes == censored
    gaps = panel(x=[np.nan] * 4 + [0] * 4 + WAVE[8:])
    assert told(gaps, event("x", 8), at=set()).left_censored == 1
    again = panel(x=[0] * 8 + [1] + [0] * 5 + [1, 2, 3, 4])
    assert told(again, event("x", 14), at=set()).left_censored == 1


def test_an_outbreak_rises_from_a_level_that_need_not_be_silent():
    level = panel(x=[3] * 10 + [9] * 4 + [3] * 6)
    scored = told(level, event("x", 10, 13, type="outbreak"), at={("x", 11)})
    assert (scored.waves, scored.found, scored.left_censored) == (1, 1, 0)


def test_alarms_at_most_six_months_apart_are_one_episode():
    quiet = event("x", None, type="quiet")
    for apart, episodes in ((6, 1), (7, 2)):
        at = {("x", 2), ("x", 2 + apart)}
        scored = told(panel(x=[0] * 30), quiet, at=at)
        assert scored.quiet.episodes == episodes
        assert len(scored.false_episodes) == episodes
    assert scored.quiet.series_months == 30
    assert scored.quiet.per_100_months.value == 2 / 0.30


def test_a_wave_that_begins_before_its_window_and_reaches_into_it_is_no_false_episode():
    scored = told(panel(x=WAVE), event("x", 8, 12), at={("x", 6), ("x", 9)})
    assert (scored.found, scored.quiet.episodes) == (1, 0)
    assert scored.quiet.alarms == 1


def test_episodes_of_series_that_the_truth_does_not_name_are_counted_apart():
    counts = panel(x=WAVE, y=[0] * 30)
    scored = told(counts, event("x", 8), at={("x", 9), ("y", 3)})
    assert (scored.quiet.episodes, scored.others.episodes) == (0, 1)
    assert scored.quiet.series == scored.others.series == 1


def test_the_lead_is_counted_from_the_end_of_the_period_and_the_declared_lag():
    wave = event("x", 8, 12, notice=date(2019, 12, 31))
    scored = told(panel(x=WAVE), wave, at={("x", 9)}, lag=30)
    assert scored.events[0].known_on == "2019-11-30"
    assert (scored.events[0].lead_days, scored.events[0].lead_months) == (31, 1.0)
    late = told(panel(x=WAVE), replace(wave, notice=date(2019, 11, 29)), at={("x", 9)}, lag=30)
    assert (late.noticed, late.before_notice, late.lead_days.value) == (1, 0, -1)


def test_a_budget_shows_the_strongest_of_what_began_in_the_period():
    counts = panel(x=WAVE, y=[0] * 30, z=[0] * 30)
    truth = [event("x", 8), event("y", None, type="quiet"), event("z", None, type="decline")]
    scored = told(counts, *truth, at={("x", 9), ("y", 9), ("z", 2)})
    one, two = scored.at_budgets[:2]
    assert (one.per, one.budget, one.shown, one.true) == ("period", 1, 2, 1)
    assert (two.budget, two.shown, two.true) == (2, 3, 1)
    whole = scored.at_budgets[3]
    assert (whole.per, whole.budget, whole.shown, whole.precision.value) == ("replay", 10, 3, 1 / 3)


def test_a_period_is_judged_by_the_first_edition_that_observed_it():
    """The second edition takes the case back and adds a month; what was said in time stays."""
    cases = [0.0] * 14 + [2, 1]
    early = Known(panel(x=cases), date(2020, 5, 10))
    late = Known(panel(x=[*cases[:15], 0, 1]), date(2020, 7, 3))
    said = replay(find("emergence_plain"), [early, late])
    assert said.edition[0].tolist() == [0] * 16 + [1]
    assert said.alarm[0, 15:].tolist() == [1, 1]
    assert said.known_on(0, 15) == date(2020, 4, 30)
    assert said.known_on(0, 16) == date(2020, 7, 3)
    assert find("emergence_plain").judge(late.panel).alarm[0, 15] == 0
    assert said.sentence(0, 15).startswith("first ever in this history: 3")


def test_a_later_edition_that_begins_later_or_brings_a_series_keeps_its_periods_in_place():
    early = Known(panel(x=[0.0] * 14 + [2, 1]), date(2020, 5, 10))
    counts = np.array([[0.0] * 12 + [2, 1, 4], [0.0] * 14 + [1]])
    late = Known(Panel(("x", "y"), FIRST + 2, counts), date(2020, 7, 3))
    said = replay(find("emergence_plain"), [early, late])
    assert said.edition[0].tolist() == [0] * 14 + [1]
    assert said.edition[1].tolist() == [1] * 15
    assert said.alarm[0, 13:].tolist() == [1, 1]


def test_the_card_is_the_same_bytes_for_the_same_input_and_names_its_intervals():
    counts = panel(x=[0] * 16 + WAVE)
    about = {"software": "1", "data": {}, "truth": {}, "parameters": {}}

    def made():
        said = {"emergence": [replay(find("emergence"), [Known(counts)])]}
        return scorecard(said, [event("x", 24)], about)

    assert made().text() == made().text()
    told = json.loads(made().text())
    assert told["schema"] == "atalaya-scorecard/1"
    assert told["mode"] == "replay"
    (one,) = told["detectors"]
    assert set(one["recall"]) == {"value", "low", "high"}
    assert one["events"][0]["outcome"] == "found"

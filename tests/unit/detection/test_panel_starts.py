import numpy as np

from atalaya.detection import find
from atalaya.detection.panel_starts import panel_starts
from atalaya.model.periods import Period
from atalaya.series.panel import Panel

MONTH = Period.parse("2012-01")
START = 40


def _laboratory(newcomers, periods=72, source="lab"):
    """Series of one laboratory: three old ones, and new ones that begin together at START."""
    counts = np.zeros((3 + newcomers, periods))
    counts[0, 3::9] = counts[1, 5::11] = counts[2, 2::14] = 1
    counts[3:, START:] = 1
    names = tuple(f"s{row}" for row in range(len(counts)))
    return Panel(names, MONTH, counts, np.full(counts.shape, 200.0), (source,) * len(counts))


def test_series_that_begin_together_rest_on_what_came_after():
    found = panel_starts(_laboratory(8))
    assert (found.begins[3:, START:] == START)[:, :12].all()
    assert (found.together[3:, START] == 8).all()
    assert not found.begins[3:, :START].any(), "nothing is known of it before"
    assert not found.begins[:3].any(), "old series are not concerned"


def test_one_newcomer_is_no_change_of_the_panel():
    assert not panel_starts(_laboratory(1)).begins.any()
    assert not panel_starts(_laboratory(2)).begins.any()


def test_without_a_named_source_nothing_is_said():
    panel = _laboratory(8)
    unnamed = Panel(panel.series, panel.first, panel.counts, panel.population)
    assert not panel_starts(unnamed).begins.any()
    assert not panel_starts(_laboratory(8, source="")).begins.any()


def test_arrivals_that_go_on_take_the_change_back():
    counts = np.zeros((40, 72))
    for row in range(40):
        counts[row, 20 + row :] = 1  # a new one every month: things really keep arriving
    names = tuple(f"s{row}" for row in range(40))
    found = panel_starts(Panel(names, MONTH, counts, None, ("lab",) * 40))
    assert not found.begins[:, 40:].any()


def test_a_new_panel_is_not_assessed_and_then_judged_by_its_own_time():
    panel = _laboratory(8)
    judgement = find("emergence").judge(panel)
    assert (judgement.alarm[3:, START : START + 6] == -1).all()
    said = judgement.sentence(3, START)
    assert said == (
        "not assessed: probably a testing change, 8 series of this source began together"
    )
    assert not (judgement.alarm[3:] == 1).any(), "a steady rate since the start is no rise"
    risen = panel.counts.copy()
    risen[3, START + 14 :] = 9
    grown = Panel(panel.series, MONTH, risen, panel.population, panel.sources)
    later = find("emergence").judge(grown)
    assert not (later.alarm[3] == 1).any(), "it is established by then: growth is not emergence"


def test_alone_the_same_series_is_an_alarm():
    alone = _laboratory(8).take([3])
    judgement = find("emergence").judge(alone)
    assert (judgement.alarm[0, START : START + 6] == 1).any()

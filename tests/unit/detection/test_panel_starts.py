import tracemalloc

import numpy as np

from atalaya.detection import find
from atalaya.detection.panel_starts import panel_starts
from atalaya.model.periods import Period
from atalaya.series.panel import Panel

MONTH = Period.parse("2012-01")
START = 40
EVERY = slice(None)


def _laboratory(newcomers, periods=72, source="lab"):
    """Series of one laboratory: three old ones, and new ones that begin together at START."""
    counts = np.zeros((3 + newcomers, periods))
    counts[0, 3::9] = counts[1, 5::11] = counts[2, 2::14] = 1
    counts[3:, START:] = 1
    names = tuple(f"s{row}" for row in range(len(counts)))
    return Panel(names, MONTH, counts, np.full(counts.shape, 200.0), (source,) * len(counts))


def test_series_that_begin_together_rest_on_what_came_after():
    begins, together = panel_starts(_laboratory(8)).of(EVERY)
    assert (begins[3:, START:] == START)[:, :12].all()
    assert (together[3:, START] == 8).all()
    assert not begins[3:, :START].any(), "nothing is known of it before"
    assert not begins[:3].any(), "old series are not concerned"


def test_rows_that_are_asked_for_say_what_all_of_them_say():
    found = panel_starts(_laboratory(8))
    whole, parts = found.of(EVERY), [found.of(slice(row, row + 4)) for row in (0, 4, 8)]
    for place in (0, 1):
        assert (np.concatenate([part[place] for part in parts]) == whole[place]).all()


def test_memory_is_bounded_by_chunks_and_not_by_the_panel():
    def peak(number):
        counts = np.zeros((number, 120))
        counts[:, 60] = 1
        sources = tuple(f"lab {row % 7}" for row in range(number))
        panel = Panel(tuple(map(str, range(number))), MONTH, counts, None, sources)
        panel_starts(panel)  # loads what it needs
        tracemalloc.start()
        panel_starts(panel)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    # Two arrays of 8 bytes a series and period would be 1,920 bytes a series.
    assert (peak(20_000) - peak(10_000)) / 10_000 < 300


def test_one_newcomer_is_no_change_of_the_panel():
    assert not panel_starts(_laboratory(1)).of(EVERY)[0].any()
    assert not panel_starts(_laboratory(2)).of(EVERY)[0].any()


def test_without_a_named_source_nothing_is_said():
    panel = _laboratory(8)
    unnamed = Panel(panel.series, panel.first, panel.counts, panel.population)
    assert not panel_starts(unnamed).of(EVERY)[0].any()
    assert not panel_starts(_laboratory(8, source="")).of(EVERY)[0].any()


def test_arrivals_that_go_on_take_the_change_back():
    counts = np.zeros((40, 72))
    for row in range(40):
        counts[row, 20 + row :] = 1  # a new one every month: things really keep arriving
    names = tuple(f"s{row}" for row in range(40))
    found = panel_starts(Panel(names, MONTH, counts, None, ("lab",) * 40))
    assert not found.of(EVERY)[0][:, 40:].any()


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

"""What is new in a sheet: planted things are found, and nothing else is called sure."""

import pytest
from tests.material.sheet_reading import read
from tests.material.sheets import (
    MONTHS,
    NEW_PANEL,
    PANEL_CHANGE,
    PLANTED,
    TONGUES,
    UNKNOWN,
    as_csv,
    line_list,
)

from atalaya.findings.sheets.candidates import looks_like
from atalaya.findings.sheets.judging import LONG_ENOUGH
from atalaya.findings.sheets.news import Question, news
from atalaya.model.periods import Period, PeriodKind
from atalaya.pipeline.watching import registers

PANEL = ("substance", "new-panel")
FAMILIES = {entry.id: entry.family for entry in registers().substances.entries}


def told(payload, zeros=None, unsure=None):
    return news(read(payload).rows, Question(FAMILIES.get, zeros, unsure or {}))


@pytest.fixture(scope="module", params=sorted(TONGUES))
def found(request):
    return told(as_csv(*line_list(request.param)))


def test_the_planted_emergence_is_the_strongest_finding(found):
    first = found.findings[0]
    assert first.key.subject == f"substance:{PLANTED}"
    assert (first.kind, first.confidence, len(first.sources)) == ("first-ever", "high", 2)
    assert str(first.first_case) == "2023-04"
    assert first.sold_as[0].what == "substance:oxycodone"
    assert first.lines


def test_a_laboratory_that_joins_is_not_taken_for_new_supply(found):
    assert len(found.findings) == 1  # what is planted; its substances stand for nothing new
    assert not [one for one in found.earlier if one.key.subject.endswith(NEW_PANEL)]


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_what_a_new_panel_finds_is_not_assessed_until_its_testing_has_a_history(language):
    heading, rows = line_list(language)
    until = (PANEL_CHANGE + 3) * len(rows) // MONTHS
    answer = told(as_csv(heading, rows[:until]))
    assert (answer.findings, answer.earlier) == ((), ())
    (new,) = [one for one in answer.not_assessed if (one.level, one.reason) == PANEL]
    assert {subject.removeprefix("substance:") for subject in new.subjects} <= set(NEW_PANEL)
    assert new.series >= 4
    assert new.needed == 7


def test_an_arrival_at_full_height_among_others_is_told_as_possibly_a_change_in_testing():
    quiet = [[f"{2021 + m // 12}-{m % 12 + 1:02d}-01", "MDMA"] for m in range(30) for _ in range(9)]
    quiet += [[f"2023-{month:02d}-11", "xylazine"] for month in (4, 5, 6) for _ in range(4)]
    (one,) = told(as_csv(["date", "found"], quiet)).findings
    assert (one.kind, one.confidence, one.because) == ("first-ever", "low", ("testing-change",))
    assert one.changes == ("at-full-height",)
    assert (one.cases, one.tested, one.window, one.before, one.before_window) == (12, 39, 3, 0, 24)


def test_an_unknown_name_makes_no_finding(found):
    subjects = {one.key.subject for one in (*found.findings, *found.earlier)}
    assert not any("unresolved" in subject for subject in subjects)
    assert looks_like(UNKNOWN) == "benzodiazepines"


def test_a_short_sheet_is_not_assessed_and_says_how_much_is_needed():
    rows = [[f"2023-{month:02d}-03", "fentanyl"] for month in range(1, 9) for _ in range(3)]
    answer = told(as_csv(["date", "found"], rows))
    assert answer.findings == ()
    assert answer.judged_from is None
    reasons = {(one.level, one.reason, one.observed, one.needed) for one in answer.not_assessed}
    assert ("substance", "short-history", 8, 12) in reasons


def arrival(months):
    """Give a sheet of some months in whose last three protonitazene comes, once each."""
    dates = [f"{2022 + month // 12}-{month % 12 + 1:02d}-09" for month in range(months)]
    rows = [[date, "MDMA"] for date in dates for _ in range(9)]
    return told(as_csv(["date", "found"], rows + [[date, PLANTED] for date in dates[-3:]]))


def test_a_sheet_too_short_for_the_recommended_detector_is_judged_by_the_plain_rule_that_says_so():
    (one,) = arrival(LONG_ENOUGH[PeriodKind.MONTH] - 1).findings
    assert (one.detector, one.kind) == ("emergence_plain", "first-ever")
    assert (one.confidence, one.because) == ("low", ("short-history",))
    assert (one.cases, one.tested, one.window, one.before, one.before_window) == (3, 30, 3, 0, 12)


def test_a_sheet_of_two_years_is_judged_by_the_recommended_detector():
    (one,) = arrival(LONG_ENOUGH[PeriodKind.MONTH]).findings
    assert (one.detector, one.kind) == ("emergence", "first-ever")
    assert (one.cases, one.tested, one.window, one.before, one.before_window) == (3, 30, 3, 0, 21)


def test_many_that_begin_together_in_a_short_sheet_are_told_as_possibly_a_change_in_testing():
    dates = [f"2022-{month:02d}-09" for month in range(1, 13)] + ["2023-01-09", "2023-02-09"]
    rows = [[date, "MDMA"] for date in dates for _ in range(9)]
    rows += [[date, name] for date in dates[-2:] for name in NEW_PANEL for _ in range(2)]
    found = told(as_csv(["date", "found"], rows)).findings
    substances = [one for one in found if one.key.level == "substance"]
    assert {one.key.subject.removeprefix("substance:") for one in substances} == set(NEW_PANEL)
    assert all(one.confidence == "low" for one in found)
    assert all("began-together" in one.changes for one in substances)


def test_months_without_a_sample_are_gaps_and_not_silence():
    months = [month for month in range(24) if month not in {5, 6, 7}]
    rows = [[f"{2022 + m // 12}-{m % 12 + 1:02d}-03", "MDMA"] for m in months for _ in range(2)]
    assert list(map(str, told(as_csv(["date", "found"], rows)).gaps)) == [
        "2022-06",
        "2022-07",
        "2022-08",
    ]


def test_a_family_is_told_only_where_no_member_stands_alone():
    quiet = [[f"{2021 + m // 12}-{m % 12 + 1:02d}-01", "MDMA"] for m in range(36) for _ in range(4)]
    names = ("isotonitazene", "metonitazene", "protonitazene", "etonitazene")
    spread = [[f"2023-{9 + n}-20", name] for n, name in enumerate(names)]
    (one,) = told(as_csv(["date", "found"], quiet + spread)).findings
    assert (str(one.key.level), one.key.subject) == ("family", "nitazenes")
    single = [[f"2023-{9 + n}-20", "isotonitazene"] for n in range(4)]
    (one,) = told(as_csv(["date", "found"], quiet + single)).findings
    assert str(one.key.level) == "substance"


def test_a_finding_that_rests_on_misspelt_names_is_never_sure():
    payload = as_csv(*line_list("en"))
    sure = told(payload, unsure={f"substance:{PLANTED}": "fuzzy"}).findings
    planted = next(one for one in sure if one.key.subject == f"substance:{PLANTED}")
    assert (planted.confidence, planted.because) == ("low", ("fuzzy-name",))


def test_samples_sold_as_one_thing_and_found_to_be_another_are_counted(found):
    oxycodone = next(one for one in found.sold_as if one.sold_as == "substance:oxycodone")
    assert oxycodone.samples == oxycodone.without
    assert {share.what for share in oxycodone.instead} >= {f"substance:{PLANTED}"}


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("etomethazene", "nitazenes"),
        ("etonitaceno", "nitazenes"),
        ("bretazolam", "benzodiazepines"),
        ("furanylfentanilo", "fentanyls"),
        ("MDMB-5Br-INACA", "synthetic-cannabinoids"),
        ("4-ho-pipt", "tryptamines"),
        ("2C-XY", "phenethylamines"),
        ("zztop", None),
        ("levamisole", None),
        ("azúcar", None),
    ],
)
def test_a_name_is_compared_with_the_stems_of_families(name, family):
    assert looks_like(name) == family


def counted(kind, cells, tested=90):
    """Write a table of counts: name -> counts by period, from 2016 on, of one denominator."""
    first = Period.parse({"month": "2016-01", "quarter": "2016-Q1"}[kind])
    return as_csv(
        ["period", "substance", "count", "tested"],
        [
            [str(first + at), name, count, tested]
            for name, counts in cells.items()
            for at, count in enumerate(counts)
        ],
    )


_TOGETHER = ("protonitazene", "xylazine", "levamisole", "gabapentin")


def test_in_quarters_what_begins_together_is_an_alarm_that_says_so():
    cells = {"MDMA": [9] * 24, **{name: [0] * 22 + [3, 0] for name in _TOGETHER}}
    answer = told(counted("quarter", cells), zeros="zero")
    assert {one.key.subject for one in answer.findings} == {f"substance:{n}" for n in _TOGETHER}
    assert {(one.confidence, one.changes) for one in answer.findings} == {
        ("low", ("began-together",))
    }


def test_in_months_it_is_not_assessed_and_a_later_rise_is_told_as_possibly_a_change_in_testing():
    cells = {"MDMA": [9] * 60, **{name: [0] * 40 + [1] + [0] * 19 for name in _TOGETHER}}
    assert told(counted("month", cells), zeros="zero").findings == ()
    cells["xylazine"][52:] = [0, 2, 3, 4, 4, 3, 4, 4]
    (one,) = told(counted("month", cells), zeros="zero").findings
    assert (one.key.subject, one.confidence) == ("substance:xylazine", "low")
    assert one.changes == ("began-together",)


def test_one_substance_that_reaches_many_places_at_once_is_no_change_in_testing():
    places = TONGUES["en"].places
    rows = [
        [f"{2020 + m // 12}-{m % 12 + 1:02d}-02", "MDMA", place]
        for m in range(48)
        for place in places * 3
    ]
    rows += [[f"2023-{m}-09", "xylazine", place] for m in (10, 11, 12) for place in places * 2]
    (one,) = told(as_csv(["date", "found", "place"], rows)).findings
    assert (str(one.key.level), len(one.places_alarmed)) == ("substance", 4)
    assert "began-together" not in one.changes


def test_what_is_said_of_an_arrival_can_be_counted_in_the_sheet():
    counts = [0] * 20 + [1] + [0] * 25 + [1, 0, 2, 3]
    answer = told(counted("month", {"MDMA": [9] * 50, "xylazine": counts}), zeros="zero")
    (one,) = answer.findings
    assert (one.kind, str(one.first_case), str(one.latest)) == ("return", "2019-11", "2020-02")
    assert (one.cases, one.tested, one.window) == (6, 360, 4)
    assert (one.before, one.before_window) == (0, 24)
    assert one.detector == "emergence"


def test_a_step_in_the_number_examined_when_the_cases_began_is_said():
    quiet = counted("month", {"MDMA": [9] * 50, "xylazine": [0] * 50}).decode().splitlines()
    grown = [
        line.replace(",90", ",400").replace("xylazine,0", "xylazine,2")
        if line[:7] >= "2019-11"
        else line
        for line in quiet
    ]
    (one,) = told("\n".join(grown).encode(), zeros="zero").findings
    assert (one.confidence, one.changes) == ("low", ("examined-more",))

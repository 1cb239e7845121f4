"""What is hidden, what is shown, and why."""

from dataclasses import replace

import pytest

from atalaya.publishing.disclosure import Cell, Figure, decide, population_of
from atalaya.publishing.places import Holding

CT = "territory:US-CT"


def _figure(subject, period, value, population=None, *, territory=CT, unit="deaths", people=True):
    cell = Cell("office", subject, territory, "deaths", period)
    return Figure(cell, value, population, unit, people)


def _decide(*figures, holding=None):
    shown = decide(figures, frozenset({"office"}), holding)
    return shown, [
        (shown.count(figure.cell, figure.value), shown.hidden.get(figure.cell))
        for figure in figures
    ]


@pytest.mark.parametrize("count", range(1, 10))
def test_a_count_of_people_from_1_to_9_reads_1_9(count):
    assert _decide(_figure("x", "2019-01", count))[1] == [("1-9", "small")]


def test_zero_is_shown_as_zero_and_ten_as_ten_and_nothing_as_nothing():
    figures = [_figure("x", f"2019-0{at}", value) for at, value in ((1, 0), (2, 10), (3, None))]
    assert _decide(*figures)[1] == [("0", None), ("10", None), (None, None)]


@pytest.mark.parametrize("unit", ["samples", "kg", "documents", "USD"])
def test_samples_seizures_and_documents_are_not_people(unit):
    assert _decide(_figure("x", "2019-01", 3, unit=unit, people=False))[1] == [("3", None)]


def test_national_counts_are_shown():
    assert _decide(_figure("x", "2019", 3, territory="territory:URY"))[1] == [("3", None)]


def test_a_place_nobody_knows_counts_as_below_national_level():
    assert _decide(_figure("x", "2019", 3, territory=None))[1] == [("1-9", "small")]


def test_a_source_that_does_not_hide_hides_nothing():
    figure = _figure("x", "2019-01", 3)
    assert decide([figure], frozenset()).count(figure.cell, 3) == "3"


def test_a_year_that_holds_a_hidden_month_is_withheld_even_when_it_is_small_itself():
    _, cells = _decide(
        _figure("x", "2019-01", 1), _figure("x", "2019", 1), _figure("x", "2020", 30)
    )
    assert cells == [("1-9", "small"), (None, "total"), ("30", None)]


def test_a_year_in_other_words_is_withheld_and_other_words_beside_are_not():
    month, year = _figure("x", "2019-01", 4), _figure("x", "2019", 40)
    beside = _figure("x", "2019-01", 30)
    words = [replace(one, cell=one.cell._replace(predicate="stays")) for one in (year, beside)]
    _, cells = _decide(month, *words)
    assert [text for text, _ in cells] == ["1-9", None, "30"]


def test_a_month_is_withheld_when_a_week_that_only_touches_it_is_hidden():
    _, cells = _decide(_figure("x", "2019-W05", 4), _figure("x", "2019-01", 40))
    assert cells == [("1-9", "small"), (None, "total")]


def test_a_country_is_withheld_when_one_of_its_divisions_is_hidden():
    holding = Holding(places={CT: "territory:USA", "territory:AR-B": "territory:ARG"})
    _, cells = _decide(
        _figure("x", "2019", 4),
        _figure("x", "2019", 400, territory="territory:USA"),
        _figure("x", "2019", 300, territory="territory:ARG"),
        _figure("x", "2019", 900, territory="territory:M49-001"),
        holding=holding,
    )
    assert [text for text, _ in cells] == ["1-9", None, "300", None]


def test_a_family_is_withheld_when_one_of_its_members_is_hidden():
    holding = Holding(subjects={"fentanyl": frozenset({"opioids"})})
    _, cells = _decide(
        _figure("fentanyl", "2019", 4),
        _figure("opioids", "2019", 40),
        _figure("cocaine", "2019", 50),
        holding=holding,
    )
    assert [text for text, _ in cells] == ["1-9", None, "50"]


def test_a_subject_of_another_kind_is_taken_to_hold_a_hidden_substance():
    _, cells = _decide(
        _figure("substance:fentanyl", "2019", 4),
        _figure("family:opioids", "2019", 40),
        _figure("substance:cocaine", "2019", 50),
    )
    assert [text for text, _ in cells] == ["1-9", None, "50"]


def test_a_substance_does_not_hold_a_small_family_beside_it():
    _, cells = _decide(_figure("family:nitazenes", "2019", 4), _figure("substance:x", "2019", 40))
    assert cells == [("1-9", "small"), ("40", None)]


def test_a_denominator_that_could_be_the_sum_is_withheld_whatever_is_hidden():
    for hidden in range(1, 10):
        figures = [_figure("x", "2019-01", hidden, 23), _figure("y", "2019-01", 18, 23)]
        shown, _ = _decide(*figures)
        assert shown.population(figures[0].cell, 23) is None


def test_a_denominator_of_1_to_9_closes_every_count_under_it():
    figures = [_figure("x", "2019-01", 0, 7), _figure("y", "2019-01", 3, 7)]
    shown, cells = _decide(*figures)
    assert cells == [(None, "denominator"), (None, "denominator")]
    assert shown.population(figures[0].cell, 7) == "1-9"


def test_a_denominator_that_is_the_sum_of_its_counts_is_withheld_beside_a_hidden_one():
    figures = [
        *(_figure("x", f"2019-0{at}", 3, 23) for at in (1, 2, 3)),
        *(_figure("y", f"2019-0{at}", 20, 23) for at in (1, 2)),
        _figure("y", "2019-03", 18, 23),
    ]
    shown, _ = _decide(*figures)
    assert {shown.population(figure.cell, 23) for figure in figures} == {None}


def test_a_denominator_of_overlapping_counts_is_shown():
    figures = [_figure("x", "2019-01", 3, 97), _figure("y", "2019-01", 60, 97)]
    shown, _ = _decide(*figures)
    assert shown.population(figures[0].cell, 97) == "97"
    assert population_of(figures[0].cell) not in shown.hidden


def test_a_share_beside_a_hidden_count_is_withheld():
    share = _figure("share of x", "2019-01", 3, unit="%", people=False)
    elsewhere = _figure("share of x", "2019-02", 50, unit="%", people=False)
    _, cells = _decide(_figure("x", "2019-01", 3), share, elsewhere)
    assert [text for text, _ in cells] == ["1-9", None, "50"]


def test_a_fraction_of_people_was_computed_from_counts_and_is_withheld():
    assert _decide(_figure("x", "2019-01", 12.5))[1] == [(None, "derived")]

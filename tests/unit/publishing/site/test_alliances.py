"""Who votes alike, who sponsors together, and whose money: each figure with what it is out of."""

from functools import cache

import pytest
from tests.material.html_reading import Page
from tests.material.small_release import StandInRelease, explain, release, visit
from tests.material.starter_files import rows

from atalaya.publishing.site import Edition, Site
from atalaya.publishing.site.names import RegisterNames


@cache
def _site() -> Site:
    lines = [
        (f"donor:{row['donor'].lower().replace(' ', '-')}", row["instrument"], row)
        for row in rows("unodc-income", "income.csv")
    ]
    lines += [
        ("organisation:unodc", row["measure"], row) for row in rows("unodc-income", "totals.csv")
    ]
    known = release().tables
    empty = dict.fromkeys(known["claims"][0])
    money = [
        empty
        | {"id": f"claim:{at:016x}", "source": "unodc-income", "subject": subject}
        | {"predicate": predicate, "value": row["usd"], "period": row["year"]}
        for at, (subject, predicate, row) in enumerate(lines)
    ]
    told = StandInRelease(known | {"claims": [*known["claims"], *money]})
    return Site(Edition(told, RegisterNames()), "Test", explain, None)


def _text(path: str, language: str = "en", **asked: str) -> str:
    site = _site()
    return Page(site.html(site.show(path, visit(path, language, **asked)))).text


def test_the_groups_of_the_roll_call_are_listed_with_their_denominators() -> None:
    view = _site().show("alliances", visit("alliances")).view
    assert [len(group.states) for group in view.groups] == [30, 17, 2, 1]
    assert [one.symbol for one in view.ballots][-1] == "68/6"
    assert (view.groups[0].alike[1].together, view.groups[0].alike[1].of) == (0, 1)
    assert view.groups[0].ways[0] is None, "what nobody's record says is no absence"
    pair = next(one for one in view.pairs if (one.one.code, one.other.code) == ("DEU", "PER"))
    assert (pair.together, pair.of, pair.years) == (1, 1, (2025,))
    assert any(one.disputed for one in view.pairs)
    assert "0/1" in _text("alliances")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_vote_stands_with_its_year_and_how_many_are_named(language: str) -> None:
    ballots = _site().show("alliances", visit("alliances", language)).view.ballots
    (told,) = [one for one in ballots if one.symbol == "68/6"]
    assert (told.years, told.named) == ((2025,), 50)
    text = _text("alliances", language)
    assert "68/6 2025 50" in text
    assert "(2025)" in text


def test_before_the_session_nothing_is_known_of_alliances() -> None:
    view = _site().show("alliances", visit("alliances", as_of="2024-06")).view
    assert (view.ballots, view.groups, view.pairs) == ((), (), ())


@pytest.mark.parametrize(
    ("language", "figures"),
    [("en", ("560.6", "435.8", "124.8", "22.3%")), ("es", ("560,6", "435,8", "124,8"))],
)
def test_the_remainder_stands_beside_what_is_attributed(
    language: str, figures: tuple[str, ...]
) -> None:
    text = _text("promises", language)
    assert all(one in text for one in figures)
    assert ("Estados Unidos" if language == "es" else "United States") in text


def test_a_break_is_marked_once_and_a_year_that_is_not_over_is_not_shown() -> None:
    years = _site().show("promises", visit("promises", as_of="2024-06")).view.money
    assert [one.year for one in years] == list(range(2023, 2012, -1))
    assert [one.year for one in years if one.breaks] == [2021]
    assert _text("promises").count("The publisher counts kinds of income otherwise from 2021") == 1

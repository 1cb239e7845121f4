"""What each page says: what was known at a date, and nothing that came later."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.material.html_reading import Page
from tests.material.small_release import (
    MaterialNames,
    StandInRelease,
    explain,
    release,
    site,
    visit,
)
from tests.material.starter_files import PROJECT

from atalaya.findings.states import Action, Decision, Standing
from atalaya.model.errors import WrongUse
from atalaya.model.records import SignalState
from atalaya.publishing.site import Edition, Site
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.names import RegisterNames
from atalaya.publishing.site.viewing import Place
from atalaya.publishing.site.views.cards import Hindsight
from atalaya.publishing.site.views.records import needs

XYLAZINE = "f87f7db7ef9877e2"
HARD = "made-up~hard-case~US-CT~deaths"


def view(path: str, **asked: str) -> object:
    return site().show(path, visit(path, **asked)).view


def test_the_first_screen_shows_only_what_was_known_at_its_date() -> None:
    before, after = view("", as_of="2019-03"), view("", as_of="2019-04")
    assert "xylazine" not in [card.what_name for card in before.replay]
    assert "xylazine" in [card.what_name for card in after.replay]
    assert all(card.period <= "2019-04" for card in after.replay)


def test_the_first_screen_shows_five_signals_at_most() -> None:
    for month in ("2016-06", "2018-01", "2019-08", "2023-07"):
        assert len(view("", as_of=month).replay) <= 5


def test_without_live_evidence_the_live_column_is_empty_and_says_until_when_history_goes() -> None:
    home = view("")
    assert home.live == ()
    assert home.live_sources == ()
    assert home.evidence_ends == "2024-12"


def test_where_no_signal_stands_the_last_one_before_is_named() -> None:
    home = view("", as_of="2021-06")
    assert home.replay == ()
    assert home.last_standing == "2019-08"


def test_hindsight_counts_the_year_after_and_says_how_many_months_it_saw() -> None:
    (after,) = [one for one in view("", as_of="2019-08").after if one.what_name == "xylazine"]
    assert (after.from_period, after.to_period, after.months) == ("2019-09", "2020-08", 12)
    assert (after.before, after.after) == (Cell(46, 46), Cell(118, 118))
    assert after.outcome == "rose"


def test_hindsight_of_hidden_counts_is_a_range() -> None:
    (after,) = [
        one for one in view("", as_of="2023-03").after if one.territory_name == "Connecticut"
        and "script" in one.what_name
    ]  # fmt: skip
    assert (after.after.low, after.after.high) == (12, 108)


def test_a_withheld_count_makes_the_sum_withheld_and_is_never_drawn_as_zero() -> None:
    (card,) = [one for one in view("").replay if one.what_name == "late case"]
    masked = [bar for bar in card.spark if bar.period == "2023-11"]
    assert not masked[0].count.known
    shown = view(f"signals/{card.key}", as_of="2024-11")
    assert shown.after is not None
    assert not shown.after.before.known
    page = site().html(site().show(f"signals/{card.key}", visit(f"signals/{card.key}")))
    assert page.count('<span class="unknown">withheld</span>') == 2
    assert "withheld, because it would tell a hidden count (not zero)" in page


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        (Cell(7, 7), Cell(8, 8), "unclear"),
        (Cell(46, 46), Cell(118, 118), "rose"),
        (Cell(30, 30), Cell(2, 2), "fell"),
        (Cell(3, 27), Cell(9, 81), "unclear"),
        (Cell(), Cell(9, 9), "unclear"),
    ],
)
def test_chance_and_hidden_counts_make_hindsight_unclear(
    before: Cell, after: Cell, outcome: str
) -> None:
    one = Hindsight("k", "what", "where", before, after, 12, "2019-01", "2019-12")
    assert one.outcome == outcome
    assert replace(one, months=11).outcome == "unclear"


def test_a_signal_asked_for_before_it_was_known_says_so() -> None:
    early = view(f"signals/{XYLAZINE}", as_of="2018-01")
    assert not early.known
    assert early.signal.since == "2019-04"


def test_a_signal_page_at_a_date_ends_its_series_there() -> None:
    shown = view(f"signals/{XYLAZINE}", as_of="2019-06")
    assert shown.known
    assert shown.points[-1].period == "2019-06"
    assert shown.signal.period == "2019-06"
    assert shown.signal.reference.startswith("verdicts.csv:")


def test_the_latest_period_of_a_signal_is_checked_in_the_signals_table() -> None:
    assert view(f"signals/{XYLAZINE}").signal.reference == "signals.csv:4:observed"


def test_gaps_and_periods_not_assessed_are_named() -> None:
    hard = next(row for row in release().tables["signals"] if "hard-case" in row["series"])
    shown = view(f"signals/{hard['id'].partition(':')[2]}")
    assert shown.gaps == (("2019-09", "2020-02"),)
    assert shown.hidden
    assert shown.not_assessed[0].first == "2018-01"


def test_a_signal_whose_alarms_are_withheld_is_shown_as_published() -> None:
    tables = dict(release().tables)
    closed = {"alarm": None, "hidden": "window", "observed": "1-9", "expected": None}
    tables["verdicts"] = [
        row | closed if "xylazine" in row["series"] else row for row in tables["verdicts"]
    ]
    masked = Site(Edition(StandInRelease(tables), MaterialNames()), "x", explain, None)
    early = masked.show("", visit(as_of="2019-03")).view
    later = masked.show("", visit(as_of="2019-05")).view
    assert "xylazine" not in [card.what_name for card in early.replay]
    assert "xylazine" in [card.what_name for card in later.replay]


def standings(state: SignalState, **more: object) -> dict[str, Standing]:
    decision = Decision(
        signal=f"signal:{XYLAZINE}",
        action=Action.SIGN,
        reviewer="reviewer:ada",
        reason="seen in samples too",
        decided_at=datetime(2026, 11, 1, tzinfo=UTC),
        verdict="verdict:0",
        advice="carry naloxone; it does not reverse xylazine",
        expires=date(2026, 12, 1),
    )
    return {f"signal:{XYLAZINE}": Standing(state, decision, decision)}


def test_a_newer_decision_makes_the_page_an_alert_with_name_advice_and_last_day() -> None:
    who = replace(
        visit(f"signals/{XYLAZINE}"),
        standings=standings(SignalState.ALERT),
        reviewers={"reviewer:ada": "Ada Reviewer"},
    )
    card = site().show(f"signals/{XYLAZINE}", who).view.signal
    assert (card.alert, card.signed_by, card.expires) == (True, "Ada Reviewer", date(2026, 12, 1))
    page = site().html(site().show(f"signals/{XYLAZINE}", who))
    assert "carry naloxone" in page
    assert "Signed by Ada Reviewer. Holds until December 1, 2026." in page


@pytest.mark.parametrize("state", [SignalState.WITHDRAWN, SignalState.EXPIRED])
def test_a_withdrawn_or_expired_alert_loses_its_advice(state: SignalState) -> None:
    who = replace(visit(), standings=standings(state), reviewers={"reviewer:ada": "Ada"})
    card = site().show(f"signals/{XYLAZINE}", who).view.signal
    assert (card.alert, card.advice, card.state) == (False, None, state)


def alerted(expires: str | None) -> Site:
    tables = dict(release().tables)
    signed = {"state": "alert", "signed_by": "Ada", "advice": "do", "expires": expires}
    tables["signals"] = [row | signed for row in tables["signals"]]
    return Site(Edition(StandInRelease(tables), MaterialNames()), "x", explain, None)


def test_a_published_alert_expires_on_the_day_after_its_last() -> None:
    holds = alerted("2026-11-23").show(f"signals/{XYLAZINE}", visit()).view.signal
    over = alerted("2026-11-22").show(f"signals/{XYLAZINE}", visit()).view.signal
    assert (holds.alert, over.alert) == (True, False)
    assert over.state is SignalState.EXPIRED


def test_an_alert_without_a_last_day_is_never_shown_as_one() -> None:
    assert not alerted(None).show(f"signals/{XYLAZINE}", visit()).view.signal.alert


def test_resolution_68_6_is_shown_in_full() -> None:
    shown = view("promises/cnd68-l6")
    assert shown.card.number.text == "68/6"
    assert shown.card.draft.text == "E/CN.7/2025/L.6/Rev.1"
    declared = {tally.vote: tally.declared.number for tally in shown.card.tallies}
    assert declared == {"in favour": 30, "against": 3, "abstained": 18}
    assert [len(tally.members) for tally in shown.card.tallies] == [30, 3, 17]
    assert shown.asks
    dated = [fact.period for fact in shown.followed if fact.period]
    assert dated == sorted(dated)
    assert "abstentions" in {fact.predicate for fact in shown.disputed}


def test_two_unequal_sources_are_both_shown_with_their_difference() -> None:
    shown = view("promises/cnd68-l6")
    numbers = sorted(fact.number for fact in shown.disputed if fact.number is not None)
    assert numbers == [17, 18]
    (found,) = shown.differences
    assert (found.property, found.low, found.high, found.by) == ("abstentions", 17, 18, 1)
    page = site().html(site().show("promises/cnd68-l6", visit("promises/cnd68-l6")))
    assert "from 17 to 18, a difference of 1; both stand." in page
    assert "17.5" not in page


def test_sponsors_in_conflict_are_both_shown_as_disputed() -> None:
    sponsors = view("promises/cnd68-l3").card.sponsors
    assert {fact.territory for fact in sponsors} >= {"territory:USA", "territory:NOR"}
    assert all(fact.disputed for fact in sponsors)


def test_the_worked_example_comes_first_and_the_other_five_follow() -> None:
    keys = [card.key for card in view("promises").resolutions]
    assert keys[0] == "cnd68-l6"
    assert sorted(keys) == [f"cnd68-l{number}" for number in range(2, 8)]


def test_what_nobody_says_is_unknown_and_not_zero() -> None:
    shown = view("promises/cnd68-l4")
    assert not shown.card.voted
    page = site().html(site().show("promises/cnd68-l4", visit("promises/cnd68-l4")))
    assert "unknown" in page


def test_before_the_session_nothing_is_promised() -> None:
    early = view("promises", as_of="2019-06")
    assert early.resolutions == ()
    assert early.sessions == ()
    assert early.followed == 6


@pytest.mark.parametrize(
    ("asked", "found"),
    [("perú", ["PER"]), ("PERU", ["PER"]), ("connect", ["US-CT"]), ("col", ["COL"]), ("zz", [])],
)
def test_countries_are_found_without_accents_or_case(asked: str, found: list[str]) -> None:
    assert [card.code for card in view("countries", q=asked).found] == found


def test_a_state_s_page_says_what_it_said_of_a_text_and_not_only_of_which() -> None:
    (said, *_) = [one for one in view("countries/USA").facts if one.predicate == "explained-vote"]
    assert said.about is not None
    page = site().html(site().show("countries/USA", visit("countries/USA")))
    assert said.text in Page(page).text
    assert f"promises/{said.about.key}" in page


@pytest.mark.parametrize(
    ("language", "until"), [("en", "Evidence ends December 2024"), ("es", "en diciembre de 2024")]
)
def test_the_first_screen_says_in_words_when_the_evidence_ends(language: str, until: str) -> None:
    text = Page(site().html(site().show("", visit("", language)))).text
    assert until in " ".join(text.split())
    assert "2024-12;" not in text


def test_a_tally_in_a_list_says_what_each_number_counts() -> None:
    text = Page(site().html(site().show("promises", visit("promises")))).text
    assert "30 in favour , 3 against , 18 abstained disputed" in " ".join(text.split())


def test_a_country_shows_its_parts_its_series_and_what_is_not_known() -> None:
    usa, peru = view("countries/USA"), view("countries/PER")
    assert [part.code for part in usa.parts] == ["US-CT"]
    assert [card.unit for card in peru.series] == ["ha"]
    assert {cell.indicator for cell in peru.blind} == {"opium-cultivation", "drug-deaths"}


class FalklandNames(MaterialNames):
    """Names of which the place of one series is a contested one of the register."""

    def place(self, identifier: str) -> Place:
        if identifier != "territory:PER":
            return super().place(identifier)
        return RegisterNames().place("territory:FLK")


def test_a_contested_territory_says_so_and_who_uses_which_name() -> None:
    pages = Site(Edition(release(), FalklandNames()), "x", explain, None)
    shown = pages.show("countries/FLK", visit("countries/FLK", language="es")).view
    assert shown.name == "Islas Malvinas"
    assert "disputa" in shown.note
    users = {usage.name: usage.users for usage in shown.names}
    assert users["Falkland Islands (Malvinas)"] == ("iso-3166",)
    text = pages.html(pages.show("countries/FLK", visit("countries/FLK")))
    assert "Contested" in text
    assert "United Nations (M49)" in text
    asked = pages.show("countries", visit("countries", q="malvinas")).view
    assert [card.name for card in asked.found] == ["Falkland Islands"]


def test_an_uncontested_country_shows_no_note_on_its_names() -> None:
    assert (view("countries/PER").note, view("countries/PER").names) == ("", ())


def test_blind_spots_tell_no_figure_from_an_old_one() -> None:
    summary = view("blind-spots").summary
    assert (summary.without, summary.old, summary.countries) == (16, 1, 6)


def test_blind_countries_stand_by_continent_and_those_of_none_last() -> None:
    regions = view("blind-spots", language="es").regions
    assert [(one.name, [country.code for country in one.countries]) for one in regions] == [
        ("América", ["COL", "PER"]),
        ("", ["AFG", "BOL", "USA", "MMR"]),
    ]
    afghanistan = regions[1].countries[0]
    assert afghanistan.state("opium-cultivation") == "old"
    assert afghanistan.state("coca-cultivation") == "none"
    assert regions[0].countries[1].state("coca-cultivation") == "seen"


def test_countries_of_which_nothing_is_held_stand_apart() -> None:
    shown = view("countries")
    assert [card.code for card in shown.unseen] == ["AFG", "MMR"]
    assert {card.code for card in shown.known}.isdisjoint({"AFG", "MMR"})
    assert len(shown.known) + len(shown.unseen) == len(shown.found)


def test_downloads_list_no_page() -> None:
    shown = view("downloads")
    assert [file.path for file in shown.files] == ["data/signals.csv", "manifest.json"]
    assert [(table.name, table.rows) for table in shown.tables] == [("signals", 8)]
    assert [file.path for file in shown.tables[0].files] == ["data/signals.csv"]


@pytest.mark.parametrize(
    "path",
    ["nothing", "signals/0000", "signals/a/b", "series/x", "promises/x", "countries/XX", "about/x"],
)
def test_what_is_not_there_is_refused(path: str) -> None:
    with pytest.raises(WrongUse):
        view(path)


def test_every_need_says_where_it_lives_and_names_a_test_that_exists() -> None:
    found = needs("en")
    assert len(found) >= 10
    assert any(not need.test for need in found)
    for need in found:
        assert need.room
        assert not need.test or (PROJECT / need.test).exists(), need.test
    assert [need.room for need in needs("es")] == [need.room for need in found]


def test_what_is_built_and_what_is_not_are_told_apart() -> None:
    built = {need.room: bool(need.test) for need in needs("en") if need.page}
    assert built["publishing.why"]
    assert built["starter: unodc-income"]
    assert all(built.values()), "a link to what is not built leads nowhere"
    assert not any(need.test for need in needs("en") if need.room in {"custody", "benchmark"})


def test_the_first_screen_says_what_became_of_signals_whose_year_is_over() -> None:
    early, late = view("", as_of="2013-06").record, view("", as_of="2020-08").record
    assert (early.judged, early.more) == (0, 0)
    assert late.judged == late.more + late.same + late.less + late.withheld
    assert 0 < late.judged <= late.raised
    # Xylazine: counted in one month of the year before April 2019 and in all twelve after it.
    assert view("", as_of="2020-04").record.more == view("", as_of="2020-03").record.more + 1


def test_a_signal_whose_year_holds_a_withheld_count_is_neither_right_nor_wrong() -> None:
    tables = dict(release().tables)
    hide = {("ct-deaths/xylazine/US-CT/deaths", "2019-12"): {"count": None}}
    tables["series"] = [
        row | hide.get((row["series"], row["period"]), {}) for row in tables["series"]
    ]
    masked = Site(Edition(StandInRelease(tables), MaterialNames()), "x", explain, None)
    record = masked.show("", visit("", as_of="2020-04")).view.record
    whole = view("", as_of="2020-04").record
    assert (record.withheld, record.more) == (whole.withheld + 1, whole.more - 1)


def test_a_card_says_what_is_counted_and_out_of_how_many() -> None:
    (card,) = [one for one in view("", as_of="2019-08").replay if one.what_name == "xylazine"]
    assert card.predicate.startswith("deaths")
    assert card.population.known
    page = site().html(site().show("", visit("", as_of="2019-08")))
    assert f"of {card.population.low:g}" in page


def test_a_country_s_vote_says_how_and_on_what() -> None:
    page = site().html(site().show("countries/COL", visit("countries/COL")))
    (vote,) = view("countries/COL").votes
    assert (vote.text, vote.about.symbol, vote.period) == ("in favour", "68/6", "2025-03-14")
    row = page[page.index('<a href="/en/promises/cnd68-l6">68/6</a></th>') :]
    assert "in favour" in row[: row.index("</tr>")]


def test_the_worked_example_stands_in_full_on_the_first_screen() -> None:
    assert view("").worked == view("promises/cnd68-l6")
    page = site().html(site().show("", visit("")))
    for said in ("choose ten members", "March 12, 2026", "abstaining members that are named"):
        assert said in page
    assert view("", as_of="2019-06").worked is None


def test_the_dial_says_until_when_the_record_of_promises_goes() -> None:
    assert "the record of promises up to" in site().html(site().show("about", visit("about")))

from collections import Counter

from tests.material.shared_data import shared
from tests.material.starter_files import rows

L3, L6 = "draft:cnd68-l3", "draft:cnd68-l6"
ATTENDANCE = {1: 40, 2: 30, 3: 44, 4: 28, 5: 24, 6: 35}
CO_HOSTS = {1: 13, 2: 13, 3: 18, 4: 5, 5: 10, 6: 15, 7: 18}


def _of(file: str, predicate: str) -> list[dict[str, str]]:
    return [row for row in rows("cnd68", file) if row["predicate"] == predicate]


def test_a_figure_of_attendance_belongs_to_the_event_before_it() -> None:
    found = {row["subject"]: int(row["value"]) for row in _of("events.csv", "attendance")}
    assert found == {f"event:cnd68-{number}": persons for number, persons in ATTENDANCE.items()}


def test_attendance_stands_between_its_own_event_and_the_next_in_the_report() -> None:
    report = shared("seed/cnd68-report.txt").read_text(encoding="utf-8")
    titles = {row["subject"]: report.index(row["text"]) for row in _of("events.csv", "title")}
    for number, persons in ATTENDANCE.items():
        figure = report.index(f"\n{persons} persons")
        assert titles[f"event:cnd68-{number}"] < figure < titles[f"event:cnd68-{number + 1}"]


def test_seven_events_each_have_a_title_an_organiser_and_numbered_co_hosts() -> None:
    assert len(_of("events.csv", "title")) == len(_of("events.csv", "organiser")) == 7
    hosts = rows("cnd68", "cohosts.csv")
    for number, count in CO_HOSTS.items():
        positions = [int(r["position"]) for r in hosts if r["subject"] == f"event:cnd68-{number}"]
        assert positions == list(range(1, count + 1))


def test_names_of_co_hosts_carry_no_list_mark_comma_or_article() -> None:
    for row in rows("cnd68", "cohosts.csv"):
        assert not row["text"].endswith((",", ".")) or row["text"].endswith("Inc."), row
        assert not row["text"].lower().startswith("the "), row
        assert not row["text"][0].isdigit(), row


def test_states_among_the_co_hosts_are_identified() -> None:
    states = {r["text"]: r["territory"] for r in rows("cnd68", "cohosts.csv") if r["territory"]}
    assert states == {
        "República Portuguesa": "PRT",
        "Belgium": "BEL",
        "Ghana": "GHA",
        "South Africa": "ZAF",
        "Czechia": "CZE",
        "Kenya": "KEN",
        "Mexico": "MEX",
    }


def test_the_roll_call_names_fifty_members_once_each() -> None:
    votes = [row for row in rows("cnd68", "votes.csv") if row["subject"] == L6]
    assert Counter(row["text"] for row in votes) == {"in favour": 30, "against": 3, "abstained": 17}
    assert len({row["territory"] for row in votes}) == 50
    assert {row["territory"] for row in votes if row["text"] == "against"} == {"ARG", "RUS", "USA"}


def test_declared_and_named_abstentions_stand_as_two_rows() -> None:
    found = {
        row["predicate"]: row["value"]
        for row in rows("cnd68", "resolutions.csv")
        if row["subject"] == L6 and row["predicate"].startswith("abstentions")
    }
    assert found == {"abstentions": "18", "abstentions-named": "17"}


def test_the_sponsor_of_the_stimulant_text_stays_disputed() -> None:
    sponsors = [row for row in rows("cnd68", "sponsors.csv") if row["subject"] == L3]
    assert {row["text"]: row["checked"] for row in sponsors} == {
        "USA": "unverified",
        "Norway": "verified",
        "Thailand": "unverified",
    }
    assert {row["disputed"] for row in sponsors} == {"yes"}


def test_only_the_number_that_a_page_gives_is_given() -> None:
    numbers = {row["subject"]: row["text"] for row in _of("resolutions.csv", "number")}
    assert numbers == {L6: "68/6"}


def test_the_panel_is_the_sum_of_those_who_choose_it() -> None:
    asked = {row["of_whom"]: row["value"] for row in rows("cnd68", "asks.csv") if row["value"]}
    chosen = [
        int(row["value"])
        for row in rows("cnd68", "asks.csv")
        if row["value"] and row["text"].startswith("choose")
    ]
    assert sum(chosen) == 19
    assert set(asked) >= {"Secretary-General", "World Health Organization"}


def test_what_the_money_clause_says_is_marked_unknown() -> None:
    money = [row for row in rows("cnd68", "asks.csv") if row["text"].startswith("money")]
    assert [row["checked"] for row in money] == ["unverified"]


def _asked() -> dict[tuple[str, str], str]:
    return {(row["subject"], row["position"]): row["text"] for row in _of("asks.csv", "asks")}


def _bearing(file: str) -> list[tuple[str, str]]:
    """The asks that the rows of a file bear on, one entry a row and ask."""
    return [
        (row["subject"], position)
        for row in rows("cnd68", file)
        for position in row["ask"].split(";")
        if position
    ]


def test_each_ask_was_looked_for_under_three_different_words() -> None:
    looked = Counter(_bearing("searches.csv"))
    assert {ask for ask in _asked() if looked[ask] < 3} == set()
    words = [(row["subject"], row["text"]) for row in rows("cnd68", "searches.csv")]
    assert len(set(words)) == len(words)


def test_what_followed_and_what_was_looked_for_bear_on_asks_that_exist() -> None:
    for file in ("followup.csv", "searches.csv"):
        assert set(_bearing(file)) <= set(_asked())


def test_evidence_bears_in_one_of_the_words_agreed() -> None:
    said = Counter(row["bears"] for row in rows("cnd68", "followup.csv"))
    assert set(said) <= {"done", "under way", "not done", "funded", "unfunded", ""}
    assert said["done"] >= 2
    assert said["under way"] >= 2


def test_a_search_says_where_it_was_made_since_when_and_what_came_of_it() -> None:
    for row in _of("searches.csv", "looked-for"):
        assert all(row[name] for name in ("where", "where_es", "found", "found_es")), row
        assert row["since"] <= row["period"] == "2026-11-25", row


def test_dates_and_money_of_asks_are_those_a_page_sets() -> None:
    asks = _of("asks.csv", "asks")
    assert {row["by"] for row in asks} == {"", "2027-03"}
    assert {row["money"] for row in asks} == {"unknown"}


def test_six_substances_were_placed_under_control_and_a_dissenting_page_is_kept() -> None:
    placed = _of("scheduling.csv", "placed-under-control")
    told = {(r["subject"], r["convention"], r["schedule"], r["checked"]) for r in placed}
    assert sum(checked == "verified" for *_, checked in told) == 6
    assert ("hexahydrocannabinol", "1971", "II", "verified") in told
    assert ("hexahydrocannabinol", "1961", "II", "unverified") in told


def test_seven_governments_were_met() -> None:
    met = [row["territory"] for row in _of("meetings.csv", "met-government-of")]
    assert sorted(met) == ["ARG", "CIV", "COL", "FIN", "GTM", "KEN", "MEX"]

from datetime import date

from tests.material.declared import COUNTS, read, source

from atalaya.series.blind_spots import BLIND_SPOTS, blind_spots, indicators

COCA = COUNTS | {
    "subject": {"value": "crop:coca-bush"},
    "predicate": {"column": "examined"},
    "population": None,
    "territory": {"column": "substance", "register": "territory"},
}
PLACES = ["territory:COL", "territory:PER", "territory:BOL"]
TEXT = """month,substance,count,examined
2019,Colombia,5,best
2023,Colombia,7,best
2020,Peru,3,best
2023,Peru,,best
"""


def spots(table=COCA, as_of=date(2024, 12, 31)):
    declared = source(table)
    claims = read(TEXT, declared).claims
    return blind_spots(claims, PLACES, indicators([declared]), as_of)


def test_a_place_without_a_figure_and_one_with_an_old_figure_are_blind_spots():
    rows = {row["territory"]: row for row in spots().to_pylist()}
    assert rows.keys() == {"territory:BOL", "territory:PER"}
    assert rows["territory:BOL"] == {
        "territory": "territory:BOL",
        "indicator": "lab/coca-bush",
        "newest": None,
        "age_years": None,
        "state": "never",
        "source": "lab",
    }
    assert (rows["territory:PER"]["newest"], rows["territory:PER"]["state"]) == ("2020", "old")
    assert rows["territory:PER"]["age_years"] == 4.0


def test_a_figure_grows_old_after_two_years():
    assert "territory:COL" not in spots(as_of=date(2025, 12, 30))["territory"].to_pylist()
    assert "territory:COL" in spots(as_of=date(2026, 1, 2))["territory"].to_pylist()


def test_an_unverified_figure_is_none():
    states = spots(COCA | {"checked": {"value": "unverified"}})["state"].to_pylist()
    assert states == ["never"] * 3


def test_a_table_without_a_territory_is_no_indicator_and_facts_are_none():
    assert indicators([source(COCA | {"territory": None}, territory=None)]) == ()
    assert indicators([source(COCA | {"record": "facts"})]) == ()


def test_nothing_asked_gives_an_empty_table_with_its_schema():
    claims = read(TEXT, source(COCA)).claims
    assert blind_spots(claims, [], [], date(2024, 1, 1)).schema == BLIND_SPOTS

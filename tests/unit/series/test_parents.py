import pyarrow as pa
from tests.material.pooled_series import FAMILY, rows, table

from atalaya.series.parents import family_of, is_parent, members, parents


def test_a_family_is_the_sum_of_its_substances_and_names_their_observations():
    one = rows("substance:isotonitazene", [1.0, 0.0, 4.0], examined=10.0)
    other = rows("substance:metonitazene", [0.0, 2.0, None], examined=12.0)
    found = parents(table(one, other), "family")
    assert found["series"].unique().to_pylist() == [FAMILY]
    assert found["subject"].unique().to_pylist() == ["family:nitazenes"]
    assert found["count"].to_pylist() == [1.0, 2.0, None]
    assert found["population"].to_pylist() == [22.0, 22.0, None]
    assert found["status"].to_pylist() == ["observed", "observed", "gap"]
    assert found["made_from"].to_pylist()[1] == sorted([one[1]["id"], other[1]["id"]])
    assert len(set(found["id"].to_pylist())) == 3


def test_divisions_make_their_country_and_countries_their_subregion_of_one_substance():
    isotonitazene, xylazine = "substance:isotonitazene", "substance:xylazine"
    found = parents(
        table(
            rows(isotonitazene, [1.0], "territory:US-CT"),
            rows(isotonitazene, [2.0], "territory:US-NY"),
            rows(xylazine, [5.0], "territory:US-NY"),
            rows(isotonitazene, [7.0], "territory:USA"),
            rows(isotonitazene, [9.0], "territory:CAN"),
        ),
        "region",
    )
    assert dict(zip(found["series"].to_pylist(), found["count"].to_pylist(), strict=True)) == {
        "lab/isotonitazene/USA/cases": 3.0,
        "lab/isotonitazene/M49-021/cases": 16.0,
    }


def test_a_group_of_the_source_is_never_added_to_its_own_members():
    assert family_of("substance:nitazenes-any") is None
    group = rows("substance:nitazenes-any", [9.0])
    one, other = (rows(f"substance:{name}", [1.0]) for name in ("isotonitazene", "metonitazene"))
    assert parents(table(group, one), "family").num_rows == 0
    assert parents(table(group, one, other), "family")["count"].to_pylist() == [2.0]


def test_what_is_counted_in_two_units_is_not_added_up():
    one = rows("substance:isotonitazene", [1.0])
    other = rows("substance:metonitazene", [1.0], unit="deaths")
    assert parents(table(one, other), "family").num_rows == 0


def test_a_substance_no_register_knows_has_no_parent():
    one = rows("substance:isotonitazene", [1.0])
    assert parents(table(one, rows("substance:not-in-any-register", [1.0])), "family").num_rows == 0
    nowhere = rows("substance:isotonitazene", [1.0], "territory:nowhere")
    assert parents(table(one, nowhere), "region").num_rows == 0


def test_a_sum_is_still_arriving_where_a_part_is():
    one = rows("substance:isotonitazene", [1.0, 1.0])
    other = rows("substance:metonitazene", [1.0, None])
    other[1]["status"] = "incomplete"
    found = parents(table(one, other), "family")
    assert found["status"].to_pylist() == ["observed", "incomplete"]


def test_parents_are_told_from_children_and_name_them():
    children = table(rows("substance:isotonitazene", [1.0]), rows("substance:metonitazene", [2.0]))
    whole = pa.concat_tables([children, parents(children, "family")])
    assert is_parent(whole).to_pylist() == [False, False, True]
    assert members(whole) == {
        FAMILY: ("lab/isotonitazene/US-CT/cases", "lab/metonitazene/US-CT/cases")
    }

"""The conventions, and that schedules of substances exist in them."""

from atalaya.registers import substances, treaties


def test_the_three_conventions_are_there() -> None:
    assert [c.year for c in treaties.load()] == ["1961", "1971", "1988"]
    assert all(c.name_es and c.sources for c in treaties.load())


def test_every_schedule_of_a_substance_exists_in_its_convention() -> None:
    known = {c.year: set(c.schedules) for c in treaties.load()}
    listed = [s for e in substances.load().entries for s in e.schedules]
    assert len(listed) > 60
    for each in listed:
        assert set(each.schedule.split(" and ")) <= known[each.convention]

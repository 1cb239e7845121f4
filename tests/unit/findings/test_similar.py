"""Past signals that are like one: grounds in a fixed order, nothing from later, each once."""

from dataclasses import replace

import pytest

from atalaya.findings.alerts.clusters import Cluster, Firing, Novelty
from atalaya.findings.similar import Ground, Past, similar

FIRING = Firing(
    signal="signal:1",
    what="substance:a",
    territory="territory:US-CT",
    source="lab",
    since="2024-06",
    period="2024-08",
    verdicts=frozenset(("verdict:1",)),
    observed="12",
    expected=1.0,
    sources=1,
    predicate="deaths",
    novelty="first-in-place",
)


def past(
    name: str,
    what: str = "substance:z",
    territory: str = "territory:PER",
    since: str = "2020-01",
    start: Novelty | None = None,
    family: str | None = None,
) -> Past:
    firing = replace(
        FIRING,
        signal=name,
        what=what,
        territory=territory,
        since=since,
        period=since,
        novelty=start,
    )
    return Past(Cluster(f"cluster:{name}", what, territory, (firing,)), family)


ONE = past("one", "substance:a", "territory:US-CT", "2024-06", "first-in-place", "nitazenes")
HERE = past("here", "substance:a", "territory:US-CT", "2019-01")
ELSEWHERE = past("elsewhere", "substance:a", "territory:PER", "2018-01")
FAMILY = past("family", "substance:b", "territory:US-CT", "2023-01", family="nitazenes")
START = past("start", since="2024-05", start="first-in-place")
NOTHING = past("nothing", since="2024-05", start="growing", family="other")


def test_grounds_stand_in_their_order_whatever_the_order_of_the_signals():
    for others in ((HERE, ELSEWHERE, FAMILY, START), (START, FAMILY, ELSEWHERE, HERE)):
        found = similar(ONE, (*others, NOTHING, ONE))
        assert [(one.past, *one.grounds) for one in found] == [
            (HERE, Ground.SAME_HERE),
            (ELSEWHERE, Ground.SUBSTANCE_ELSEWHERE),
            (FAMILY, Ground.FAMILY_HERE),
            (START, Ground.SAME_START),
        ]


def test_more_grounds_come_first_then_the_newest():
    old = past("old", "substance:a", since="2010-01", start="first-in-place")
    new = past("new", "substance:a", since="2024-01")
    middle = past("middle", "substance:a", since="2022-01")
    assert [one.past for one in similar(ONE, (middle, new, old))] == [old, new, middle]


@pytest.mark.parametrize("since", ["2024-06", "2024-07"])
def test_what_began_on_the_same_day_or_later_is_not_of_the_past(since: str):
    assert similar(ONE, [past("late", "substance:a", since=since)]) == ()


def test_what_is_not_known_is_like_nothing():
    bare = past("bare", "substance:a", "territory:US-CT", "2024-06")
    assert similar(bare, [past("x", "substance:b", "territory:US-CT")]) == ()


def test_no_more_are_given_than_asked_for():
    many = [past(f"{n}", "substance:a", since=f"20{n}-01") for n in range(10, 24)]
    assert len(similar(ONE, many)) == 8
    assert [one.past for one in similar(ONE, many, 1)] == [many[-1]]

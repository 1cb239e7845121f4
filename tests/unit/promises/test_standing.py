"""What has become of an ask, from dated evidence and dated searches alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.model.errors import BadInput
from atalaya.promises.asks import Evidence, Search, funding, standing
from atalaya.promises.asks.standing import Bears, Status

SEARCH = Search("2026-11-01", "unodc.org", "expert panel report", "2025-03-14")


def _evidence(bears: Bears, when: str = "2026-03-12") -> Evidence:
    return Evidence(when, bears, "as the page says", "https://example.org/page")


@pytest.mark.parametrize(
    ("bears", "searches", "status"),
    [
        ([], [], Status.UNKNOWN),
        ([], [SEARCH], Status.NOTHING_FOUND),
        ([Bears.FUNDED], [], Status.UNKNOWN),
        ([Bears.NOT_DONE], [SEARCH], Status.NOTHING_FOUND),
        ([Bears.UNDER_WAY], [SEARCH], Status.UNDER_WAY),
        ([Bears.UNDER_WAY, Bears.DONE], [], Status.DONE),
        ([Bears.DONE, Bears.NOT_DONE], [], Status.CONTRADICTED),
    ],
)
def test_each_status_has_its_ground(bears, searches, status):
    assert standing([_evidence(one) for one in bears], searches).status is status


def test_nothing_found_is_a_finding_with_its_search():
    assert str(SEARCH.says()) == (
        "nothing published since 2025-03-14 was found: unodc.org was searched on 2026-11-01 for "
        "'expert panel report'"
    )


def test_what_came_later_does_not_count_before():
    later = _evidence(Bears.DONE, "2026")
    assert standing([later], [], "2026-06-30").status is Status.UNKNOWN
    assert standing([later], [], "2026-12-31").status is Status.DONE
    assert standing([], [SEARCH], "2026-10-31").status is Status.UNKNOWN


def test_money_is_known_from_evidence_alone_and_unknown_where_it_disagrees():
    assert funding([_evidence(Bears.DONE)]).funded is None
    assert funding([_evidence(Bears.FUNDED)]).funded is True
    assert funding([_evidence(Bears.UNFUNDED)]).funded is False
    both = funding([_evidence(Bears.FUNDED), _evidence(Bears.UNFUNDED)])
    assert both.funded is None
    assert len(both.evidence) == 2


def test_what_has_no_date_is_refused():
    with pytest.raises(BadInput, match="no day, month or year") as caught:
        _evidence(Bears.DONE, "soon")
    assert caught.value.do


@given(st.lists(st.sampled_from(Bears), max_size=6), st.randoms())
def test_the_order_of_evidence_does_not_matter(bears, random):
    given_ = [_evidence(one, f"2026-0{at + 1}") for at, one in enumerate(bears)]
    mixed = [*given_]
    random.shuffle(mixed)
    assert standing(given_, []) == standing(mixed, [])

"""A range counts by both its ends, so that reports of one haul agree whichever they print."""

from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.stories.facts import of_mentions


def held(name: str) -> set[int]:
    return of_mentions("3-5kg", [Mention(0, 5, Label.QUANTITY, name=name)])


def test_a_range_shares_a_fact_with_a_report_of_either_end() -> None:
    assert held("3000..5000 g") == held("3000 g") | held("5000 g")
    assert len(held("3000..5000 g")) == 2

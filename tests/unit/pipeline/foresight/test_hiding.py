"""What a score may tell of a private sheet: no months of small counts below national level."""

from atalaya.findings.foresight.events import Event
from atalaya.pipeline.foresight.hiding import local_series, without_months

CASES = ("new", "2024-02", "2024-05", "2024-07-01")


def test_of_a_region_in_a_sheet_only_the_year_and_the_notice_are_told():
    region, laboratory, country, pooled = (
        Event(series, *CASES)
        for series in (
            "place|substance:xylazine|territory:US-CT",
            "source|substance:xylazine|City Hospital",
            "place|substance:xylazine|territory:ARG",
            "substance|substance:xylazine",
        )
    )
    silent = local_series(one.series for one in (region, laboratory, country, pooled))
    for told in (without_months(region, silent), without_months(laboratory, silent)):
        said = told.first_period, told.period_cum5, told.official_notice
        assert said == ("2024", "", "2024-07-01")
    assert [without_months(one, silent) for one in (country, pooled)] == [country, pooled]


def test_a_place_that_no_register_knows_is_not_taken_for_a_country():
    assert local_series(["place|substance:xylazine|territory:new-haven"])

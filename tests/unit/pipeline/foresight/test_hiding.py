"""What a score may name of a private sheet: the whole of it, and no one place or laboratory."""

import pytest

from atalaya.pipeline.foresight.hiding import is_of_whole_sheet


@pytest.mark.parametrize(
    ("series", "whole"),
    [
        ("substance|substance:xylazine", True),
        ("family|nitazenes", True),
        ("place|substance:xylazine|territory:US-CT", False),
        ("place|substance:xylazine|territory:new-haven", False),
        ("place|substance:xylazine|territory:ARG", False),
        ("source|substance:xylazine|City Hospital", False),
    ],
)
def test_a_series_of_one_place_or_laboratory_is_told_from_one_of_the_whole_sheet(series, whole):
    assert is_of_whole_sheet(series) is whole

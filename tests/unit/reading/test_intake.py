"""What leaves a file that may name private persons: the declared columns, whole rows only."""

import pytest
from tests.material.declared import ADDRESS, COUNTS, XLSX

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import BadInput
from atalaya.reading.intake import declared_part


def source(table=COUNTS, media_type="text/csv"):
    return SourceDeclaration.model_validate(
        {
            "schema": 1,
            "slug": "lab",
            "title": {"en": "Counts", "es": "Recuentos"},
            "publisher": "A laboratory",
            "homepage": "https://lab.example/",
            "language": "en",
            "cadence": "monthly",
            "about_people": True,
            "private_persons": True,
            "as_of": "2024-12-31",
            "retrieved": "2026-11",
            "licence": {"name": "CC0", "redistribute": True, "attribution": "A laboratory"},
            "fetch": [{"address": ADDRESS, "media_type": media_type}],
            "table": [] if table is None else [table],
        }
    )


def part(text, **more):
    return declared_part(source(**more), ADDRESS, text.encode())


def test_only_declared_columns_leave_in_whatever_order_and_delimiter_they_came():
    text = 'month;patient;substance;"count";examined;note\n2024-01;Roe;"a; b";3;9;hers\n'
    left = part(text)
    assert set(left.decode().splitlines()[0].split(",")) == {
        "substance", "count", "month", "examined"
    }  # fmt: skip
    assert b"Roe" not in left
    assert b"hers" not in left
    assert b"a; b" in left


def test_a_row_whose_cells_have_moved_leaves_empty_and_broken():
    text = "month,substance,count,examined\n2024-01,Roe,Jane,MDMA,3,9\n2024-02,MDMA,3,9\n"
    left = part(text).decode().splitlines()
    assert "Roe" not in "".join(left)
    assert set(left[1]) == {","}
    assert left[1].count(",") > left[0].count(",")
    assert left[2].count(",") == left[0].count(",")


def test_an_encoding_is_kept_and_what_is_no_delimited_text_stays_whole_in_the_original():
    text = "month,substance,count,examined\n2024-01,éxtasis,3,9\n"
    said = source(media_type="text/csv; charset=windows-1252")
    assert "éxtasis".encode("cp1252") in declared_part(said, ADDRESS, text.encode("cp1252"))
    assert part(text, table=None) is None
    assert part(text, media_type=XLSX) is None


@pytest.mark.parametrize("heading", ["patient name", "Fecha de nacimiento", "home address"])
def test_a_declared_column_about_persons_is_refused(heading):
    table = {**COUNTS, "quote": {"column": heading}}
    with pytest.raises(BadInput, match="about private persons"):
        part(f"month,substance,count,examined,{heading}\n2024-01,MDMA,3,9,Roe\n", table=table)


def test_a_declared_column_of_free_text_is_refused_and_one_label_of_many_words_is_not():
    table = {**COUNTS, "quote": {"column": "remarks"}}
    heading = "month,substance,count,examined,remarks\n"
    notes = "".join(
        f"2024-0{n},MDMA,3,9,found beside Jane Roe at number {n}\n" for n in range(1, 7)
    )
    with pytest.raises(BadInput, match="'remarks' holds free text") as refused:
        part(heading + notes, table=table)
    assert "Roe" not in str(refused.value)
    label = "".join(f"2024-0{n},MDMA,3,9,deaths in which it was found\n" for n in range(1, 7))
    assert part(heading + label, table=table) is not None

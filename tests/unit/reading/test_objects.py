"""JSON, JSON lines and SDMX-ML as tables: the same claims as from CSV, or a clear refusal."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.declared import COUNTS, REGISTERS, document, source

from atalaya.model.errors import BadInput
from atalaya.reading.objects import objects_table
from atalaya.reading.tables import passages, read_document

ROWS = [
    {"month": "2019-01", "substance": "fentanyl", "count": 3, "examined": 40},
    {"month": "2019-02", "substance": "fentanyl", "count": 4, "examined": 41},
]
GENERIC = """\
<m:GenericData xmlns:m="urn:m" xmlns:g="urn:g"><m:DataSet><g:Series>
<g:SeriesKey><g:Value id="substance" value="fentanyl"/></g:SeriesKey>
<g:Attributes><g:Value id="examined" value="40"/></g:Attributes>
<g:Obs><g:ObsDimension id="month" value="2019-01"/><g:ObsValue value="3"/></g:Obs>
<g:Obs><g:ObsDimension id="month" value="2019-02"/><g:ObsValue value="4"/></g:Obs>
</g:Series></m:DataSet></m:GenericData>
"""
SPECIFIC = """\
<m:StructureSpecificData xmlns:m="urn:m" xmlns:xsi="urn:xsi"><m:DataSet>
<Series substance="fentanyl" examined="40" xsi:type="x">
<Obs month="2019-01" OBS_VALUE="3"/><Obs month="2019-02" OBS_VALUE="4"/></Series>
</m:DataSet></m:StructureSpecificData>
"""
GENERIC_TYPE = "application/vnd.sdmx.genericdata+xml;version=2.1"
SPECIFIC_TYPE = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
LINES = "\n".join(json.dumps(row) for row in ROWS) + "\n\n"
NAMED_VALUE = {**COUNTS, "value": {"column": "OBS_VALUE"}}


@pytest.mark.parametrize(
    ("text", "media_type", "table"),
    [
        (json.dumps(ROWS), "application/json", COUNTS),
        (json.dumps({"meta": [1], "results": ROWS}), "application/json", COUNTS),
        (LINES, "application/jsonl", COUNTS),
        ("\ufeff" + LINES, "application/x-ndjson", COUNTS),
        (GENERIC, GENERIC_TYPE, NAMED_VALUE),
        (SPECIFIC, SPECIFIC_TYPE, NAMED_VALUE),
    ],
    ids=["list", "inside", "lines", "marked", "generic", "specific"],
)
def test_a_table_of_objects_is_read_like_a_csv(text: str, media_type: str, table) -> None:
    declared = source(table, media_type=media_type)
    there, payload = document(text.encode(), media_type), text.encode()
    claims = read_document(declared, there, payload, REGISTERS).claims.to_pylist()
    assert [(one["period"], one["value"]) for one in claims] == [("2019-01", 3.0), ("2019-02", 4.0)]
    written = passages(declared, there, payload).payload
    for one in claims:
        assert written[one["start"] : one["end"]].decode() == one["quote"]


def test_numbers_keep_their_digits_and_what_is_inside_is_named_after_a_dot() -> None:
    text = '[{"a": {"b": 1.10, "c": [1, 2]}, "d": null}, {"a": {"b": 12345678901234567890}}]'
    table = objects_table(text.encode(), "application/json", "x").payload.decode()
    assert table.splitlines() == [
        "a.b,a.c,d",
        '1.10,"[""1"", ""2""]",',
        "12345678901234567890,,",
    ]


def test_a_cell_of_several_lines_is_one_line_of_the_table() -> None:
    table = objects_table(b'[{"a": "one\\ntwo"}]', "application/json", "x")
    assert table.payload == b"a\none two\n"


@pytest.mark.parametrize(
    ("text", "media_type", "words"),
    [
        ("[]", "application/json", "0 lists of objects"),
        ('{"a": [{"b": 1}], "c": [{"d": 1}]}', "application/json", "2 lists of objects"),
        ("[" * 100_000, "application/json", "no table of objects"),
        ('{"a": 1}\n[2]\n', "application/jsonl", "this line is no object"),
        ('{"a": 1}\n{"a": \n', "application/jsonl", "no table of objects"),
        ("<m><Series>", GENERIC_TYPE, "no table of objects"),
        ("<m/>", GENERIC_TYPE, "it holds no row"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(text: str, media_type: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        objects_table(text.encode(), media_type, "https://lab.example/t")
    assert refused.value.do


def test_a_broken_line_is_named() -> None:
    with pytest.raises(BadInput) as refused:
        objects_table(b'{"a": 1}\n\nnot json\n', "application/jsonl", "x")
    assert refused.value.where is not None
    assert refused.value.where.line == 3


KINDS = ["application/json", "application/jsonl", GENERIC_TYPE, SPECIFIC_TYPE]


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(KINDS))
def test_any_bytes_are_a_table_or_a_clear_refusal(payload: bytes, media_type: str) -> None:
    refused = None
    try:
        table = objects_table(payload, media_type, "x")
    except BadInput as error:
        refused = error
    else:
        assert table.payload.endswith(b"\n")
    assert refused is None or refused.do


@settings(deadline=None)
@given(
    st.sampled_from([(GENERIC, GENERIC_TYPE), (SPECIFIC, SPECIFIC_TYPE), (LINES, KINDS[1])]),
    st.integers(0, 600),
    st.integers(0, 40),
    st.text(max_size=6),
)
def test_a_table_cut_and_patched_anywhere_is_read_or_refused(
    whole: tuple[str, str], start: int, length: int, patch: str
) -> None:
    text = whole[0][:start] + patch + whole[0][start + length :]
    payload = text.encode("utf-8", "replace")
    refused = None
    try:
        objects_table(payload, whole[1], "x")
    except BadInput as error:
        refused = error
    assert refused is None or refused.where is not None

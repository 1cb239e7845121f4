"""The release tables of bodies: one row a body, a name, a pair, each with what it rests on."""

import json

from tests.material.promised import draft, event, said, session

from atalaya.model.sentences import sentence
from atalaya.promises.body_tables import (
    COHOSTING,
    ORGANISATION_NAMES,
    ORGANISATIONS,
    Known,
    body_tables,
    made_of,
)

LIKE = sentence("the same words as {other!r}", other="Lumo")
RECORD = session(
    event("event:1", [said("Lumo")], [said("Peru", "PER"), said("Brightwater")]),
    event("event:2", [said("Brightwater")], [said("Lumo Foundation"), said("Lumo")]),
    event("event:3", [said("***")], [said("Lumo")]),
    drafts=[draft("draft:x1-l1", said("Chile", "CHL", "sponsor"), said("Union", None, "sponsor"))],
)
KNOWN = {
    "Lumo": Known("Lumo", "organisation:lumo", "Lumo Foundation", "KEN", 0.9, str(LIKE), None),
    "Lumo Foundation": Known(
        "Lumo Foundation", "organisation:lumo", "Lumo Foundation", "KEN", 0.8, LIKE, made_of(LIKE)
    ),
    "Brightwater": Known(
        "Brightwater", "organisation:brightwater", "Brightwater", None, 0.999, "alone", None
    ),
    "Union": Known("Union", "organisation:union", "Union", None, 0.999, "alone", None),
}
MADE = body_tables([RECORD], KNOWN, {"territory:PER": "Peru"})


def _rows(table):
    return {row["id"]: row for row in table.to_pylist()}


def test_the_tables_keep_to_their_schemas_and_no_row_rests_on_nothing():
    for table, schema in (
        (MADE.organisations, ORGANISATIONS),
        (MADE.organisation_names, ORGANISATION_NAMES),
        (MADE.cohosting, COHOSTING),
    ):
        assert table.schema == schema
        assert table.num_rows
        assert all(row["claims"] for row in table.to_pylist())
        assert len(set(table["id"].to_pylist())) == table.num_rows


def test_a_body_is_one_row_under_all_its_names():
    lumo = _rows(MADE.organisations)["organisation:lumo"]
    assert (lumo["name"], lumo["country"]) == ("Lumo Foundation", "KEN")
    assert lumo["names"] == "Lumo; Lumo Foundation"
    figures = ("held", "on_record", "as_organiser", "as_cohost", "sponsored", "met")
    assert [lumo[name] for name in figures] == [3, 3, 1, 2, 0, 0]
    assert lumo["events"] == ["event:1", "event:2", "event:3"]
    assert lumo["confidence"] == 0.8, "as sure as the least sure of its names"
    assert "Lumo Foundation: the same words as 'Lumo'" in lumo["because"]
    assert len(lumo["claims"]) == 4


def test_a_state_stands_there_for_an_event_and_a_body_for_a_draft():
    rows = _rows(MADE.organisations)
    assert "territory:CHL" not in rows
    assert rows["territory:PER"]["kind"] == "state"
    assert rows["territory:PER"]["confidence"] is None
    assert (rows["organisation:union"]["held"], rows["organisation:union"]["sponsored"]) == (0, 1)
    assert set(rows) == {
        *("organisation:lumo", "organisation:brightwater", "organisation:union"),
        "territory:PER",
    }, "what is no name is nobody"


def test_a_name_keeps_why_it_is_its_bodys_in_a_form_that_can_be_translated():
    names = {row["name"]: row for row in MADE.organisation_names.to_pylist()}
    assert names["Lumo"]["times"] == 3
    assert json.loads(names["Lumo Foundation"]["parameters"])["values"] == {"other": "Lumo"}
    assert json.loads(names["Peru"]["parameters"])["template"] == names["Peru"]["because"]


def test_a_pair_says_how_many_events_of_how_many():
    pairs = {frozenset((row["one"], row["other"])): row for row in MADE.cohosting.to_pylist()}
    pair = pairs[frozenset(("organisation:lumo", "organisation:brightwater"))]
    assert (pair["together"], pair["of"], pair["on_record"]) == (2, 3, 3)
    assert pair["events"] == ["event:1", "event:2"]
    assert len(pair["claims"]) == 5

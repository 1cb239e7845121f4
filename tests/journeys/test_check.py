"""``atalaya check``: the claims of a text beside the record, and the report this began with."""

from pathlib import Path

import pytest
from tests.material.commands import atalaya

SEED = Path(__file__).parents[3] / "shared" / "seed" / "cnd68-report.txt"
TEXT = """\
At CND 68 the resolution (E/CN.7/2025/L.6/Rev.1) was adopted by 30 votes to 3, with 19 abstentions.
The text on alternative development was adopted by consensus.
La resolución sobre el impacto ambiental, presentada por Brasil, Francia y Marruecos, fue aprobada.
"""


def _rows(folder, text, observatory):
    (folder / "text.txt").write_text(text)
    done = atalaya("check", "text.txt", observatory, cwd=folder)
    assert done.code == 0, done.err
    return done.rows()


def test_a_wrong_tally_and_a_consensus_that_was_none_differ_and_true_sponsors_agree(
    tmp_path, observatory
):
    rows = _rows(tmp_path, TEXT, observatory)
    said = {(row["kind"], row["about"]): row for row in rows}
    tally = said["tally", "draft:cnd68-l6"]
    assert (tally["verdict"], tally["claimed"], tally["found"]) == ("differs", "30-3-19", "30-3-18")
    assert "17" in tally["safe"], "the names listed differ from the number declared"
    assert TEXT[tally["start"] : tally["end"]] == "30 votes to 3, with 19 abst"
    assert said["adoption", "session:cnd68"]["verdict"] == "differs"
    assert said["sponsors", "draft:cnd68-l7"]["verdict"] == "agrees"
    symbol = said["symbol", "draft:cnd68-l6"]
    assert "68/6" in symbol["safe"]
    assert all(row["sources"] for row in rows)
    order = [row["verdict"] for row in rows]
    assert order == sorted(order), "what agrees comes first"


def test_what_the_record_cannot_speak_to_is_not_answered(tmp_path, observatory):
    assert _rows(tmp_path, "The Ministry opened 40 clinics in Lima.\n", observatory) == []
    other = "The 60th session of the Commission on Narcotic Drugs gathered 900 delegates.\n"
    assert _rows(tmp_path, other, observatory) == []


@pytest.mark.shared
def test_the_report_agrees_first_and_differs_where_other_sources_do(tmp_path, observatory):
    if not SEED.is_file():
        pytest.skip(f"{SEED} is not there")
    rows = _rows(tmp_path, SEED.read_text("utf-8"), observatory)
    agreed = {row["kind"] for row in rows if row["verdict"] == "agrees"}
    assert agreed >= {"participants", "member-states", "days", "number-adopted", "sponsors"}
    differs = {(row["kind"], row["about"]) for row in rows if row["verdict"] == "differs"}
    assert ("treaties", "draft:cnd68-l6") in differs
    assert ("sponsors", "draft:cnd68-l3") in differs
    adoption = next(row for row in rows if row["kind"] == "adoption")
    assert adoption["found"] == "all six by vote"


def test_wrong_use_says_what_to_do(tmp_path, observatory):
    done = atalaya("check", "none.txt", observatory, cwd=tmp_path)
    assert (done.code, "What to do" in done.err) == (2, True)

"""``atalaya check``: the claims of a text beside the record, and the report this began with."""

from pathlib import Path

import pytest
from tests.material.claim_sentences import cases
from tests.material.commands import atalaya

from atalaya.promises.claims import check
from atalaya.publishing.opening import Release
from atalaya.publishing.site import Edition
from atalaya.publishing.site.beside import record_of
from atalaya.publishing.site.names import RegisterNames

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


def test_a_text_in_a_language_that_is_not_read_says_so_and_not_that_it_claims_nothing(
    tmp_path, observatory
):
    (tmp_path / "text.txt").write_text(
        "Die Suchtstoffkommission nahm im März 2025 in Wien sechs Resolutionen an. Kolumbien "
        "stimmte dafür, die Vereinigten Staaten stimmten dagegen.\n"
    )
    done = atalaya("check", "text.txt", observatory, cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert "the text seems to be in de: claims are read in en, es, fr" in done.err


@pytest.mark.parametrize("name", ["sentences", "others", "longer"])
def test_sentences_in_three_languages_get_the_answers_they_ought_to(made, name):
    """At first sight 94 of 102, 78 of 91 and 34 of 43 were answered so; see docs/claims.md."""
    record = record_of(Edition(Release.open(made / "releases"), RegisterNames()))
    wrong = [
        (one.text, sorted(one.expects), found)
        for one in cases(name)
        if (found := sorted({str(answer.verdict) for answer in check(one.text, record)}))
        != sorted(one.expects)
    ]
    assert len(wrong) <= 0.03 * len(cases(name)), wrong


def test_a_figure_names_its_rows_and_why_explains_them(tmp_path, observatory):
    text = "Coca cultivation in Bolivia in 2022 was 29,900 ha; in Peru it was 95,000 ha.\n"
    rows = _rows(tmp_path, text, observatory)
    assert [(row["verdict"], row["found"]) for row in rows] == [
        ("agrees", "29900"),
        ("agrees", "95000"),
    ]
    for row in rows:
        assert row["why"][0].startswith("series.csv:")
        done = atalaya("why", row["why"][0], cwd=observatory)
        assert done.code == 0, done.err
        assert row["found"] in done.out


def test_a_disputed_schedule_is_told_with_both_sides(tmp_path, observatory):
    (row,) = _rows(tmp_path, "HHC is in Schedule II of the 1961 Convention.\n", observatory)
    assert row["verdict"] == "differs"
    assert row["found"] == "Schedule II of the 1971 Convention / Schedule II of the 1961 Convention"
    assert "another page says" in row["says"]
    assert row["sources"]


def test_a_hidden_count_is_not_told(tmp_path, observatory):
    told = {
        row["says"]
        for number in ("one", "five", "nine")
        for row in _rows(
            tmp_path,
            f"Xylazine killed {number} people in Connecticut in March 2019.\n",
            observatory,
        )
    }
    assert len(told) == 1, "whatever number is asked for"
    assert "1 and 9" in told.pop()


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
    counts = [sum(row["verdict"] == word for row in rows) for word in ("agrees", "differs")]
    assert (counts, len(rows)) == ([10, 3], 14)
    adoption = next(row for row in rows if row["kind"] == "adoption")
    assert adoption["found"] == "all six by vote"


def test_a_report_of_a_session_that_is_not_held_is_not_held_against_another(tmp_path, observatory):
    text = (
        "The 61st session of the Commission on Narcotic Drugs adopted a resolution on alternative "
        "development (E/CN.7/2018/L.5), sponsored by Germany, Peru and Thailand. Kenya abstained.\n"
        "The 68th session of the World Health Assembly was held in Geneva in 2015.\n"
    )
    assert _rows(tmp_path, text, observatory) == []


def test_a_number_above_a_lower_bound_cannot_be_told(tmp_path, observatory):
    text = "The 68th session of the Commission on Narcotic Drugs gathered {} delegates.\n"
    told = {
        number: [row["verdict"] for row in _rows(tmp_path, text.format(number), observatory)]
        for number in ("2,000", "2,400", "1,200")
    }
    assert told == {"2,000": ["agrees"], "2,400": ["cannot tell"], "1,200": ["differs"]}


def test_wrong_use_says_what_to_do(tmp_path, observatory):
    done = atalaya("check", "none.txt", observatory, cwd=tmp_path)
    assert (done.code, "What to do" in done.err) == (2, True)

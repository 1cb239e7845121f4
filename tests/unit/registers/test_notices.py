"""Official notices: where each was read, and that its date stands there."""

import csv
from datetime import date

import pytest
from tests.material.shared_data import shared

from atalaya.model.errors import BadInput
from atalaya.registers import notices, substances
from atalaya.registers.rows import rows, shipped

HEADING = "substance,body,kind,date,document,address,first,checked,how_checked,sources,note\n"
ROW = "substance:xylazine,DEA,public-warning,{day},,https://x.example,{first},{checked},read,s,\n"


def register(tmp_path, *lines):
    (tmp_path / "notices.csv").write_text(HEADING + "".join(lines), encoding="utf-8")
    return notices.read(tmp_path)


def row(day="2023-01-01", first="yes", checked="verified"):
    return ROW.format(day=day, first=first, checked=checked)


def test_at_least_forty_substances_have_a_verified_first_notice():
    known = notices.load()
    first = [known.first(entry.id) for entry in substances.load().entries]
    found = [one for one in first if one is not None]
    assert len(found) >= 40
    assert all(one.verified and one.first and one.how_checked for one in found)


def test_every_source_of_a_notice_is_described():
    described = {
        line["source"]
        for line in rows(shipped(), "sources.csv", ("source", "title", "address", "licence"))
    }
    assert {key for one in notices.load().entries for key in one.sources} <= described


def test_the_first_notice_is_the_earliest_and_stays_out_when_it_is_not_checked(tmp_path):
    known = register(tmp_path, row("2023-04-12"), row("2022-11-08"))
    found = known.first("substance:xylazine")
    assert found is not None
    assert found.date == date(2022, 11, 8)
    for doubt in (row("2022-11-08", checked="unverified"), row("2022-11-08", first="no")):
        assert register(tmp_path, row("2023-04-12"), doubt).first("substance:xylazine") is None


def test_a_substance_that_a_treaty_listed_by_then_has_no_first_notice_here():
    etizolam = "substance:etizolam"
    listed = [each.year for each in substances.load().get(etizolam).schedules]
    rows_of_it = [one for one in notices.load().entries if one.substance == etizolam]
    assert rows_of_it
    assert min(listed) <= min(one.date.year for one in rows_of_it)
    assert notices.load().first(etizolam) is None


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        (row("2023-13-01"), "date", "is not a day"),
        (row(first="maybe"), "first", "is not a known word"),
        (row(checked=""), "checked", "is not a known word"),
        (row().replace("xylazine", "unheard-of"), "substance", "not in the register"),
    ],
)
def test_a_broken_row_is_refused_with_its_place(tmp_path, line, column, says):
    with pytest.raises(BadInput, match=says) as refused:
        register(tmp_path, row("2020-01-01"), line)
    assert refused.value.where is not None
    assert (refused.value.where.line, refused.value.where.column) == (3, column)


def test_the_same_notice_twice_is_refused(tmp_path):
    with pytest.raises(BadInput, match="twice"):
        register(tmp_path, row(), row())


@pytest.mark.shared
def test_each_notice_of_the_sample_has_the_date_number_and_address_that_stand_there():
    path = shared("data/fedreg-drug-policy/federal_register_drug_policy_2020_2026.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        sample = {line["document_number"]: line for line in csv.DictReader(lines)}
    ours = [one for one in notices.load().entries if "fedreg-sample" in one.sources]
    assert len(ours) >= 40
    for one in ours:
        record = sample[one.document]
        assert one.verified
        assert record["original_published"] == one.date.isoformat()
        assert record["url"] == one.address


@pytest.mark.shared
def test_each_notice_of_the_sample_names_its_substance():
    path = shared("data/fedreg-drug-policy/federal_register_drug_policy_2020_2026.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        sample = {line["document_number"]: line for line in csv.DictReader(lines)}
    for one in notices.load().entries:
        if "fedreg-sample" in one.sources:
            record = sample[one.document]
            text = plain(record["title"] + " " + record["summary"])
            entry = substances.load().get(one.substance)
            names = [entry.name, *(alias.text for alias in entry.aliases)]
            assert any(plain(name) in text for name in names), (one.document, one.substance)


def plain(text: str) -> str:
    """Letters and digits alone: 4′-Chloro-alpha-PVP and 4-chloro-a-pvp differ in signs only."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())

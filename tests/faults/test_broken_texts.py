"""A wrong ``[[text]]`` stops a run before anything is fetched, with its line and a remedy."""

from pathlib import Path

import pytest
from tests.material.declarations import SOURCE, declare

from atalaya.evidence.sources import load_source
from atalaya.model.errors import BadInput

PLAIN = SOURCE.replace("about_people = true", "about_people = false").partition("[[table]]")[0]
TEXT = """
[[text]]
address = "https://example.org/counts.csv"
reads = "votes"
subject = "draft:x1-l2"
period = "2031-03-14"
"""


def fault(folder: Path, text: str) -> BadInput:
    declare(folder, text)
    with pytest.raises(BadInput) as raised:
        load_source(folder / "counts")
    return raised.value


def test_a_text_is_declared_beside_its_fetch(tmp_path):
    declare(tmp_path, PLAIN + TEXT)
    (text,) = load_source(tmp_path / "counts").text
    assert (text.reads, text.subject) == ("votes", "draft:x1-l2")


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("counts.csv", "count.csv", "no [[fetch]] declares"),
        ('reads = "votes"', 'reads = "report"', "report are of a session"),
        ('reads = "votes"', 'reads = "poem"', "reads"),
        ("draft:x1-l2", "draft:X1 L2", "subject"),
        ("2031-03-14", "in spring", "'in spring' is no period"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, wrong, right, says):
    error = fault(tmp_path, PLAIN + TEXT.replace(wrong, right))
    assert says in str(error)
    assert error.do
    assert error.where.line > PLAIN.count("\n")


def test_an_address_is_a_table_or_a_text(tmp_path):
    table = SOURCE.replace("about_people = true", "about_people = false")
    assert "[[table]] as well" in str(fault(tmp_path, table + TEXT))


def test_texts_of_a_source_about_people_are_not_read(tmp_path):
    people = SOURCE.partition("[[table]]")[0]
    assert "(R2)" in str(fault(tmp_path, people + TEXT))

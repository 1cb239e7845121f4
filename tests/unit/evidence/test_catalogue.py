from pathlib import Path

import pytest
from pydantic import ValidationError

from atalaya.cli.listing import rows
from atalaya.evidence.catalogue import add_source, load_catalogue
from atalaya.evidence.sources import load_sources
from atalaya.model.catalogued import FACTS, Catalogued, Seen
from atalaya.model.errors import WrongUse

DAY = "2026-11-25"
VERIFIED = {"checked": "verified", "how": "read", "on": DAY, "where": ["https://a.example/"]}


def test_a_source_that_is_added_is_a_source_of_the_observatory(tmp_path: Path) -> None:
    written = add_source("cl-sat", tmp_path)
    assert written == tmp_path / "cl-sat" / "source.toml"
    (added,) = load_sources(tmp_path)
    assert added == next(one for one in load_catalogue() if one.slug == "cl-sat")


def test_a_misspelt_source_is_asked_for_again(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="no source 'cl-satt'") as caught:
        add_source("cl-satt", tmp_path)
    assert caught.value.near == "cl-sat"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("slug", ["../cl-sat", "", ".", "CL-SAT"])
def test_a_slug_never_leads_out_of_the_catalogue(tmp_path: Path, slug: str) -> None:
    with pytest.raises(WrongUse, match="no source"):
        add_source(slug, tmp_path / "sources")
    assert list(tmp_path.iterdir()) == []


def test_what_an_observatory_has_is_never_written_over(tmp_path: Path) -> None:
    mine = tmp_path / "cl-sat" / "source.toml"
    mine.parent.mkdir()
    mine.write_text("mine")
    with pytest.raises(WrongUse, match="exists"):
        add_source("cl-sat", tmp_path)
    assert mine.read_text() == "mine"


def test_the_list_says_how_much_of_each_source_is_verified() -> None:
    listed = {row["slug"]: row for row in rows("sources", None, catalogue=True)}
    assert len(listed) == len(load_catalogue())
    assert (listed["un-cnd"]["verified"], listed["un-cnd"]["facts"]) == (6, 7)
    assert listed["co-el-tiempo"]["redistribute"] is False


def test_nothing_but_sources_has_a_catalogue() -> None:
    with pytest.raises(WrongUse, match="monitors have no catalogue"):
        list(rows("monitors", None, catalogue=True))


def test_one_file_alone_verifies_nothing() -> None:
    with pytest.raises(ValidationError, match="a page or two files"):
        Seen.model_validate(VERIFIED | {"facts": ["licence"], "where": ["public code, file 1"]})
    two = VERIFIED | {"facts": ["licence"], "where": ["public code, file 1", "public code, file 2"]}
    assert Seen.model_validate(two).checked == "verified"


def test_what_was_not_found_says_where_it_was_looked_for() -> None:
    asked = VERIFIED | {"facts": ["licence"], "checked": "unverified"}
    with pytest.raises(ValidationError, match="what was searched"):
        Seen.model_validate(asked)
    assert Seen.model_validate(asked | {"searched": ["terms of use"]}).where


@pytest.mark.parametrize("facts", [FACTS[1:], (*FACTS, "licence")])
def test_each_fact_is_accounted_for_once(facts: tuple[str, ...]) -> None:
    said = {
        "group": "news",
        "official": False,
        "gives": {"en": "News.", "es": "Noticias."},
        "seen": [VERIFIED | {"facts": [fact]} for fact in facts],
    }
    with pytest.raises(ValidationError, match="once where each was seen"):
        Catalogued.model_validate(said)

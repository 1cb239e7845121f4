"""What the catalogue that ships must hold: breadth, places in the register, evidence for facts."""

import re
from collections import Counter
from typing import get_args

import pytest
from scripts.write_catalogue_page import GROUPS, PAGE, page

from atalaya.evidence.addresses import WebAddress, parse_address
from atalaya.evidence.catalogue import load_catalogue
from atalaya.model.catalogued import FACTS, Catalogued, Group
from atalaya.model.declarations import SourceDeclaration
from atalaya.registers import territories

CATALOGUE = load_catalogue()
LATIN = {"ARG", "BOL", "BRA", "CHL", "COL", "CRI", "CUB", "DOM", "ECU", "GTM", "HND"}
LATIN |= {"MEX", "NIC", "PAN", "PER", "PRY", "SLV", "URY", "VEN"}
# A page, a file of a repository, a file of public code.
PLACE = re.compile(r"https?://\S+|[\w.-]+/[\w.-]+: \S+|public code, file [1-9]\d*")

each = pytest.mark.parametrize("source", CATALOGUE, ids=lambda source: source.slug)


def entry(source: SourceDeclaration) -> Catalogued:
    assert source.catalogue is not None
    return source.catalogue


def test_the_catalogue_is_broad() -> None:
    assert len(CATALOGUE) >= 60
    assert {"en", "es", "pt", "fr", "de", "it", "nl", "ru"} <= {one.language for one in CATALOGUE}
    groups = Counter(entry(one).group for one in CATALOGUE)
    assert len(groups) == 9
    assert min(groups.values()) >= 3


def test_latin_american_authorities_speak_spanish_or_portuguese() -> None:
    found = [
        one.slug
        for one in CATALOGUE
        if (one.territory or "").removeprefix("territory:") in LATIN
        and entry(one).official
        and one.language in {"es", "pt"}
    ]
    assert len(found) >= 14


def test_the_table_of_the_street_drug_laboratory_is_there() -> None:
    (lab,) = (one for one in CATALOGUE if one.slug == "us-unc-lab")
    assert "opioiddatalab/drugchecking" in str(lab)
    assert "datasets/nc/nc_lab_detail.csv" in str(lab)
    (listing,) = lab.listing
    assert (listing.kind, listing.keys.version) == ("versions", "sha")
    assert lab.licence.redistribute


@each
def test_every_address_is_a_page_on_the_web(source: SourceDeclaration) -> None:
    asked = [fetch.address for fetch in source.fetch]
    asked += [listing.address for listing in source.listing]
    asked += [listing.file for listing in source.listing if listing.file]
    assert asked
    assert all(isinstance(parse_address(address), WebAddress) for address in asked)


@each
def test_every_fact_names_its_evidence(source: SourceDeclaration) -> None:
    for fact in FACTS:
        seen = entry(source).seen_of(fact)
        assert all(PLACE.fullmatch(place) for place in seen.where), seen.where
        assert seen.where if seen.checked == "verified" else seen.searched


@each
def test_only_a_licence_that_was_read_lets_rows_be_passed_on(source: SourceDeclaration) -> None:
    licence = entry(source).seen_of("licence")
    assert source.licence.redistribute == (licence.checked == "verified")
    assert not (entry(source).group == "news" and source.licence.redistribute)


@each
def test_newspapers_and_records_of_people_are_sealed(source: SourceDeclaration) -> None:
    if entry(source).group == "news":
        assert source.private_persons
        assert [(one.kind, one.item, one.sealed) for one in source.listing] == [
            ("feed", "entry", True)
        ]
    if source.about_people:
        assert "private_persons" in source.model_fields_set


@each
def test_every_place_is_in_the_register(source: SourceDeclaration) -> None:
    assert source.territory is not None
    assert territories.load().get(source.territory).id == source.territory


def test_the_page_about_the_catalogue_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run scripts/write_catalogue_page.py"
    assert set(GROUPS) == set(get_args(Group))

"""Names of places become territories, and what a text says of them tells where it happened."""

from functools import cache

import pytest

from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places import gazetteer
from atalaya.reading.mentions.places.country import Placed, country
from atalaya.reading.mentions.places.mentions import mentions
from atalaya.registers import territories


@cache
def lexicon() -> Lexicon:
    return Lexicon(gazetteer.entries())


def placed(title: str, text: str, **more: str) -> Placed | None:
    return country(Page.of(title, lexicon()), Page.of(text, lexicon()), **more)


def places(text: str) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], m.id) for m in mentions(Page.of(text, lexicon()))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Police in Salta, Argentina, seized it.", ["territory:AR-A", "territory:ARG"]),
        ("A man of Paris, Texas, was held.", ["territory:US-TX", "territory:US-TX"]),
        ("La policía de Medellín informó.", ["territory:CO-ANT"]),
        ("Polizei in Köln und Bayern", ["territory:DE-NW", "territory:DE-BY"]),
        ("Полиция Москвы изъяла", ["territory:RU-MOW"]),
        ("バンコクの警察は", ["territory:TH-10"]),
    ],
)
def test_towns_and_divisions_are_read_as_first_level_divisions(text, wanted):
    assert [identifier for _, identifier in places(text)] == wanted


@pytest.mark.parametrize(
    "text", ["I like reading of it.", "It is nice to see us.", "a mobile home"]
)
def test_words_that_only_look_like_places_are_none(text):
    assert places(text) == []


@pytest.mark.parametrize(
    ("title", "text", "wanted"),
    [
        ("Drug policy reform debate in Thailand", "Ministers met on Monday.", "THA"),
        ("Cocaine from Colombia found in Antwerp", "The load was bound for Spain.", "BEL"),
        ("Guardia Civil", "Un contenedor procedente de Guayaquil con destino a Rotterdam.", "ESP"),
        ("Two Nigerians held in Mumbai", "The NCB said they were Nigerian nationals.", "IND"),
        ("Fresno police seize fentanyl", "Officers found three kilos.", "USA"),
        ("Leeds Crown Court hears case", "The jury heard about county lines.", "GBR"),
    ],
)
def test_where_it_happened_is_told_from_whence_and_whither(title, text, wanted):
    found = placed(title, text)
    assert found is not None
    assert found.iso3 == wanted


def test_nothing_is_said_where_no_place_is_named():
    assert placed("New study on opioids", "Researchers looked at treatment.") is None


def test_every_place_is_a_country_or_first_level_division():
    for name in gazetteer.names("names.csv.gz").values():
        for place in name.places:
            assert territories.load().get(place.territory).level in {"country", "division"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Police in Salta seized it, the Argentine minister said.", "territory:AR-A"),
        ("Argentine police searched houses in Salta and Rosario.", "territory:ARG"),
        ("A load from Salta was found in Bolivia.", "territory:BOL"),
    ],
)
def test_a_text_lies_in_a_division_where_all_its_places_do(text, wanted):
    found = placed("", text)
    assert found is not None
    assert found.territory == wanted

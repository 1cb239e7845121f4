"""Amounts, sums, dates, bodies, facilities and hiding places of five languages."""

from datetime import date

import pytest

from atalaya.reading.mentions import (
    concealment,
    dates,
    documents,
    facilities,
    money,
    numerals,
    organisations,
    quantities,
)
from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page

PUBLISHED = date(2021, 4, 14)  # a Wednesday


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    parts = (quantities, money, dates, organisations, facilities, concealment)
    return Lexicon(entry for part in parts for entry in part.entries())


def told(text: str, found: list[Mention]) -> list[tuple[str, str | None]]:
    return [(text[one.start : one.end], one.name) for one in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "between 3 and 5 kg of cocaine", [("3 and 5 kg", "3000..5000 g")]),
        ("en", "about half a tonne of hashish", [("half a tonne", "500000 g")]),
        ("en", "6,000 amphetamine pills", [("6,000", "6000 pills")]),
        ("en", "1,200 kg and 43.11kg", [("1,200 kg", "1200000 g"), ("43.11kg", "43110 g")]),
        ("en", "two hundred and twelve grams", [("two hundred and twelve grams", "212 g")]),
        ("en", "2 kg 719.35 g of marijuana", [("2 kg 719.35 g", "2719.35 g")]),
        ("en", "a 5G network, 3 doors, a bag and seven people", []),
        ("es", "3,5 kg de cocaína", [("3,5 kg", "3500 g")]),
        ("es", "1.200 kilos de marihuana", [("1.200 kilos", "1200000 g")]),
        ("es", "más de doce mil pastillas", [("doce mil pastillas", "12000 pills")]),
        ("es", "una tonelada y media", [("una tonelada y media", "1500000 g")]),
        ("es", "12 kilos y 300 gramos", [("12 kilos y 300 gramos", "12300 g")]),
        ("fr", "12 000 comprimés", [("12 000 comprimés", "12000 pills")]),
        ("fr", "de 3 à 5 kilos", [("3 à 5 kilos", "3000..5000 g")]),
        ("pt", "meia tonelada", [("meia tonelada", "500000 g")]),
        ("pt", "30 tijolos de maconha", [("30 tijolos", "30 bricks")]),
        (
            "de",
            "1.200 Gramm und zwölf Kilo",
            [("1.200 Gramm", "1200 g"), ("zwölf Kilo", "12000 g")],
        ),
        ("de", "5.000 Ecstasy-Tabletten", [("5.000", "5000 pills")]),
    ],
)
def test_quantities_are_read_and_put_into_one_unit(
    lexicon: Lexicon, language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text, quantities.mentions(Page.of(text, lexicon), language)) == expected


@pytest.mark.parametrize(
    ("language", "territory", "text", "expected"),
    [
        ("en", None, "worth $70,000", [("$70,000", "70000 USD")]),
        ("en", None, "3.2 billion yuan", [("3.2 billion yuan", "3200000000 CNY")]),
        ("en", None, "Rs 3 crore", [("Rs 3 crore", "30000000 INR")]),
        ("en", "PK", "Rs 3 crore", [("Rs 3 crore", "30000000 PKR")]),
        ("en", None, "millions of rupees, millions rupees", []),
        ("en", None, "EUR 5,000", [("EUR 5,000", "5000 EUR")]),
        ("es", "AR", "$ 1.500.000", [("$ 1.500.000", "1500000 ARS")]),
        ("es", "MX", "500 mil pesos", [("500 mil pesos", "500000 MXN")]),
        ("es", None, "500 mil pesos", [("500 mil pesos", "500000 XXX")]),
        ("es", "AR", "2 millones de dólares", [("2 millones de dólares", "2000000 USD")]),
        ("pt", "BR", "R$ 50 mil", [("R$ 50 mil", "50000 BRL")]),
        ("fr", None, "12,6 milliards d'euros", [("12,6 milliards d'euros", "12600000000 EUR")]),
        ("de", None, "5 Mio. Euro", [("5 Mio. Euro", "5000000 EUR")]),
    ],
)
def test_sums_have_the_currency_that_the_text_or_its_country_means(
    lexicon: Lexicon,
    language: str,
    territory: str | None,
    text: str,
    expected: list[tuple[str, str]],
) -> None:
    page = Page.of(text, lexicon)
    assert told(text, money.mentions(page, language, territory, PUBLISHED)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "On March 7, 2019", [("March 7, 2019", "2019-03-07")]),
        (
            "en",
            "on 12 March and in May 2020",
            [("12 March", "2021-03-12"), ("May 2020", "2020-05")],
        ),
        ("en", "last Tuesday", [("last Tuesday", "2021-04-13")]),
        ("en", "next Friday", [("next Friday", "2021-04-16")]),
        ("en", "three days ago", [("three days ago", "2021-04-11")]),
        ("en", "They may be carried out 5 times, 3 out of 7.", []),
        ("es", "ayer y el lunes", [("ayer", "2021-04-13"), ("lunes", "2021-04-12")]),
        ("es", "hace 3 semanas", [("hace 3 semanas", "2021-03-24")]),
        ("fr", "le 1er mars 2021, hier", [("1er mars 2021", "2021-03-01"), ("hier", "2021-04-13")]),
        ("fr", "aujourd'hui", [("aujourd'hui", "2021-04-14")]),
        ("pt", "na segunda-feira", [("segunda-feira", "2021-04-12")]),
        ("pt", "a segunda vez", []),
        (
            "de",
            "gestern, vor drei Tagen",
            [("gestern", "2021-04-13"), ("vor drei Tagen", "2021-04-11")],
        ),
        ("de", "am 12.03.2021", [("12.03.2021", "2021-03-12")]),
    ],
)
def test_dates_are_read_against_the_day_of_publishing(
    lexicon: Lexicon, language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text, dates.mentions(Page.of(text, lexicon), language, PUBLISHED)) == expected


def test_a_relative_date_without_a_day_of_publishing_has_no_name(lexicon: Lexicon) -> None:
    text = "yesterday, on 12 March"
    found = told(text, dates.mentions(Page.of(text, lexicon), "en"))
    assert found == [("yesterday", None), ("12 March", "--03-12")]


@pytest.mark.parametrize(
    ("text", "bodies", "places"),
    [
        (
            "The Argentine Federal Police said police met at Dulles International Airport.",
            ["Argentine Federal Police", "police"],
            ["Dulles International Airport"],
        ),
        (
            "La Policía Nacional de Colombia y la Guardia Civil, en el puerto de Guayaquil",
            ["Policía Nacional de Colombia", "Guardia Civil"],
            ["puerto de Guayaquil"],
        ),
        ("Amritsar, February 9 The Border Security Force", ["Border Security Force"], []),
        ("selon le parquet de Lille et la rue", ["parquet de Lille"], []),
        (
            "A Polícia Federal no Aeroporto de Guarulhos",
            ["Polícia Federal"],
            ["Aeroporto de Guarulhos"],
        ),
        (
            "Das Hauptzollamt Hamburg am Flughafen Frankfurt",
            ["Hauptzollamt Hamburg"],
            ["Flughafen Frankfurt"],
        ),
    ],
)
def test_names_grow_from_their_cue(
    lexicon: Lexicon, text: str, bodies: list[str], places: list[str]
) -> None:
    page = Page.of(text, lexicon)
    assert [text[one.start : one.end] for one in organisations.mentions(page)] == bodies
    assert [text[one.start : one.end] for one in facilities.mentions(page)] == places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hidden in an aircraft engine being moved", [("aircraft engine", "aircraft")]),
        ("hidden in the fuel tank of a truck and sold", [("fuel tank of a truck", "vehicle")]),
        ("oculta en una maleta de doble fondo", [("maleta de doble fondo", "luggage")]),
        ("dissimulée dans des cartons de bananes", [("cartons de bananes", "cargo")]),
        ("escondida em caixas de frutas", [("caixas de frutas", "cargo")]),
        ("Drogen, die in einem Koffer versteckt waren", [("Koffer", "luggage")]),
    ],
)
def test_hiding_places_carry_their_class(
    lexicon: Lexicon, text: str, expected: list[tuple[str, str]]
) -> None:
    found = concealment.mentions(Page.of(text, lexicon))
    assert told(text, found) == expected
    assert all(one.name in concealment.classes() for one in found)


def test_symbols_are_documents_and_dates_with_slashes_are_none() -> None:
    text = "See E/CN.7/2025/L.6/Rev.1 of 12/03/2021 and/or A4."
    found = documents.mentions(Page.of(text, Lexicon([])))
    assert told(text, found) == [("E/CN.7/2025/L.6/Rev.1", "E/CN.7/2025/L.6/Rev.1")]
    assert found[0].label is Label.DOCUMENT


def test_what_a_point_parts_is_told_by_the_text_before_its_language() -> None:
    assert numerals.decimal_mark("3,500 pastillas y 2.75 kg", "es") == "."
    assert numerals.decimal_mark("3,5 kg y 1.200 pastillas", "es") == ","
    assert numerals.decimal_mark("200 kg", "de") == ","


def test_rows_of_figures_without_end_are_no_amounts(lexicon: Lexicon) -> None:
    page = Page.of(f"${'9' * 400} and {'9' * 400} kg, {'1,' * 300}5 euros", lexicon)
    assert money.mentions(page, "en") == []
    assert all(one.name and "inf" not in one.name for one in quantities.mentions(page, "en"))

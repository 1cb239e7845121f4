"""What may not stand in an alert's text: small counts of people, places, prices, how-to.

People write advice and fields in their own words, so what the tables keep out must be kept out of
their words too. This catches what can be recognised by its form; it does not replace reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from atalaya.model.errors import BadInput
from atalaya.model.sentences import sentence
from atalaya.reading.safety.finding import Kept as Kind
from atalaya.reading.safety.screening import unsafe_words

_PEOPLE = (
    r"(?:people|persons?|patients?|deaths?|died|fatalit(?:y|ies)|overdoses?|poisonings?|cases?"
    r"|personas?|pacientes?|muertes?|fallecid[oa]s?|muert[oa]s?|sobredosis|intoxicaciones|casos?"
    r"|pessoas?|mortes?|óbitos?|overdoses?|intoxicações)"
)
_ONE_TO_NINE = (
    r"(?:[1-9]|one|two|three|four|five|six|seven|eight|nine|un[oa]?|dos|tres|cuatro|cinco|seis"
    r"|siete|ocho|nueve|um|uma|dois|duas|três|quatro|sete|oito|nove)"
)
_MONEY = (
    r"(?:[€$£]|\b(?:eur|usd|gbp|mxn|brl|ars|cop|clp|pen|euros?|dollars?|d[óo]lares|pesos|reais)\b)"
)
_MEASURE = (
    r"(?:g|gr|grams?|gramos?|gramas?|kg|kilos?|mg|oz|ounces?|pills?|pastillas?|tabletas?|tablets?"
    r"|dos[ei]s?|comprimidos?)"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is kept out, and what to do instead."""

    rule: str
    pattern: re.Pattern[str]
    what: str
    do: str


def _kept(rule: str, pattern: str, what: str, do: str) -> Kept:
    return Kept(rule, re.compile(pattern, re.IGNORECASE), what, do)


SMALL: Final = _kept(
    "R3",
    rf"(?<![\w.,–-]){_ONE_TO_NINE}\s+(?:(?!or\b)\w+\s+){{0,2}}?{_PEOPLE}\b",
    sentence("a count of people from 1 to 9 below national level"),
    sentence("write 1-9, or leave the number out"),
)
ALWAYS: Final = (
    _kept(
        "R4",
        r"-?\d{1,2}\.\d{3,}\s*[,;]\s*-?\d{1,3}\.\d{3,}",
        sentence("coordinates"),
        sentence("name the country or region only"),
    ),
    _kept(
        "R4",
        r"\b\d{1,5}\s+(?:[A-Z]\w+\s){1,3}(?:street|st\.|avenue|ave\.|road|rd\.)"
        r"|\b(?:calle|avenida|av\.|rua|carrera)\s+\w+(?:\s\w+){0,3},?\s*(?:n[.º°o]*\s*)?\d+",
        sentence("a street address"),
        sentence("name the country or region only"),
    ),
    _kept(
        "R2",
        r"[\w.+-]+@[\w-]+\.[\w.]+",
        sentence("an e-mail address"),
        sentence("name an office instead"),
    ),
    _kept(
        "R5",
        r"\b[a-z2-7]{16,56}\.onion\b|\.onion\b",
        sentence("a market's address"),
        sentence("leave it out"),
    ),
    _kept(
        "R5",
        r"\b(?:telegram|wickr|signal|session|whatsapp|snapchat|instagram)\b[^.]{0,20}@\w+"
        r"|\bt\.me/\w+|(?<!\w)@\w{4,}",
        sentence("a seller's or person's handle"),
        sentence("leave it out"),
    ),
    _kept(
        "R5",
        rf"(?:{_MONEY}\s?\d[\d.,]*|\d[\d.,]*\s?{_MONEY})\s*(?:/|per|an?\b|por|el|la|cada|o)\s*\d*\s?"
        rf"{_MEASURE}\b",
        sentence("a price of the illicit market"),
        sentence("leave it out"),
    ),
    _kept(
        "R5",
        r"\b(?:synthesi[sz]ed? (?:it|by|from|with)|reflux|recrystalli[sz]|reductive amination"
        r"|NaBH4|LiAlH4|precursors? (?:needed|required|can be)|acid[- ]base extraction"
        r"|sintetiz(?:ar|a|e) (?:a partir|con|lo|la)|síntesis a partir|extraer con"
        r"|cook(?:ing)? it)",
        sentence("a way of making or extracting it"),
        sentence("leave it out"),
    ),
    _kept(
        "R5",
        r"\b(?:buy|order|comprar|compre|pedir)\b[^.]{0,30}\b(?:from|at|online|en línea|em|vendor"
        r"|seller|vendedor)\b|\bevade (?:customs|detection|police)|\bhide it from"
        r"|\b(?:ocultar|esconder)(?:lo|la)? (?:de|en|a) (?:la )?(?:aduana|polic[ií]a)",
        sentence("how to buy, sell or conceal it"),
        sentence("leave it out"),
    ),
    _kept(
        "R5",
        r"\b(?:start(?:ing)? with|take|use|tom[ae]r?|us[ae]r?)\s+\d[\d.,]*\s?(?:mg|µg|ug|mcg)\b"
        r"[^.]{0,40}\b(?:high|effect|euphoria|trip|efecto|efeito|coloc)",
        sentence("doses for effect"),
        sentence("leave it out"),
    ),
)


UNSAFE: Final = {
    Kind.MAKING: sentence("a way of making or extracting it"),
    Kind.HIDING: sentence("how to buy, sell or conceal it"),
    Kind.DOSING: sentence("doses for effect"),
    Kind.MARKET: sentence("how to buy, sell or conceal it"),
    Kind.PRICE: sentence("a price of the illicit market"),
}
"""What ``reading.safety`` finds by the shape of a sentence, in the words of the rules above."""

SOMEWHERE_SMALL: Final = "territory:AA-A"  # user-assigned codes of ISO 3166: no place
"""A place below national level, for words that may be about any: the strictest rules hold."""


def screen(text: str, territory: str, where: str) -> None:
    """Refuse text that may not stand in an alert.

    Args:
        text: A person's words.
        territory: Where the alert is about; below national level small counts are kept out.
        where: Which field it is, for the error.

    Raises:
        BadInput: It holds what a rule keeps out; the message names the words and the remedy.

    >>> screen("Carry naloxone; a second dose may be needed.", "territory:US-CT", "advice")
    """
    rules = (*ALWAYS, SMALL) if below_national(territory) else ALWAYS
    for rule in rules:
        if found := rule.pattern.search(text):
            raise BadInput(
                sentence(
                    "{where} holds {what}: {words!r}", where=where, what=rule.what, words=found[0]
                ),
                why=sentence(
                    "rule {rule} keeps it out of everything that is published", rule=rule.rule
                ),
                do=rule.do,
            )
    if unsafe := unsafe_words(text):
        first = unsafe[0]
        raise BadInput(
            sentence(
                "{where} holds {what}: {words!r}",
                where=where,
                what=UNSAFE[first.kept],
                words=text[first.start : first.end].strip(),
            ),
            why=sentence("rule {rule} keeps it out of everything that is published", rule="R5"),
            do=sentence("leave it out"),
        )


def rule_against(text: str) -> str | None:
    """Name the rule that keeps a text out of everything that is published, or None.

    >>> rule_against("It sells for $20 per gram."), rule_against("Carry naloxone.")
    ('R5', None)
    """
    found = next((kept.rule for kept in ALWAYS if kept.pattern.search(text)), None)
    return found or ("R5" if unsafe_words(text) else None)


def below_national(territory: str) -> bool:
    """Whether a place is smaller than a country.

    >>> below_national("territory:US-CT"), below_national("territory:ARG")
    (True, False)
    """
    return re.fullmatch(r"territory:[A-Z]{2}-[A-Z0-9]{1,3}", territory) is not None

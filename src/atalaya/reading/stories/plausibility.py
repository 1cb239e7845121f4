"""Claims that cannot be, or whose units are broken, each with the reason and the conversion.

A doubt is no correction: the claim stays as it was published, and a person decides. What is held
against it are sums that all States reported together, national retail prices, and arithmetic;
where nothing is known of a substance, nothing is said.

Source: ``data/bounds.csv`` (each row names its own); ISO 668, amendment 1 of 2005, for the
30,480 kg that a loaded freight container may weigh.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from atalaya.model.sentences import Sentence, sentence
from atalaya.reading.mentions import amounts
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page

RULE = "plausibility/1"
_CONTAINER = 30_480  # kg
_SAME = 0.05  # two ways of writing one amount differ by rounding alone
_FAR = 100  # times below the least price: at farms and borders prices are a tenth of it
_SMALL_ROOM = re.compile(
    r"\b(?:cars?|vans?|taxi|suitcases?|luggage|backpacks?|motorcycle|apartment|autos?|coches?|"
    r"camioneta|maletas?|mochilas?|voitures?|valises?|carros?|malas?|Auto|PKW|Koffer)\b"
)
# Amounts of whole countries and years are no amounts of one happening.
_MANY = re.compile(
    r"\b(?:produc|output|cultivat|worldwide|global|annual|per year|a year|each year|since 20|"
    r"mundial|al año|anual|por ano|par an|mondial|weltweit|jährlich|pro Jahr|manufactur)",
    re.IGNORECASE,
)
_PURITY = re.compile(
    r"(?:(\d{3,})(?:[.,]\d+)?\s?%\s?(?:pure\b|purity|de pureza|pur[oa]|de pureté|rein\b|Reinheit)|"
    r"(?:purity|pureza|pureté|Reinheitsgrad|Reinheit)\s(?:\w+\s){0,3}(\d{3,})(?:[.,]\d+)?\s?%)",
    re.IGNORECASE,
)
_HUNDRED = 100
_IN_OTHER_WORDS = re.compile(r"\s*[(\[]\s*(?:(?:about|around|some|unos|unas|environ|rund|or)\s)?")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim that cannot be as it stands.

    Args:
        kind: ``more-than-the-world``, ``more-than-fits``, ``broken-conversion``,
            ``purity-above-100`` or ``street-value``.
        says: The reason, with the conversion.
        start: Offset of the claim in the text.
        end: Offset after it.
        rule: Name and version of the rule.
    """

    kind: str
    says: Sentence
    start: int
    end: int
    rule: str = RULE


def doubts(page: Page, mentions: Sequence[Mention]) -> list[Doubt]:
    """Give the doubtful claims of a text.

    Args:
        page: The text.
        mentions: Of amounts, sums and substances in it.

    Returns:
        Doubts in the order of the text, at most one of a kind for a claim.
    """
    found = [*_impure(page.text)]
    ordered = sorted(mentions, key=lambda one: one.start)
    masses = [one for one in ordered if one.label is Label.QUANTITY and _value(one, "g")]
    found += _conversions(page.text, masses)
    for mass in masses:
        start, end = page.sentence_of(mass.start)
        inside = [one for one in ordered if start <= one.start < end]
        substance = _nearest(mass, inside)
        if substance is not None and not _MANY.search(page.text, start, end):
            found += _about(mass, substance, inside, page.text[start:end])
    return sorted(found, key=lambda one: (one.start, one.kind))


def _about(
    mass: Mention, substance: Mention, inside: Sequence[Mention], words: str
) -> Iterator[Doubt]:
    kilos = _value(mass, "g") / 1000
    bounds = _bounds().get(substance.id or "", {})
    world = bounds.get("seized-worldwide")
    if world is not None and kilos > world:
        says = sentence(
            "{kilos} kg of {substance} is more than all States together reported seized in any "
            "year from 2019 to 2023 ({world} kg): the unit may be wrong",
            kilos=f"{kilos:,.0f}",
            substance=substance.name or "",
            world=f"{world:,.0f}",
        )
        yield Doubt("more-than-the-world", says, mass.start, mass.end)
    room = _SMALL_ROOM.search(words)
    if room is not None and kilos > _CONTAINER:
        says = sentence(
            "{kilos} kg is more than a loaded freight container may weigh ({most} kg), and the "
            "sentence speaks of {room!r}",
            kilos=f"{kilos:,.0f}",
            most=f"{_CONTAINER:,}",
            room=room[0],
        )
        yield Doubt("more-than-fits", says, mass.start, mass.end)
    yield from _valued(mass, inside, bounds)


def _valued(
    mass: Mention, inside: Sequence[Mention], bounds: Mapping[str, float]
) -> Iterator[Doubt]:
    """Hold a sum in dollars against national retail prices; other currencies are not converted."""
    masses = [one for one in inside if one.label is Label.QUANTITY and _value(one, "g")]
    sums = [one for one in inside if one.label is Label.MONEY and _value(one, "USD")]
    if len(masses) != 1 or len(sums) != 1 or "price-most" not in bounds:
        return
    each = _value(sums[0], "USD") / _value(mass, "g")
    least, middle, most = (bounds[f"price-{one}"] for one in ("least", "middle", "most"))
    if least / _FAR <= each <= most:
        return
    says = sentence(
        "the value comes to {each} USD a gram, {times} times the middle of retail prices of States "
        "in Western Europe and the United States ({middle} USD, {least} to {most}): value or "
        "amount may be inflated or in a wrong unit",
        each=f"{each:,.2f}",
        times=f"{each / middle:,.2f}",
        middle=f"{middle:g}",
        least=f"{least:g}",
        most=f"{most:g}",
    )
    yield Doubt("street-value", says, sums[0].start, sums[0].end)


def _conversions(text: str, masses: Sequence[Mention]) -> Iterator[Doubt]:
    """Find an amount whose conversion in brackets behind it is another amount."""
    for first, second in pairwise(masses):
        if not _IN_OTHER_WORDS.fullmatch(text, first.end, second.start):
            continue
        one, other = _value(first, "g"), _value(second, "g")
        if abs(one - other) > _SAME * max(one, other):
            says = sentence(
                "{first} is {one} kg and {second} is {other} kg: one of the two is wrong",
                first=text[first.start : first.end],
                one=f"{one / 1000:,.1f}",
                second=text[second.start : second.end],
                other=f"{other / 1000:,.1f}",
            )
            yield Doubt("broken-conversion", says, first.start, second.end)


def _impure(text: str) -> Iterator[Doubt]:
    for found in _PURITY.finditer(text):
        share = found[1] or found[2]
        if int(share) > _HUNDRED:
            says = sentence(
                "a purity of {share} percent cannot be: 100 percent is all of it", share=share
            )
            yield Doubt("purity-above-100", says, found.start(), found.end())


def _nearest(mass: Mention, inside: Sequence[Mention]) -> Mention | None:
    """Give the substance an amount is of: the next one behind it, else the last before it."""
    named = [one for one in inside if one.label is Label.SUBSTANCE]
    behind = [one for one in named if one.start >= mass.end]
    return behind[0] if behind else named[-1] if named else None


def _value(one: Mention, unit: str) -> float:
    """Give the value of a mention in a unit, of a range the larger end; 0 in another unit."""
    read = amounts.named(one.name)
    return read.high if read is not None and read.unit == unit else 0.0


@cache
def _bounds() -> dict[str, dict[str, float]]:
    text = (files("atalaya.reading.stories") / "data" / "bounds.csv").read_text(encoding="utf-8")
    bounds: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(text.splitlines()):
        bounds.setdefault(row["substance"], {})[row["what"]] = float(row["value"])
    return bounds

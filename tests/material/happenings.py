"""Reports whose happening is known: some written one by one, many made of templates and slips."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from atalaya.reading.mentions import money, quantities
from atalaya.reading.mentions.lexicon import Entry, Lexicon
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.stories import agencies
from atalaya.reading.stories.features import Known, StoryFeatures, of

WRITTEN = Path(__file__).parent / "open_sources" / "happenings.tsv"
_START = date(2024, 3, 1)
# What readers of substances and places would say: their own gates measure them.
_SUBSTANCES = {
    "cocaine": "cocaine cocaína cocaïne kokain cocaina",
    "fentanyl": "fentanyl fentanilo",
    "heroin": "heroin heroína héroïne",
    "methamphetamine": "methamphetamine metanfetamina methamphetamin meth",
    "cannabis": "cannabis marihuana hachís haschich maconha",
    "mephedrone": "mephedrone",
    "tramadol": "tramadol",
    "captagon": "captagon",
    "nitazenes": "nitazenes",
    "medetomidine": "medetomidine médétomidine",
}
_TEMPLATES = {
    "en": (
        "{kg} kg of {x} seized in {p}",
        "Officers in {p} seized {kg} kg of {x} hidden in {how}.",
    ),
    "es": (
        "Decomisan {kg} kilos de {x} en {p}",
        "En {p} fueron hallados {kg} kilos de {x} en {how}.",
    ),
    "fr": (
        "{kg} kilos de {x} saisis à {p}",
        "Les douanes de {p} ont saisi {kg} kilos de {x} dans {how}.",
    ),
    "pt": (
        "{kg} kg de {x} apreendidos em {p}",
        "A polícia de {p} apreendeu {kg} kg de {x} em {how}.",
    ),
    "de": ("{kg} Kilo {x} in {p} gefunden", "Der Zoll in {p} fand {kg} Kilo {x} in {how}."),
}
_PLACES = (
    ("PER", "Callao"), ("ESP", "Vigo"), ("ITA", "Genova"), ("PAN", "Colon"), ("SEN", "Dakar"),
    ("BEL", "Antwerp"), ("PRY", "Asuncion"), ("URY", "Montevideo"), ("GRC", "Piraeus"),
)  # fmt: skip
_HIDDEN = ("a truck", "un camión", "des sacs de riz", "caixas de fruta", "Möbeln", "two cars")


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a happening.

    Args:
        happening: Which one.
        features: What grouping sees of it.
    """

    happening: str
    features: StoryFeatures


@cache
def lexicon() -> Lexicon:
    named = [
        Entry(name, "substance", substance)
        for substance, names in _SUBSTANCES.items()
        for name in names.split()
    ]
    return Lexicon([*quantities.entries(), *money.entries(), *agencies.entries(), *named])


def report(happening: str, where: tuple[str, str], day: int, told: tuple[str, str, str]) -> Report:
    """Read a report as the pipeline would.

    Args:
        happening: Which one it tells of.
        where: Country and place.
        day: Days after the first of March.
        told: Its language, title and text.
    """
    language, *words = told
    country, place = where
    words[1] += f" {place}"
    title, text = (Page.of(one, lexicon()) for one in words)
    in_text = _mentions(text)
    if place:
        start = len(text.text) - len(place)
        in_text.append(Mention(start, len(text.text), Label.PLACE, id=f"territory:XX-{place}"))
    known = Known(country, _START + timedelta(days=day), None, language)
    return Report(happening, of(text, title, (in_text, _mentions(title)), known))


def _mentions(page: Page) -> list[Mention]:
    return [
        *quantities.mentions(page),
        *money.mentions(page),
        *(
            Mention(hit.start, hit.end, Label.SUBSTANCE, id=f"substance:{hit.entry.value}")
            for hit in page.found("substance")
        ),
    ]


def written() -> list[Report]:
    """Give the reports written one by one."""
    lines = WRITTEN.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines]
    return [report(row[0], (row[1], row[2]), int(row[3]), (row[4], row[5], row[6])) for row in rows]


def made(seed: int, happenings: int = 60) -> Iterator[Report]:
    """Make reports of happenings that often share place, day, substance or amount."""
    chance = random.Random(seed)
    seen: set[tuple[object, ...]] = set()
    while len(seen) < happenings:
        country, place = chance.choice(_PLACES)
        substance = chance.choice(("cocaine", "heroin", "methamphetamine"))
        kilos, day = chance.choice((12, 35, 48, 130, 410, 655)), chance.choice((1, 12, 25))
        happening = (place, substance, kilos, day)
        if happening in seen:
            continue
        seen.add(happening)
        for language in chance.sample(sorted(_TEMPLATES), chance.randint(2, 5)):
            title, text = _TEMPLATES[language]
            names = _SUBSTANCES[substance].split()
            slots = {
                "kg": kilos,
                "p": place,
                "x": chance.choice(names),
                "how": chance.choice(_HIDDEN),
            }
            told = (language, title.format(**slots), text.format(**slots))
            yield report(
                "-".join(map(str, happening)), (country, place), day + chance.randint(0, 1), told
            )


def pairwise(keys: list[str], reports: list[Report]) -> tuple[float, float]:
    """Give precision and recall of the pairs that share a key."""
    together = right = there = 0
    for first in range(len(reports)):
        for second in range(first):
            same = reports[first].happening == reports[second].happening
            joined = keys[first] == keys[second]
            together, right, there = together + joined, right + (joined and same), there + same
    return (right / together if together else 1.0), right / there

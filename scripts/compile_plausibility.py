"""Compiles what claims of amounts and values are held against.

    python scripts/compile_plausibility.py SEIZURES.csv PRICES.json

SEIZURES is the tidy copy of table 7.1 of the World Drug Report 2025's annex; for each drug the year
of 2019-2023 in which all States together reported most is kept. PRICES is the series of retail
prices in annex 8.3: national prices alone, their least, middle and greatest.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path
from statistics import median

INTO = Path(__file__).resolve().parents[1] / "src/atalaya/reading/stories/data/bounds.csv"
SEIZED = "UNODC, World Drug Report 2025, annex table 7.1 (drug seizures 2019-2023)"
PRICED = (
    "UNODC, World Drug Report 2025, annex 8.3 "
    "(national retail prices, Western Europe and United States, 1990-2023)"
)
# The register's substance -> the table's column and the labels in it that are that substance.
GROUPS = {
    "substance:cocaine": ("DrugSubGroup", {"Cocaine"}),
    "substance:heroin": ("DrugName", {"Heroin"}),
    "substance:morphine": ("DrugName", {"Illicit morphine"}),
    "substance:opium": ("DrugName", {"Opium"}),
    "substance:fentanyl": ("DrugName", {"Fentanyl"}),
    "substance:tramadol": ("DrugName", {"Tramadol"}),
    "substance:methamphetamine": ("DrugSubGroup", {"Methamphetamine"}),
    "substance:amphetamine": ("DrugSubGroup", {"Amphetamine"}),
    "substance:mdma": ("DrugSubGroup", {"“Ecstasy”-type substances"}),
    "substance:lsd": ("DrugSubGroup", {"LSD"}),
    "substance:ghb": ("DrugSubGroup", {"GBL/GHB"}),
    "substance:ketamine": ("DrugSubGroup", {"Ketamine and phencyclidine-type substances"}),
    "substance:mephedrone": ("DrugName", {"Mephedrone (4-methylmethcathinone, 4-MMC)"}),
    "substance:cannabis": (
        "DrugSubGroup",
        {"Cannabis herb (marijuana)", "Cannabis resin (hashish)", "Cannabis plants"},
    ),
}
HEADING = ("substance", "what", "value", "unit", "year", "source")


def seized(path: Path) -> list[tuple[object, ...]]:
    """Give, for each drug, the greatest sum of a year over all States."""
    with path.open(encoding="utf-8") as file:
        lines = [row for row in csv.DictReader(file) if row["Kilograms"]]
    rows: list[tuple[object, ...]] = []
    for substance, (column, labels) in GROUPS.items():
        years: dict[str, float] = defaultdict(float)
        for line in lines:
            if line[column] in labels:
                years[line["Reference year"]] += float(line["Kilograms"])
        if not years:
            raise SystemExit(f"{path}: no row of {labels} in {column}")
        year, most = max(years.items(), key=lambda pair: pair[1])
        rows.append((substance, "seized-worldwide", round(most), "kg", year, SEIZED))
    return rows


def priced(path: Path) -> list[tuple[object, ...]]:
    """Give, for each drug of the series, its least, middle and greatest price."""
    prices: dict[str, list[float]] = defaultdict(list)
    for record in json.loads(path.read_text(encoding="utf-8"))["records"]:
        prices[f"substance:{record['drug']}"].append(record["priceUsdPerGram"])
    return [
        (substance, what, round(of(found), 2), "USD/g", "1990-2023", PRICED)
        for substance, found in sorted(prices.items())
        for what, of in (("price-least", min), ("price-middle", median), ("price-most", max))
    ]


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seizures", type=Path)
    parser.add_argument("prices", type=Path)
    asked = parser.parse_args()
    INTO.parent.mkdir(exist_ok=True)
    with INTO.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADING)
        writer.writerows([*seized(asked.seizures), *priced(asked.prices)])


if __name__ == "__main__":
    main()

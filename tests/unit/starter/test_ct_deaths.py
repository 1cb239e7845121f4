import csv
import gzip
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from tests.material.shared_data import shared
from tests.material.starter_files import assert_same_files, compiled, rows

MONTHS = [f"{year}-{month:02}" for year in range(2012, 2025) for month in range(1, 13)]
FILES = ("monthly.csv", "monthly_groups.csv")


def _yearly(name: str, year: str) -> int:
    return sum(
        int(row["deaths"])
        for row in rows("ct-deaths", "monthly.csv")
        if row["substance"] == name and row["month"].startswith(year)
    )


@pytest.mark.parametrize("file", FILES)
def test_every_month_has_every_name_with_zeros_written_out(file: str) -> None:
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows("ct-deaths", file):
        names[row["month"]].append(row["substance"])
    assert list(names) == MONTHS
    first = names[MONTHS[0]]
    assert len(first) == len(set(first))
    assert all(found == first for found in names.values())


@pytest.mark.parametrize("file", FILES)
def test_a_count_never_exceeds_the_deaths_examined(file: str) -> None:
    for row in rows("ct-deaths", file):
        assert 0 <= int(row["deaths"]) <= int(row["deaths_examined"])


def test_deaths_examined_are_one_figure_a_month_and_add_up_to_all_deaths() -> None:
    examined = {
        (row["month"], row["deaths_examined"]) for f in FILES for row in rows("ct-deaths", f)
    }
    assert len(examined) == len(MONTHS)
    assert sum(int(deaths) for _, deaths in examined) == 12_961


def test_no_name_is_zero_throughout() -> None:
    totals: Counter[str] = Counter()
    for row in rows("ct-deaths", "monthly.csv"):
        totals[row["substance"]] += int(row["deaths"])
    assert len(totals) == 62
    assert min(totals.values()) >= 1


def test_groups_are_marked_and_kept_apart() -> None:
    assert {row["kind"] for row in rows("ct-deaths", "monthly.csv")} == {"substance"}
    groups = rows("ct-deaths", "monthly_groups.csv")
    assert {row["kind"] for row in groups} == {"group"}
    assert {row["substance"] for row in groups} == {
        "any fentanyl analogue",
        "any nitazene",
        "local anesthetics",
        "nitrites",
    }


def test_the_columns_hold_nothing_about_a_person_or_a_county() -> None:
    heading = list(rows("ct-deaths", "monthly.csv")[0])
    assert heading == ["month", "substance", "kind", "deaths", "deaths_examined"]


def test_yearly_totals_equal_the_figures_the_office_published() -> None:
    published = {
        (row["subject"], row["period"]): int(row["value"])
        for row in rows("ct-deaths", "published_figures.csv")
        if row["predicate"] == "deaths-in-year"
    }
    examined = {row["month"]: int(row["deaths_examined"]) for row in rows("ct-deaths", FILES[0])}
    for year in ("2018", "2019"):
        ours = sum(deaths for month, deaths in examined.items() if month.startswith(year))
        assert ours == published["territory:US-CT", year]
    assert _yearly("xylazine", "2019") == published["substance:xylazine", "2019"] == 71
    for year in ("2018", "2019"):
        apart = published["substance:fentanyl", year] - _yearly("fentanyl", year)
        assert 0 < apart <= 10  # the office's figure rests on more than the words


def test_the_script_makes_the_same_bytes_from_the_records(tmp_path: Path) -> None:
    records = shared("data/ct-deaths/records.csv.gz")
    compiled("compile_ct_deaths.py", records, "--into", tmp_path)
    assert_same_files(tmp_path, "ct-deaths")


def test_deaths_by_flubromazolam_are_not_deaths_by_bromazolam() -> None:
    """A search for the shorter word alone dates bromazolam four years too early."""
    months: dict[str, list[str]] = {"bromazolam": [], "flubromazolam": []}
    for row in rows("ct-deaths", "monthly.csv"):
        if row["substance"] in months:
            months[row["substance"]] += [row["month"]] * int(row["deaths"])
    assert (months["bromazolam"][0], len(months["bromazolam"])) == ("2021-08", 75)
    assert (months["flubromazolam"][0], len(months["flubromazolam"])) == ("2017-07", 12)


def test_names_of_another_count_of_the_same_texts_agree_but_for_known_reasons() -> None:
    records = shared("data/ct-deaths/records.csv.gz")
    other = shared("data/monthly-counts/monthly_substance_counts.csv")
    said = compiled("compile_ct_deaths.py", records, "--compare", other, "--dry-run")
    apart = [line for line in said.splitlines() if "months that differ" in line]
    equal = [line for line in apart if line.endswith("differ 0")]
    assert (len(apart), len(equal)) == (36, 16)


def _records(path: Path, *texts: str) -> Path:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["month", "Cause of Death", "Other Significant Conditions"])
        writer.writerows(["2020-01", text, ""] for text in texts)
    return path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Acute intoxication by acetyl fentanyl", {"acetyl fentanyl"}),
        ("effects offentanyl and methoxyacetylfentanyl", {"fentanyl", "methoxyacetyl fentanyl"}),
        ("despropionyl fentanyl (4-ANPP)", {"4-anpp"}),
        ("para-fluoro-isobutyryl-fentanyl toxicity", {"fluoro isobutyryl fentanyl"}),
        ("flubromazolam", {"flubromazolam"}),
        ("3,4-methylenedioxymethamphetamine (MDMA)", {"mdma"}),
        ("n,n-dimethylpentylone", {"dimethylpentylone"}),
        ("n-desethyl isotonitazene", {"n-desethyl isotonitazene"}),
        ("fenatnyl, xyalzine and phencyclidinetoxicity", {"fentanyl", "xylazine", "pcp"}),
        ("8-aminoclonazolam", {"clonazolam"}),
        ("synthetic fentanyls", set()),
        ("nordiazepam and triazolam", set()),
    ],
)
def test_a_text_names_what_it_names_and_no_more(tmp_path: Path, text: str, found: set[str]) -> None:
    records = _records(tmp_path / "records.csv.gz", text)
    compiled("compile_ct_deaths.py", records, "--into", tmp_path / "made")
    with (tmp_path / "made" / "monthly.csv").open(encoding="utf-8", newline="") as file:
        counted = {row["substance"] for row in csv.DictReader(file) if row["deaths"] == "1"}
    assert counted == found

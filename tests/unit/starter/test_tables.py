import csv
import re
from pathlib import Path

import pytest
from babel.core import get_global
from tests.material.starter_files import SOURCES, rows, tables

from atalaya.evidence.sources import load_sources
from atalaya.model.declarations import SourceDeclaration, Table

DECLARED = load_sources(SOURCES)
ISO3 = {code for code in get_global("territory_aliases") if re.fullmatch(r"[A-Z]{3}", code)}
CODES = {"iso3", "territory"}
HONORIFICS = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|Sr|Sra|Ambassador|Embajadora?)\b\.?", re.IGNORECASE)


def _file(address: str) -> tuple[str, str]:
    found = re.fullmatch(r"package:([a-z0-9-]+)/data/([a-z0-9_]+\.csv)", address)
    assert found is not None, address
    return found[1], found[2]


def _declared_tables() -> list[tuple[SourceDeclaration, Table]]:
    return [(source, table) for source in DECLARED for table in source.table]


def test_all_the_sources_the_starter_promises_are_declared() -> None:
    assert [source.slug for source in DECLARED] == [
        "access-medicines",
        "ccpcj34",
        "cnd63",
        "cnd64",
        "cnd65",
        "cnd67",
        "cnd68",
        "cnd69",
        "coca-cultivation",
        "ct-deaths",
        "ga77",
        "ga78",
        "hrc60",
        "opium-cultivation",
        "unodc-income",
        "us-federal-register",
    ]


def test_every_file_is_fetched_and_every_fetched_file_ships() -> None:
    fetched = {_file(fetch.address) for source in DECLARED for fetch in source.fetch}
    assert fetched == {(path.parents[1].name, path.name) for path in tables()}


def test_each_file_has_at_least_the_rows_its_declaration_expects() -> None:
    for source in DECLARED:
        for fetch in source.fetch:
            assert len(rows(*_file(fetch.address))) >= fetch.expect.min_rows, fetch.address


def test_every_column_a_declaration_names_is_in_its_file() -> None:
    for _, table in _declared_tables():
        heading = set(rows(*_file(table.address))[0])
        named = {
            part["column"]
            for part in table.model_dump().values()
            if isinstance(part, dict) and part.get("column")
        } | ({table.unit_column} if table.unit_column else set())
        assert named <= heading, (table.address, named - heading)


@pytest.mark.parametrize("path", tables(), ids=lambda path: f"{path.parents[1].name}/{path.name}")
def test_a_table_has_one_heading_row_full_width_rows_and_no_row_twice(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    lines = list(csv.reader(text.splitlines()))
    heading, body = lines[0], lines[1:]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in heading)
    assert {len(line) for line in body} == {len(heading)}
    assert len({tuple(line) for line in body}) == len(body)
    assert all(cell == cell.strip() for line in body for cell in line)


def test_codes_of_territories_are_iso_codes() -> None:
    for path in tables():
        for row in rows(path.parents[1].name, path.name):
            codes = {row[name] for name in CODES & set(row)} - {""}
            assert codes <= ISO3 | {"US-CT"}, (path, codes)


def test_numbers_read_as_numbers_or_are_empty() -> None:
    for name in ("value", "hectares", "usd", "deaths", "deaths_examined"):
        for path in tables():
            for row in rows(path.parents[1].name, path.name):
                if row.get(name):
                    assert re.fullmatch(r"-?\d+(\.\d+)?", row[name]), (path, row[name])


def test_no_row_addresses_a_person_by_title() -> None:
    for path in tables():
        assert HONORIFICS.search(path.read_text(encoding="utf-8")) is None, path


def test_no_address_of_a_registry_or_a_machine_is_kept() -> None:
    for path in (*tables(), *SOURCES.glob("*/source.toml")):
        text = path.read_text(encoding="utf-8")
        assert re.search("/(home|root|work)/", text) is None, path
        assert "../shared" not in text

"""``datapackage.json``: the tables described so that Frictionless reads and checks them.

Source: Data Package Standard v2 (datapackage.org). Allowed values are said as ``constraints.enum``:
Frictionless 5 does not look at v2's ``categories``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.identifiers import sha256_hex
from atalaya.publishing.column import COUNT_PATTERN, Column
from atalaya.publishing.forms import Published
from atalaya.publishing.licences import OURS_ADDRESS

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {
    "text": "string",
    "count": "string",
    "number": "number",
    "whole": "integer",
    "yes-no": "boolean",
    "date": "date",
    "time": "datetime",
}
_KEYS = {"sources": "source", "monitors": "monitor"}


def datapackage(
    name: str,
    built: date,
    tables: Mapping[str, Published],
    files: Mapping[str, bytes],
    declarations: Iterable[SourceDeclaration],
) -> bytes:
    """Describe a release.

    Args:
        name: Name of the release, such as ``2025-01-02-1``.
        built: Day it was built.
        tables: Name -> table.
        files: Path -> content of the CSV files.
        declarations: Every source.
    """
    said = {
        "$schema": _PROFILE,
        "name": f"atalaya-{name}",
        "title": f"Atalaya release {name}",
        "created": f"{built.isoformat()}T00:00:00Z",
        "version": name,
        "licenses": [{"name": "CC-BY-4.0", "path": OURS_ADDRESS, "title": "CC BY 4.0"}],
        "sources": [
            {"title": one.title.en, "path": one.homepage, "version": one.as_of.isoformat()}
            for one in sorted(declarations, key=lambda one: one.slug)
        ],
        "resources": [
            _resource(table, files[f"data/{table.name}.csv"]) for table in tables.values()
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: Published, content: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    key = _KEYS.get(table.name, "id")
    if any(column.name == key and column.unique for column in table.columns):
        schema["primaryKey"] = [key]
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "title": table.title,
        "path": f"data/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256_hex(content)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    if column.kind == "count":
        constraints["pattern"] = COUNT_PATTERN
    said: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": column.title,
    }
    if column.kind == "count":
        said["description"] = "A number, or 1-9 where a count of people is too small to show."
    if column.unit:
        said["unit"] = column.unit
    return {**said, "constraints": constraints} if constraints else said

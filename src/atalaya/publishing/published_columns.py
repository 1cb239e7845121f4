"""The columns of a published table, as a release itself tells them."""

from __future__ import annotations

import json

from atalaya.publishing.column import Column, Kind
from atalaya.publishing.columns import TABLES
from atalaya.publishing.opening import Release

_KINDS: dict[str, Kind] = {
    "string": "text",
    "number": "number",
    "integer": "whole",
    "boolean": "yes-no",
    "date": "date",
    "datetime": "time",
}


def columns_published(release: Release, name: str) -> tuple[Column, ...]:
    """Give a table's columns: ours by their list, the others by the data package."""
    if name in TABLES:
        return TABLES[name]
    package = json.loads((release.path / "datapackage.json").read_bytes())
    schemas = {one["path"]: one["schema"]["fields"] for one in package["resources"]}
    return tuple(
        Column(one["name"], one["title"], _KINDS[one["type"]])
        for one in schemas[f"data/{name}.csv"]
    )

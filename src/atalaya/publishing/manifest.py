"""``manifest.json``: every file of a release by hash, every table by content, and what it rests on.

The manifest is what the log commits to, so it can hold no proof of itself: that stands beside the
release, in ``<name>.tlog-proof``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from atalaya.model.identifiers import canonical_json, sha256_hex
from atalaya.publishing.forms import Published, content_hash
from atalaya.publishing.inputs import ReleaseInputs

SCHEMA = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a release says of itself before it is written.

    Args:
        name: ``<date>-<n>``.
        built: Day it was built; not part of what it is made from.
        made_from: Everything that decides its content, and the hash of that.
    """

    name: str
    built: date
    made_from: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """SHA-256 of ``made_from`` as canonical JSON: equal for equal releases."""
        return sha256_hex(canonical_json(dict(self.made_from)))


def made_from(inputs: ReleaseInputs, tables: Mapping[str, Published]) -> dict[str, Any]:
    """Give everything that decides what a release says.

    The log's size is not in it: each release adds a leaf, which is no new evidence.
    """
    return {
        "as_of": inputs.as_of.isoformat(),
        "software": inputs.software,
        "requirements": inputs.requirements,
        "decisions": inputs.decisions,
        "declared": dict(inputs.declared),
        "scorecard": None
        if inputs.scorecard is None
        else sha256_hex(canonical_json(dict(inputs.scorecard))),
        "tables": {name: content_hash(table) for name, table in tables.items()},
    }


def manifest(identity: Identity, inputs: ReleaseInputs, files: Mapping[str, bytes]) -> bytes:
    """Write the manifest.

    Args:
        identity: Name, day and what it is made from.
        inputs: For the log the release rests on.
        files: Path -> content of every other file of the release.
    """
    said = {
        "schema": SCHEMA,
        "release": identity.name,
        "built": identity.built.isoformat(),
        "made_from": identity.made_from,
        "digest": identity.digest,
        "log": {
            "origin": inputs.log.checkpoint.origin,
            "size": inputs.log.checkpoint.size,
            "root": inputs.log.checkpoint.root.hex(),
        },
        "files": {
            path: {"sha256": sha256_hex(content), "bytes": len(content)}
            for path, content in sorted(files.items())
        },
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def leaf(name: str, content: bytes) -> bytes:
    """Give the log entry that commits to a manifest.

    Args:
        name: Name of the release.
        content: The manifest's bytes.

    >>> leaf("2025-01-02-1", b"{}")[:44]
    b'{"release":"2025-01-02-1","sha256":"44136fa3'
    """
    return canonical_json({"type": "release", "release": name, "sha256": sha256_hex(content)})

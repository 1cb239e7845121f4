"""Reads the proofs in the file of a score, and finds where it does not say what it should."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from atalaya.evidence.log import Checkpoint, ConsistencyProof
from atalaya.evidence.log.merkle import extends
from atalaya.findings.foresight.shapes import Refused

_HASH_BYTES = 32


def follows_on(old: Checkpoint, new: Checkpoint, hashes: tuple[bytes, ...]) -> bool:
    """Say whether hashes prove that a log's newer state extends an older one."""
    proof = ConsistencyProof(old.size, new.size, hashes)
    return extends((proof.old, old.root), (proof.new, new.root), proof.hashes)


def hashes_in(said: dict[str, Any], what: str) -> tuple[bytes, ...]:
    """Read the hashes of a proof, each written in the one way a hash is written.

    Args:
        said: An object with ``hashes``.
        what: What it is, for the message.

    Raises:
        Refused: One is not the base64 of 32 bytes.
    """
    found = []
    for each in said["hashes"]:
        try:
            raw = base64.b64decode(each, validate=True) if isinstance(each, str) else b""
        except (binascii.Error, ValueError) as error:
            raise Refused(f"{what}: a hash is not base64") from error
        if len(raw) != _HASH_BYTES or base64.b64encode(raw).decode() != each:
            raise Refused(f"{what}: a hash is not the base64 of 32 bytes")
        found.append(raw)
    return tuple(found)


def differences(given: Any, should: Any, path: str) -> Iterator[str]:
    """Give the paths at which two JSON values differ."""
    if isinstance(given, dict) and isinstance(should, dict):
        for name in dict.fromkeys((*should, *given)):
            if name not in given or name not in should:
                yield f"{path}.{name}"
            else:
                yield from differences(given[name], should[name], f"{path}.{name}")
    elif isinstance(given, list) and isinstance(should, list) and len(given) == len(should):
        for number, (one, other) in enumerate(zip(given, should, strict=True)):
            yield from differences(one, other, f"{path}[{number}]")
    elif type(given) is not type(should) or given != should:
        numbers = isinstance(given, int | float) and isinstance(should, int | float)
        if not numbers or isinstance(given, bool) or given != should:
            yield path

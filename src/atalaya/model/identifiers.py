"""Identifiers: records are named by their content, register entries by a readable slug.

A record's identifier is ``kind:`` and the first 16 hex digits of the SHA-256 of its content written
as RFC 8785 canonical JSON. A register entry's is ``kind:`` and a slug or an ISO code, never reused.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785

from atalaya.model.canonical import plainly_written
from atalaya.model.errors import BadInput

_KIND = re.compile(r"[a-z][a-z-]*")
_RECORD = re.compile(r"([a-z][a-z-]*):([0-9a-f]{16})")
_REGISTER = re.compile(r"([a-z][a-z-]*):([A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*)")
_DIGITS = 16  # 64 bits: for a million records the chance of any collision is about 3e-8


def canonical_json(content: Any) -> bytes:
    """Write content as RFC 8785 canonical JSON.

    Args:
        content: JSON values: mappings with string keys, lists, strings, numbers, booleans, None.

    Returns:
        UTF-8 bytes; equal content gives equal bytes.

    Raises:
        BadInput: The content holds something JSON cannot say (NaN, a set, an integer over 2**53).

    Source: RFC 8785, JSON Canonicalization Scheme.

    >>> canonical_json({"b": 1, "a": [None, "x"]})
    b'{"a":[null,"x"],"b":1}'
    """
    try:
        written = plainly_written(content)
        return rfc8785.dumps(content) if written is None else written
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise BadInput(
            f"this content cannot be written as canonical JSON: {error}",
            why="a record is named by its canonical JSON, so it must have exactly one form",
            do="use strings, finite numbers, booleans, null, lists and string-keyed objects only",
        ) from error


def sha256_hex(payload: bytes) -> str:
    """Give the SHA-256 of bytes as 64 hex digits."""
    return hashlib.sha256(payload).hexdigest()


def record_id(kind: str, content: Mapping[str, Any]) -> str:
    """Name a record by its kind and content.

    Args:
        kind: Lower-case word such as ``claim``.
        content: Everything the record says, without its own identifier.

    Returns:
        ``kind:`` and 16 hex digits.

    Raises:
        BadInput: The kind is not a lower-case word, or the content is not JSON.

    >>> record_id("claim", {"says": "x"})
    'claim:92a1a5d346156be8'
    """
    if not _KIND.fullmatch(kind):
        raise BadInput(f"{kind!r} is not a kind of record", do="use lower-case letters and hyphens")
    return f"{kind}:{sha256_hex(canonical_json(content))[:_DIGITS]}"


def record_ids(kind: str, written: Iterable[str]) -> list[str]:
    """Name many records whose content is written as canonical JSON already.

    Args:
        kind: Lower-case word such as ``claim``.
        written: The canonical JSON of each; that it is canonical is the caller's to prove.

    Returns:
        What ``record_id`` gives for each, in order.

    >>> record_ids("claim", ['{"says":"x"}']) == [record_id("claim", {"says": "x"})]
    True
    """
    sha256 = hashlib.sha256
    return [f"{kind}:{sha256(one.encode()).hexdigest()[:_DIGITS]}" for one in written]


def register_id(kind: str, name: str) -> str:
    """Name a register entry by a readable slug of its preferred name or by its code.

    Args:
        kind: Lower-case word such as ``substance`` or ``territory``.
        name: Preferred name, or an ISO code in capitals, which is kept as it is.

    Returns:
        ``kind:`` and the slug or code.

    Raises:
        BadInput: Nothing of the name is left after slugging.

    >>> register_id("substance", "4-Fluoroisobutyryl fentanyl")
    'substance:4-fluoroisobutyryl-fentanyl'
    >>> register_id("territory", "US-CT")
    'territory:US-CT'
    """
    code = re.fullmatch(r"[A-Z]{2,3}(-[A-Z0-9]{1,3})?", name)
    slug = name if code else slugify(name)
    if not _KIND.fullmatch(kind) or not slug:
        raise BadInput(f"{kind!r}, {name!r} cannot name a register entry", do="give a word or code")
    return f"{kind}:{slug}"


# Letters that Unicode does not take apart into a plain one and its accent.
_WHOLE_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def slugify(name: str) -> str:
    """Give a lower-case ASCII slug of a name: accents dropped, the rest joined by hyphens.

    >>> slugify("Côte d'Ivoire"), slugify("Norges Røde Kors")
    ('cote-d-ivoire', 'norges-rode-kors')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_WHOLE_LETTERS))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def kind_of(identifier: str) -> str:
    """Give the kind of an identifier, refusing what is not one.

    >>> kind_of("claim:0123456789abcdef")
    'claim'
    """
    found = _RECORD.fullmatch(identifier) or _REGISTER.fullmatch(identifier)
    if found is None:
        raise BadInput(
            f"{identifier!r} is not an identifier",
            do="identifiers look like claim:0123456789abcdef or substance:xylazine",
        )
    return found.group(1)

"""Reading JSON that a stranger gave: exactly these fields of these types, or it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

_HEX = re.compile(r"[0-9a-f]{64}")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class Refused(Exception):
    """A part of a file is not what it should be; the message names the field."""


def exactly(content: object, what: str, shape: Mapping[str, tuple[type, ...]]) -> dict[str, Any]:
    """Give an object that has exactly the fields of a shape.

    Args:
        content: JSON values.
        what: What it is, for the message.
        shape: Field -> the types allowed; True and False are no numbers.

    Raises:
        Refused: A field is missing, unknown or of another type.
    """
    if not isinstance(content, dict):
        raise Refused(f"{what}: it is not an object")
    missing = sorted(set(shape) - set(content))
    unknown = sorted(set(content) - set(shape))
    if missing or unknown:
        raise Refused(f"{what}: {', '.join(missing + unknown)}: missing or unknown field")
    for name, types in shape.items():
        value = content[name]
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise Refused(f"{what}: {name} is {type(value).__name__}, which it may not be")
    return content


def hex_bytes(text: str, name: str) -> bytes:
    """Read 32 bytes from 64 lower-case hex digits."""
    if not _HEX.fullmatch(text):
        raise Refused(f"{name}: it is not 64 lower-case hex digits")
    return bytes.fromhex(text)


def moment(text: str, name: str) -> datetime:
    """Read a moment in UTC, to the second, in the one form in which it is written."""
    try:
        found = datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    except ValueError as error:
        raise Refused(f"{name}: {text!r} is no moment like 2026-11-24T09:30:00Z") from error
    if moment_text(found) != text:
        raise Refused(f"{name}: {text!r} is not written as 2026-11-24T09:30:00Z")
    return found


def moment_text(when: datetime) -> str:
    """Write a moment in UTC, to the second."""
    return when.astimezone(UTC).strftime(_MOMENT)


def day(text: str, name: str) -> date:
    """Read a day written as 2026-11-24."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"{name}: {text!r} is no day like 2026-11-24") from error
    if found.isoformat() != text:
        raise Refused(f"{name}: {text!r} is not written as 2026-11-24")
    return found

"""The quick way to canonical JSON, for content whose plain JSON is canonical already.

``rfc8785`` writes every value in Python; the interpreter's own writer is ten times as fast and
gives the same bytes for almost everything a record holds. What it would write otherwise (a number
with an exponent, a key beyond ASCII, a type of somebody's own) is recognised here and left to
``rfc8785``. A property test holds the two equal.
"""

from __future__ import annotations

from json import JSONEncoder
from typing import Any, Final

_AS_IT_IS: Final = frozenset({str, bool, type(None)})
_EXACT: Final = 2**53  # integers from here on are not exact in every reader of JSON
_PLAIN: Final = (1e-4, 1e16)  # between these Python writes a float as ECMAScript does
_ENCODER: Final = JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


class _OutOfTheOrdinary(Exception):
    """The content holds something whose plain JSON may not be canonical."""


def plainly_written(content: Any) -> bytes | None:
    """Write content as canonical JSON where that is what plain JSON is, else give None.

    Args:
        content: JSON values.

    Raises:
        UnicodeEncodeError: A text holds half a character, which no JSON may.

    >>> plainly_written({"b": 1.0, "a": [None, "x"]})
    b'{"a":[null,"x"],"b":1}'
    >>> plainly_written(1e-9) is None
    True
    """
    try:
        ordinary = _ordinary(content)
    except _OutOfTheOrdinary:
        return None
    return _ENCODER.encode(ordinary).encode()


def _ordinary(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is int and -_EXACT < value < _EXACT:
        return value
    if kind is float:
        return _number(value)
    if kind is list or kind is tuple:
        return [one if type(one) in _AS_IT_IS else _ordinary(one) for one in value]
    if kind is dict and all(type(key) is str and key.isascii() for key in value):
        return {
            key: one if type(one) in _AS_IT_IS else _ordinary(one) for key, one in value.items()
        }
    raise _OutOfTheOrdinary


def _number(value: float) -> float | int:
    if value.is_integer() and -_EXACT < value < _EXACT:
        return int(value)
    if _PLAIN[0] <= abs(value) < _PLAIN[1]:
        return value
    raise _OutOfTheOrdinary

"""Numbers as text."""

from __future__ import annotations


def number_text(number: float) -> str:
    """Give the shortest text that reads back as the same number; whole ones without a point.

    >>> number_text(3.0), number_text(0.1), number_text(1234567.0)
    ('3', '0.1', '1234567')
    """
    return str(int(number)) if number == int(number) and abs(number) < 2**53 else repr(number)

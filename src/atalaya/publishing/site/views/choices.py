"""Filters that need no script: each value is a page of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter.

    Args:
        key: Key of the page that shows what has it.
        title: Its name in the page's language.
        count: How many have it.
    """

    key: str
    title: str
    count: int

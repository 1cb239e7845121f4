"""What changed in followed pages, the newest first, of every source or of one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.visits import Visit

TABLE = "page_changes"
_MOST = 200  # versions on one page; the table of the release has them all
_NO_CONTENT = frozenset(("aside", "more", "withheld", "unread"))


@dataclass(frozen=True, slots=True)
class Told:
    """One change of content.

    Args:
        row: Its row in the table.
        words: For a change, its words in order: ``keep``, ``del`` or ``ins``, and the text.
    """

    row: Row
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A version of a page that differs from the one before it.

    Args:
        source: Slug of its source.
        title: Name of its source.
        address: Address of the page.
        tongue: Language of the page, as the source declares it, or empty.
        before: When the older version was captured.
        after: When the newer version was captured.
        told: Its changes of content.
        others: Rows that say what is not told: how many differences are no content, how many
            changes are not listed, and why nothing may be said or could be compared.
    """

    source: str
    title: str
    address: str
    tongue: str
    before: str
    after: str
    told: tuple[Told, ...]
    others: tuple[Row, ...]

    @property
    def day(self) -> str:
        """The day on which the newer version was captured."""
        return self.after[:10]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """The page of changes.

    Args:
        source: Slug of the only source shown, or empty for all.
        title: Its name, or empty.
        days: Versions by day, the newest first.
        total: How many versions differ, shown or not.
        shown: How many are shown.
    """

    source: str
    title: str
    days: tuple[tuple[Changed, ...], ...]
    total: int
    shown: int


def changes(edition: Edition, visit: Visit, key: str) -> ChangesView:
    """Build the page of changes, of all sources or of the one that the key names.

    Raises:
        WrongUse: No page of that source changed.
    """
    titles = _titles(edition, visit)
    rows = [row for row in _rows(edition) if not key or row["source"] == key]
    if key and not rows:
        raise WrongUse(
            sentence("no change of a page of {source!r} is known", source=key),
            do=sentence("the page of changes lists those of every source"),
        )
    tongues = {row["address"]: row.get("language") or "" for row in _optional(edition, "documents")}
    found = [_version(list(group), titles, tongues) for _, group in groupby(rows, key=_between)]
    newest = sorted(found, key=lambda one: one.after, reverse=True)[:_MOST]
    days = tuple(tuple(group) for _, group in groupby(newest, key=lambda one: one.day))
    return ChangesView(key, titles.get(key, ""), days, len(found), len(newest))


def keys(edition: Edition) -> tuple[str, ...]:
    """Give the source of every change, each once."""
    return tuple(sorted({row["source"] for row in _rows(edition)}))


def _rows(edition: Edition) -> list[Row]:
    return _optional(edition, TABLE)


def _optional(edition: Edition, table: str) -> list[Row]:
    """Give the rows of a table; none where an older release has no such table."""
    return edition.rows(table) if table in edition.release.tables else []


def _titles(edition: Edition, visit: Visit) -> dict[str, str]:
    column = "title_es" if language(visit.language).code == "es" else "title"
    return {row["source"]: str(row[column]) for row in edition.rows("sources")}


def _between(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("to_at", "source", "address", "from_at"))


def _version(rows: Sequence[Row], titles: dict[str, str], tongues: dict[str, str]) -> Changed:
    first = rows[0]
    return Changed(
        source=first["source"],
        title=titles.get(str(first["source"]), str(first["source"])),
        address=first["address"],
        tongue=tongues.get(first["address"], ""),
        before=first["from_at"],
        after=first["to_at"],
        told=tuple(Told(row, _words(row)) for row in rows if row["kind"] not in _NO_CONTENT),
        others=tuple(row for row in rows if row["kind"] in _NO_CONTENT),
    )


def _words(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((op, text) for op, text in json.loads(row["words"] or "[]"))

"""Stories, texts and candidates as a release has them, indexed once for every page.

Only this module knows the columns of ``stories``, ``texts`` and ``candidates``. A release from
before these tables knows none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Row, grouped

_TAKEN_OUT: Final = re.compile(r"([a-z][a-z -]*?)[ :]+(\d+)")
NOWHERE: Final = "unknown"  # the key of stories whose place nobody could tell


@dataclass(frozen=True, slots=True)
class Stories:
    """Everything that open sources told, as far as a release has it.

    Args:
        rows: Stories, the newest first.
        texts: Story -> its texts, in order of publication.
        texts_read: How many texts were read, about drugs or not.
        read: Month -> how many texts were published in it and read.
        withheld: Why something was taken out of a text -> how often, over all texts.
        sources: Slug -> its row in the table of sources.
        candidates: Names that look like new substances, the newest first.
        tongues: Document -> code of its language.
        by_key: Key of a story's page -> the story, the newest first.
    """

    rows: tuple[Row, ...]
    texts: Mapping[str, Sequence[Row]]
    texts_read: int
    read: Mapping[str, int]
    withheld: Mapping[str, int]
    sources: Mapping[str, Row]
    candidates: tuple[Row, ...]
    tongues: Mapping[str, str]
    by_key: Mapping[str, Row]


@lru_cache(maxsize=4)  # as many editions as a site shows at once
def stories_of(edition: Edition) -> Stories:
    """Index what a release tells of open sources."""
    texts = sorted(_optional(edition, "texts"), key=_when)
    taken: Counter[str] = Counter()
    for text in texts:
        taken.update(taken_out(text["withheld"]))
    rows = tuple(sorted(_optional(edition, "stories"), key=_newest, reverse=True))
    return Stories(
        rows=rows,
        texts=grouped([text for text in texts if text["relevant"]], "story"),
        texts_read=len(texts),
        read=Counter(text["published"][:7] for text in texts if text["published"]),
        withheld=dict(taken.most_common()),
        sources={row["source"]: row for row in edition.rows("sources")},
        candidates=tuple(_optional(edition, "candidates")),
        tongues={text["id"]: text["language"] for text in texts},
        by_key={key_of(row["id"]): row for row in rows},
    )


@lru_cache(maxsize=4)
def _claims(edition: Edition) -> dict[str, Row]:
    return {row["id"]: row for row in edition.rows("claims")}


def claims_of(edition: Edition, row: Row) -> tuple[Row, ...]:
    """Give the claims that a row of these tables rests on, in its order."""
    known = _claims(edition)
    return tuple(known[one] for one in listed(row["claims"]) if one in known)


def listed(cell: str | None) -> tuple[str, ...]:
    """Give the parts of a list as a release writes it: identifiers with spaces between."""
    return tuple((cell or "").split())


def taken_out(cell: str | None) -> dict[str, int]:
    """Read what was taken out of a text, and how often.

    >>> taken_out("name 2, address 1")
    {'name': 2, 'address': 1}
    """
    return {why: int(times) for why, times in _TAKEN_OUT.findall(cell or "")}


def key_of(identifier: str) -> str:
    """Give the part of an identifier that stands in addresses."""
    return identifier.partition(":")[2] or identifier


def country_of(edition: Edition, territory: str | None) -> str:
    """Give the country that a place is or lies in, or ``NOWHERE``."""
    if not territory:
        return NOWHERE
    return edition.names.place(territory).part_of or territory


def _optional(edition: Edition, table: str) -> list[Row]:
    return edition.rows(table) if table in edition.release.tables else []


def _when(text: Row) -> tuple[str, str]:
    return text["published"] or text["read_on"], text["id"]


def _newest(story: Row) -> tuple[str, str]:
    return story["last_day"] or "", story["id"]

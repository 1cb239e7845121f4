"""What a reader's text is held beside: the sessions and the published figures of an edition."""

from __future__ import annotations

from functools import lru_cache

from atalaya.promises.claims import Record, held
from atalaya.publishing.site.edition import Edition


@lru_cache(maxsize=1)  # the shelf holds one edition, and reading its tables takes a second
def record_of(edition: Edition) -> Record:
    """Give the record of an edition; hidden counts are hidden in it, for it is what is published.

    Args:
        edition: The release as pages read it.
    """
    claims, series, sources = map(edition.release.table, ("claims", "series", "sources"))
    return Record(edition.sessions, held(claims, series, sources))

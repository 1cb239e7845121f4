"""What is known of listings before they are asked: captures, refusals, and which were ended."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from atalaya.evidence.durable import write_file
from atalaya.evidence.listings import Listed
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.listings import Listing
from atalaya.model.records import DATED, Capture
from atalaya.pipeline.failures import Failure

_FILE = "listings.json"
_SCHEMA = 1
_ASKED_AGAIN = timedelta(days=7)  # after which an item that was refused is asked once more


def dated(item: Listed) -> str:
    """Print when an item was put out, or nothing where its listing does not say."""
    return item.dated.strftime(DATED) if item.dated else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known.

    Args:
        captures: Source and address -> the newest capture.
        versions: Source, address and date of every version of a file that is kept.
        refused: Source and address -> when it last failed for good.
        ended: Source and address of the listings whose last visit left nothing to ask.
    """

    captures: Mapping[tuple[str, str], Capture]
    versions: frozenset[tuple[str, str, str]] = frozenset()
    refused: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    ended: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(
        cls,
        captures: Iterable[Capture],
        failures: Iterable[Failure],
        ended: frozenset[tuple[str, str]],
    ) -> Known:
        """Gather it from the archive and the log."""
        newest: dict[tuple[str, str], Capture] = {}
        versions: set[tuple[str, str, str]] = set()
        for one in captures:
            if not one.made_from:
                newest[one.source, one.address] = one
            versions.add((one.source, one.address, one.dated))
        refused = {(one.source, one.address): one.since for one in failures if not one.later}
        return cls(newest, frozenset(versions), refused, ended)

    def wants(
        self, said: SourceDeclaration, listing: Listing, item: Listed, name: str, now: datetime
    ) -> bool:
        """Whether an item is to be asked for: it is new, or changed since it was captured.

        Args:
            said: Its source.
            listing: What names it.
            item: The item.
            name: The address under which it is kept.
            now: The present moment, UTC.
        """
        if listing.kind == "versions":
            return bool(item.dated) and (said.slug, listing.file, dated(item)) not in self.versions
        refused = self.refused.get((said.slug, name))
        capture = self.captures.get((said.slug, name))
        if capture is not None:
            return item.changed is not None and item.changed > capture.fetched_at
        if refused is None or now - refused > _ASKED_AGAIN:
            return True
        return item.changed is not None and item.changed > refused


class Ended:
    """Which listings were followed to their end, kept in ``tables/``; without it all are asked.

    Args:
        folder: ``tables/``.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self.listings: set[tuple[str, str]] = set(self._load())

    def note(self, source: str, address: str, *, whole: bool) -> None:
        """Note whether a visit left nothing to ask."""
        before = set(self.listings)
        (self.listings.add if whole else self.listings.discard)((source, address))
        if self.listings != before:
            said = {"schema": _SCHEMA, "ended": sorted(self.listings)}
            write_file(self._path, json.dumps(said, indent=1).encode())

    def _load(self) -> list[tuple[str, str]]:
        try:
            said = json.loads(self._path.read_bytes())
            known = isinstance(said, dict) and said.get("schema") == _SCHEMA
            return [(source, address) for source, address in said["ended"]] if known else []
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return []  # a cache that cannot be read only means that all listings are asked in full

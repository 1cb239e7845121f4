"""On which days sources were asked, as the log remembers it: once a day, or when it goes otherwise.

Archives hold what was published, each thing once; without this nobody could tell a source that is
quiet from one that nobody asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from atalaya.evidence.log import Log
from atalaya.findings.source_health import Kept, Visited
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.identifiers import canonical_json
from atalaya.model.records import Capture

_VISIT = "visit"


def log_visits(
    declarations: Sequence[SourceDeclaration],
    asked: Mapping[str, int],
    failed: Mapping[str, int],
    log: Log,
    now: datetime,
) -> None:
    """Log that sources were asked, unless the log has it of today.

    Args:
        declarations: The sources; those that ship with the software are not asked anything.
        asked: Slug -> addresses asked in this run.
        failed: Slug -> how many of them gave nothing.
        log: The log.
        now: The present moment, UTC.
    """
    known = visits_in(log.reader().entries())
    leaves: list[dict[str, Any]] = []
    for one in declarations:
        if all(address.startswith("package:") for address in one.asked):
            continue
        today = Visited(now.date(), asked.get(one.slug, 0), failed.get(one.slug, 0))
        before = known.get(one.slug, [])[-1:]
        if any(_says_the_same(last, today) for last in before):
            continue
        leaves.append(
            {
                "type": _VISIT,
                "source": one.slug,
                "day": today.day.isoformat(),
                "asked": today.asked,
                "failed": today.failed,
            }
        )
    if leaves:
        log.append([canonical_json(leaf) for leaf in leaves])


def _says_the_same(last: Visited, today: Visited) -> bool:
    return last.day == today.day and (last.failed > 0) == (today.failed > 0)


def visits_in(entries: Iterable[bytes]) -> dict[str, list[Visited]]:
    """Give the days on which each source was asked, in order; of one day the last word counts.

    Args:
        entries: The entries of the log, in order.
    """
    found: dict[str, dict[date, Visited]] = {}
    for entry in entries:
        said = json.loads(entry)
        if isinstance(said, dict) and said.get("type") == _VISIT:
            day = date.fromisoformat(said["day"])
            visited = Visited(day, said["asked"], said["failed"])
            found.setdefault(said["source"], {})[day] = visited
    return {slug: [days[day] for day in sorted(days)] for slug, days in found.items()}


def kept_documents(captures: Iterable[Capture]) -> dict[str, list[Kept]]:
    """Give the documents of each source, each version of one counted.

    Pages of listings are none, and what intake left of an original is counted with it.
    """
    found: dict[str, list[Kept]] = {}
    for one in captures:
        if not one.lists and not one.made_from:
            kept = Kept(one.known_at.date(), one.fetched_at.date(), bool(one.listing))
            found.setdefault(one.source, []).append(kept)
    return found

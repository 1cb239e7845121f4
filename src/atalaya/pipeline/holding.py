"""Is everything that the log says was captured still in the archive?"""

from __future__ import annotations

import json
from collections.abc import Iterable

from atalaya.model.errors import Place, StopEverything
from atalaya.model.identifiers import canonical_json
from atalaya.model.records import Capture

_NAMED = 3  # an error names a few; `verify` names each


def refuse_lost(captures: Iterable[Capture], entries: Iterable[bytes]) -> None:
    """Refuse to go on where the log holds captures whose bytes are gone.

    Asked before anything is fetched: what an address gives today would stand in the place of what
    was lost, under tables that look the same, and nobody would see that the proof is gone.

    Args:
        captures: All captures in the archive.
        entries: The entries of the log, in order.

    Raises:
        StopEverything: Captures are missing; how many, and the first of them.
    """
    held = {canonical_json(one.leaf()) for one in captures}
    lost = [said for entry in entries if entry not in held and (said := _capture(entry))]
    if not lost:
        return
    named = ", ".join(f"{one['address']} of {one['fetched_at']}" for one in lost[:_NAMED])
    more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
    raise StopEverything(
        f"the log holds {len(lost)} captures whose bytes are gone: {named}{more}",
        why="what was published rests on them; fetching again would hide that they are lost",
        do="restore evidence/ from a backup (`atalaya restore`); `atalaya verify` names each. "
        "Nothing was fetched and nothing published",
        where=Place("evidence"),
    )


def _capture(entry: bytes) -> dict[str, str] | None:
    said = json.loads(entry)
    return said if isinstance(said, dict) and said.get("type") == "capture" else None

"""Are the decisions on names those that people signed and the log holds, each once and in order?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from atalaya.findings.namings import NAMING, SignedNaming, proven
from atalaya.findings.reviewers import Reviewer
from atalaya.model.errors import BadInput, Place
from atalaya.model.identifiers import canonical_json


def waiting(taken: Sequence[SignedNaming], entries: Iterable[bytes]) -> list[bytes]:
    """Give what the log is still to hold, in order: a crash may have come between file and log."""
    held = set(_logged(entries).values())
    return [leaf for leaf in map(_leaf, taken) if leaf not in held]


def audit_namings(
    lines: Sequence[str],
    name: str,
    reviewers: Mapping[str, Reviewer],
    entries: Iterable[bytes],
) -> tuple[str, ...]:
    """Say everything that is wrong with the decisions on names, one sentence each.

    Args:
        lines: Lines of the file; none where it is gone.
        name: Name of the file.
        reviewers: Reviewers of the observatory by identifier.
        entries: Every entry of the log, in order.
    """
    problems: list[str] = []
    taken: list[tuple[int, bytes]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                taken.append((number, _leaf(proven(line, Place(name, number), reviewers))))
            except BadInput as error:
                problems.append(f"{name}, line {number}: {error.what}")
    return (*problems, *_against_log(taken, name, _logged(entries)))


def _leaf(one: SignedNaming) -> bytes:
    return canonical_json(one.leaf())


def _logged(entries: Iterable[bytes]) -> dict[int, bytes]:
    return {
        index: entry
        for index, entry in enumerate(entries)
        if json.loads(entry).get("type") == NAMING
    }


def _against_log(
    taken: Sequence[tuple[int, bytes]], name: str, logged: Mapping[int, bytes]
) -> Iterator[str]:
    """Compare the file with what was logged, both ways, and their order."""
    held = {leaf for _, leaf in taken}
    for index, entry in logged.items():
        if entry not in held:
            said = json.loads(entry)
            yield (
                f"entry {index} of the log, a decision on two names by {said['reviewer']} at "
                f"{said['decided_at']}, is not in {name}: it was removed or altered"
            )
    at = {entry: index for index, entry in sorted(logged.items(), reverse=True)}
    last = -1
    seen: set[bytes] = set()
    for number, leaf in taken:
        if leaf in seen:
            yield f"{name}, line {number}: it is there twice, and was decided once"
        elif at.get(leaf, last) < last:
            yield f"{name}, line {number}: it stands behind a line that was logged later"
        seen.add(leaf)
        last = max(last, at.get(leaf, last))

"""What a release was built from besides evidence and decisions: the declarations, by their meaning.

A comment or the order of keys decides nothing, so what is hashed is what a file says once it is
read, not its bytes. What it says where a default would say the same is left out: a key that a newer
version knows, and that the file does not use, changes nothing. Which defaults held is told by the
version of the software, which a release names too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.identifiers import canonical_json, sha256_hex
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.settings import Settings

_PUBLISHED = ("name", "languages")  # where it fetches and serves decides nothing that is published


def declared(
    settings: Settings,
    sources: Iterable[SourceDeclaration],
    monitors: Iterable[MonitorDeclaration],
) -> dict[str, str]:
    """Hash what each file declares.

    Args:
        settings: Of which only what is published counts.
        sources: The sources.
        monitors: The monitors.

    Returns:
        Path in the observatory -> SHA-256 of the meaning as canonical JSON, hex.
    """
    said = settings.model_dump(mode="json", include=set(_PUBLISHED))
    found = {"observatory.toml": sha256_hex(canonical_json(said))}
    found |= {f"sources/{one.slug}/source.toml": _meaning(one) for one in sources}
    found |= {f"monitors/{one.slug}.toml": _meaning(one) for one in monitors}
    return found


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Say which files declare something else than they did, one sentence each.

    >>> list(changes({"a.toml": "1", "b.toml": "1"}, {"b.toml": "2", "c.toml": "1"}))
    ['a.toml is gone', 'b.toml says something else', 'c.toml is new']
    """
    for path in sorted({*before, *now}):
        if path not in now:
            yield f"{path} is gone"
        elif path not in before:
            yield f"{path} is new"
        elif before[path] != now[path]:
            yield f"{path} says something else"


def _meaning(one: BaseModel) -> str:
    return sha256_hex(
        canonical_json(one.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    )

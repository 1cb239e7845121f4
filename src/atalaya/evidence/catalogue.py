"""The catalogue: real public sources, declared, none of which is fetched until somebody takes it.

They lie in ``atalaya/starter/catalogue/<slug>/source.toml``, in a folder or inside a wheel.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from atalaya.evidence.durable import write_file
from atalaya.evidence.sources import FILE, load_sources
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import WrongUse

_FOLDER = files("atalaya").joinpath("starter", "catalogue")


@cache  # what ships does not change while a program runs
def load_catalogue() -> tuple[SourceDeclaration, ...]:
    """Read every source of the catalogue.

    Returns:
        The declarations, ordered by slug; each has its ``catalogue`` entry.
    """
    with as_file(_FOLDER) as folder:
        return load_sources(folder)


def add_source(slug: str, sources: Path) -> Path:
    """Copy a source of the catalogue into an observatory's folder of sources.

    Args:
        slug: The source's slug.
        sources: The folder that holds one folder a source.

    Returns:
        The file written.

    Raises:
        WrongUse: The catalogue has no such source, or the observatory has one of that name.
        TryLater: The disk refuses; nothing is left half written.
    """
    known = [one.slug for one in load_catalogue()]
    if slug not in known:
        near = get_close_matches(slug, known, n=1)
        raise WrongUse(
            f"the catalogue has no source {slug!r}",
            near=near[0] if near else None,
            do="`atalaya list sources --catalogue` names them all",
        )
    if (sources / slug).exists():
        raise WrongUse(
            f"{sources / slug} exists; a source is never written over another",
            do="edit the one there, or move it away first",
        )
    target = sources / slug / FILE
    write_file(target, _FOLDER.joinpath(slug, FILE).read_bytes())
    return target

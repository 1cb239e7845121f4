"""What ``atalaya list`` shows: the names other commands take, each with what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from atalaya.cli import configuration
from atalaya.cli.catalogue import rows as of_catalogue
from atalaya.model.errors import WrongUse

Row = dict[str, Any]


def rows(what: str, folder: Path | None, *, catalogue: bool = False) -> Iterator[Row]:
    """Give the rows of one list.

    Args:
        what: Which list.
        folder: The observatory, for lists of one.
        catalogue: For sources, those of the catalogue; no observatory is needed.

    Raises:
        WrongUse: There is no such list, or another than of sources has no catalogue.
    """
    if catalogue and what != "sources":
        raise WrongUse(
            f"{what} have no catalogue", do="`atalaya list sources --catalogue` is the one"
        )
    lists: dict[str, Callable[[], Iterator[Row]]] = {
        "detectors": _detectors,
        "sources": of_catalogue if catalogue else lambda: _sources(folder),
        "monitors": lambda: _monitors(folder),
        "substances": _substances,
        "territories": _territories,
        "originals": lambda: _originals(folder),
    }
    if what not in lists:
        near = get_close_matches(what, lists, n=1)
        raise WrongUse(
            f"there is no list {what!r}", near=near[0] if near else None, do=", ".join(lists)
        )
    return lists[what]()


def _detectors() -> Iterator[Row]:
    from atalaya import detection

    for one in detection.available():
        yield {
            "name": one.name,
            "title": one.title,
            "recommended": detection.recommended_for(one.name) or "no: another one is better",
            "suits": one.suits,
            "source": one.source,
        }


def _sources(folder: Path | None) -> Iterator[Row]:
    from atalaya.evidence.sources import load_sources

    for one in load_sources(configuration.observatory(folder).sources):
        yield {
            "slug": one.slug,
            "title": one.title.en,
            "publisher": one.publisher,
            "licence": one.licence.name,
            "redistribute": one.licence.redistribute,
            "as_of": one.as_of.isoformat(),
        }


def _monitors(folder: Path | None) -> Iterator[Row]:
    from atalaya.pipeline.monitoring import load_monitors

    for one in load_monitors(configuration.observatory(folder).monitors):
        yield {
            "slug": one.slug,
            "title": one.title.en,
            "detector": one.detector,
            "dated": one.dated.isoformat(),
            "because": one.because,
        }


def _substances() -> Iterator[Row]:
    from atalaya.registers import substances

    for one in substances.load().entries:
        yield {
            "id": one.id,
            "name": one.name,
            "family": one.family,
            "cas": one.cas.value if one.cas else None,
        }


def _territories() -> Iterator[Row]:
    from atalaya.registers import territories

    for one in territories.load().entries:
        yield {"id": one.id, "name": one.name}


def _originals(folder: Path | None) -> Iterator[Row]:
    from atalaya.cli.originals import keeper
    from atalaya.pipeline.originals import listed

    yield from listed(keeper(folder))

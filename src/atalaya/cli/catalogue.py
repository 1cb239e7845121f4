"""The catalogue of sources: what it lists, and taking one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from atalaya.cli import configuration, console

Dir = Annotated[Path | None, typer.Argument(help="The observatory's folder.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(add_source)


def add_source(
    slug: Annotated[str, typer.Argument(help="`atalaya list sources --catalogue` names them.")],
    dir: Dir = None,  # noqa: A002
) -> None:
    """Take a source of the catalogue into an observatory; the next run fetches it."""
    from atalaya.evidence import catalogue

    folder = configuration.observatory(dir)
    written = catalogue.add_source(slug, folder.sources)
    console.say(
        f"wrote {written}: read it, its address and terms above all",
        f"next: atalaya run {folder.root}",
    )


def rows() -> Iterator[dict[str, Any]]:
    """Give the sources of the catalogue, with how many facts of each are verified."""
    from atalaya.evidence.catalogue import load_catalogue
    from atalaya.model.catalogued import FACTS

    for one in load_catalogue():
        if one.catalogue is None:
            continue
        yield {
            "slug": one.slug,
            "title": one.title.en,
            "group": one.catalogue.group,
            "official": one.catalogue.official,
            "publisher": one.publisher,
            "territory": one.territory,
            "language": one.language,
            "cadence": one.cadence,
            "licence": one.licence.name,
            "redistribute": one.licence.redistribute,
            "verified": len(one.catalogue.verified),
            "facts": len(FACTS),
        }

"""A publisher on this machine whose pages an observatory follows, beside a laboratory's counts."""

from collections.abc import Mapping
from pathlib import Path

from tests.material.commands import atalaya
from tests.material.declarations import declare
from tests.material.laboratory import counts_of, laboratory
from tests.material.loopback_server import Exchange, Loopback, Route

_PAGES = """\
schema = 1
slug = "{slug}"
title = {{en = "A body's pages", es = "Páginas de un organismo"}}
publisher = "A body"
homepage = "https://body.example/"
language = "en"
cadence = "daily"
about_people = {people}
private_persons = false
as_of = 2026-03-01
retrieved = "2026-03-01"
[licence]
name = "{licence}"
redistribute = {redistribute}
attribution = "A body"
"""
_FETCH = '[[fetch]]\naddress = "{address}"\nmedia_type = "{media_type}"\n'
COUNTS = b"month,substance,count\n2026-01,cocaine,40\n2026-02,cocaine,44\n"


class Publisher:
    """Pages that a test changes between two runs.

    Args:
        pages: Path -> media type and bytes.
    """

    def __init__(self, pages: Mapping[str, tuple[str, bytes]]) -> None:
        self.pages = {"/counts.csv": ("text/csv", COUNTS), **pages}

    def routes(self) -> dict[str, Route]:
        """Give the routes that answer with a page as it is now."""
        return dict.fromkeys(self.pages, self._answer)

    def _answer(self, exchange: Exchange) -> None:
        media_type, body = self.pages[exchange.path]
        exchange.reply(200, body, Content_Type=media_type)

    def says(self, path: str, body: bytes) -> None:
        """Let a page say something else from now on."""
        self.pages[path] = (self.pages[path][0], body)


def follow(
    sources: Path,
    server: Loopback,
    pages: Mapping[str, str],
    slug: str = "body",
    *,
    people: bool = False,
    redistribute: bool = True,
) -> None:
    """Declare a source that follows pages of a server: path -> media type."""
    said = _PAGES.format(
        slug=slug,
        people=str(people).lower(),
        licence="CC0" if redistribute else "All rights reserved",
        redistribute=str(redistribute).lower(),
    )
    for path, media_type in pages.items():
        said += _FETCH.format(address=f"{server.home}{path}", media_type=media_type)
    declare(sources, said, slug)


def observatory(parent: Path, server: Loopback) -> Path:
    """Make an empty observatory that counts what the server's laboratory found."""
    assert atalaya("init", "--empty", "observatory", cwd=parent).code == 0
    folder = parent / "observatory"
    settings = folder / "observatory.toml"
    settings.write_text(settings.read_text().replace("pause_seconds = 1.0", "pause_seconds = 0.0"))
    file = laboratory(folder.joinpath("sources"), table=counts_of("ARG", tested=False))
    said = file.read_text("utf-8").replace(
        "https://lab.example/counts.csv", f"{server.home}/counts.csv"
    )
    file.write_text(said, "utf-8")
    return folder


def ran(folder: Path) -> str:
    """Run the observatory once; give what it said."""
    done = atalaya("run", "--no-serve", cwd=folder.parent)
    assert done.code == 0, done.err
    return done.err

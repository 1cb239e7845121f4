"""The static copy: every page as a file, to be put on any host or opened from a folder.

The first page has a copy for each year; every other page has its latest. What would only repeat the
tables beside it has no page here: a series (its chart and table are on the page of its signal), and
a country of which nothing is known but that nothing is known. The served site has every page at
every date, and the script that makes charts answer the pointer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from atalaya.model.errors import WrongUse
from atalaya.model.periods import Period
from atalaya.publishing.site.assets import NAMES, VEGA, asset
from atalaya.publishing.site.drawing import Drawings
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import LANGUAGES
from atalaya.publishing.site.links import StaticLinks, why_folder
from atalaya.publishing.site.pages import PAGES, keys_of
from atalaya.publishing.site.rendering import Shown, Site, forms
from atalaya.publishing.site.viewing import Names, ReleaseView
from atalaya.publishing.site.views import stories
from atalaya.publishing.site.views.series import series_path
from atalaya.publishing.site.views.why import Explain
from atalaya.publishing.site.visits import Visit, parse_as_of

NO_FEEDS: Final[Mapping[str, bytes]] = {}
DATED: Final = frozenset({""})
_SCRIPTLESS: Final = tuple(name for name in NAMES if name != VEGA)


def write_pages(
    release: ReleaseView,
    folder: Path,
    name: str,
    names: Names,
    explain: Explain,
    feeds: Mapping[str, bytes] = NO_FEEDS,
) -> int:
    """Write the static copy of a release.

    Args:
        release: The release, its tables already in place.
        folder: The folder that becomes the site.
        name: Name of the observatory.
        names: Names from the registers.
        explain: Makes the tree of a cell.
        feeds: Feeds of alerts as they stand on the day of the copy: file -> content.

    Returns:
        How many files were written.
    """
    copy = _Copy(Site(Edition(release, names), name, explain, Drawings()), release, feeds)
    files = 0
    for path, content in copy.files():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        files += 1
    return files


class _Copy:
    """One static copy of a site.

    Args:
        site: The pages.
        release: Says on which day it was built.
        feeds: Feeds of alerts: file -> content.
    """

    def __init__(self, site: Site, release: ReleaseView, feeds: Mapping[str, bytes]) -> None:
        self._site, self._feeds = site, feeds
        self._today = date.fromisoformat(release.manifest["built"])
        first_screen = site.show("", Visit("en", StaticLinks("en", ""), self._today)).view
        cards = (*first_screen.live, *first_screen.replay)
        self._trees = {card.reference: site.explain(card.reference) for card in cards}
        self._left_out = _left_out(site.edition)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Give every file of the copy: path and content."""
        for name in _SCRIPTLESS:
            yield f"assets/{name}", asset(name)
        yield from self._feeds.items()
        yield "index.html", self._site.fill("choose.html", self._visit("en", "")).encode()
        for code in LANGUAGES:
            for page in PAGES:
                paths = (page.at(key) for key in keys_of(page, self._site.edition))
                for path in paths:
                    if path not in self._left_out:
                        yield from self._page(path, self._visit(code, path))
            yield from self._dated(code)
            yield from self._tree_pages(code)

    def _dated(self, code: str) -> Iterator[tuple[str, bytes]]:
        first, last = self._site.edition.months
        for year in range(first.start.year, last.start.year + 1):
            yield from self._page("", self._visit(code, "", str(year)))

    def _tree_pages(self, code: str) -> Iterator[tuple[str, bytes]]:
        for reference in self._trees:
            path = f"why/{why_folder(reference)}"
            visit = replace(self._visit(code, path), query={"ref": reference})
            shown = self._site.show("why", replace(visit, query={}))
            view = replace(shown.view, reference=reference, tree=self._trees[reference])
            yield from self._written(replace(shown, path=path, view=view, visit=visit))

    def _page(self, path: str, visit: Visit) -> Iterator[tuple[str, bytes]]:
        yield from self._written(self._site.show(path, visit))

    def _written(self, shown: Shown) -> Iterator[tuple[str, bytes]]:
        links = shown.visit.links
        if not isinstance(links, StaticLinks):
            raise WrongUse("a static copy needs static links")
        yield f"{links.folder}/index.html", self._site.html(shown).encode()
        for form in forms(shown.page):
            yield f"{links.folder}/index.{form}", self._site.form(shown, form)

    def _visit(self, code: str, path: str, year: str | None = None) -> Visit:
        as_of: Period | None = parse_as_of(year or "", *self._site.edition.months)
        trees, feeds = frozenset(self._trees), frozenset(self._feeds)
        links = StaticLinks(code, path, year, DATED, trees, self._left_out, feeds)
        return Visit(code, links, self._today, as_of)


def _left_out(edition: Edition) -> frozenset[str]:
    """Paths of pages that a static copy does without."""
    known = edition.counts_by_place
    return frozenset(
        [f"series/{series_path(key)}" for key in edition.series]
        + [f"countries/{place.partition(':')[2]}" for place, (series, facts, _) in known.items()
           if not series and not facts]
        + list(stories.left_out(edition))
    )  # fmt: skip

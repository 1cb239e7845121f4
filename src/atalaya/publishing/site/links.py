"""Where pages, assets and files are: one way for the served site, one for the static copy."""

from __future__ import annotations

import posixpath
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode

_KEEP = "~:-._"


class Links(Protocol):
    """Makes the addresses a page needs; every address is local."""

    def page(self, path: str, *, language: str | None = None, as_of: str | None = "") -> str:
        """Address of a page by its path, such as ``signals/ab12``; empty is the first page.

        Args:
            path: Path without language.
            language: Another language than the page's own.
            as_of: Another date; None for the latest, empty for the page's own.
        """

    def twin(self) -> str:
        """Address of this page's JSON twin."""

    def form(self, form: str, path: str) -> str:
        """Address of a page in another form: ``json``, ``atom`` or ``ics``."""

    def asset(self, name: str) -> str:
        """Address of a style sheet or script."""

    def download(self, path: str) -> str:
        """Address of a file of the release, such as ``data/signals.csv``."""

    def feed(self, name: str) -> str:
        """Address of a feed of alerts, such as ``all``; empty where none is written."""

    def why(self, reference: str) -> str:
        """Address of the page that shows where a figure comes from; empty where none is written."""

    def has(self, path: str) -> bool:
        """Whether a page of that path exists here."""

    @property
    def served(self) -> bool:
        """Whether a server answers (forms work, every date can be asked for)."""


@dataclass(frozen=True, slots=True)
class ServedLinks:
    """Addresses of the served site: ``/en/signals?as_of=2019-06``.

    Args:
        language: The page's language.
        path: The page's path.
        as_of: The page's date, or None for the latest.
        query: Other query fields of the page, kept in its twin and its dial.
    """

    language: str
    path: str
    as_of: str | None = None
    query: tuple[tuple[str, str], ...] = ()

    @property
    def served(self) -> bool:
        """Whether a server answers: yes."""
        return True

    def has(self, _path: str) -> bool:
        """See ``Links.has``: a server answers for every page."""
        return True

    def page(self, path: str, *, language: str | None = None, as_of: str | None = "") -> str:
        """See ``Links.page``."""
        day = self.as_of if as_of == "" else as_of
        here = self.query if path == self.path else ()
        fields = [*here, *([("as_of", day)] if day else [])]
        asked = f"?{urlencode(fields)}" if fields else ""
        return f"/{language or self.language}/{quote(path, safe='/' + _KEEP)}{asked}"

    def twin(self) -> str:
        """See ``Links.twin``."""
        return self.form("json", self.path)

    def form(self, form: str, path: str) -> str:
        """See ``Links.form``."""
        page, asked, fields = self.page(path).partition("?")
        return f"{page}{'index' if page.endswith('/') else ''}.{form}{asked}{fields}"

    def asset(self, name: str) -> str:
        """See ``Links.asset``."""
        return f"/assets/{name}"

    def download(self, path: str) -> str:
        """See ``Links.download``."""
        return f"/release/{quote(path)}"

    def feed(self, name: str) -> str:
        """See ``Links.feed``."""
        return f"/{feed_file(self.language, name)}"

    def why(self, reference: str) -> str:
        """See ``Links.why``."""
        return f"/{self.language}/why?{urlencode({'ref': reference})}"


@dataclass(frozen=True, slots=True)
class StaticLinks:
    """Addresses of the static copy, relative, so that it opens from any folder or host.

    Args:
        language: The page's language.
        path: The page's path.
        as_of: The page's year, or None for the latest.
        dated: Paths of which a copy exists for each year.
        references: Figures whose ``why`` page is written.
        left_out: Paths of pages that are not written.
        feeds: Files of feeds that are written.
    """

    language: str
    path: str
    as_of: str | None = None
    dated: AbstractSet[str] = frozenset()
    references: AbstractSet[str] = frozenset()
    left_out: AbstractSet[str] = frozenset()
    feeds: AbstractSet[str] = frozenset()

    @property
    def served(self) -> bool:
        """Whether a server answers: no."""
        return False

    def has(self, path: str) -> bool:
        """See ``Links.has``."""
        return path not in self.left_out

    @property
    def folder(self) -> str:
        """The page's own folder below ``site/``."""
        return self._folder(self.path, self.language, self.as_of)

    def page(self, path: str, *, language: str | None = None, as_of: str | None = "") -> str:
        """See ``Links.page``; where a page has no copy of a date, the first page's has."""
        if as_of and path not in self.dated:
            path = ""
        day = self.as_of if as_of == "" else as_of
        target = self._folder(path, language or self.language, day)
        return self._relative(posixpath.join(target, "index.html"))

    def twin(self) -> str:
        """See ``Links.twin``."""
        return "index.json"

    def form(self, form: str, path: str) -> str:
        """See ``Links.form``."""
        folder = self._folder(path, self.language, self.as_of)
        return self._relative(posixpath.join(folder, f"index.{form}"))

    def asset(self, name: str) -> str:
        """See ``Links.asset``."""
        return self._relative(f"assets/{name}")

    def download(self, path: str) -> str:
        """See ``Links.download``."""
        return f"../{self._relative(path)}"

    def feed(self, name: str) -> str:
        """See ``Links.feed``."""
        file = feed_file(self.language, name)
        return self._relative(file) if file in self.feeds else ""

    def why(self, reference: str) -> str:
        """See ``Links.why``."""
        if reference in self.references:
            return self.page(f"why/{why_folder(reference)}", as_of=None)
        return ""

    def _folder(self, path: str, language: str, as_of: str | None) -> str:
        dated = f"as-of/{as_of}" if as_of and path in self.dated else ""
        return posixpath.join(language, dated, path).rstrip("/")

    def _relative(self, target: str) -> str:
        up = "../" * (self.folder.count("/") + 1)
        return up + quote(target, safe="/" + _KEEP)


def feed_file(language: str, name: str) -> str:
    """Name the file of a feed below the site: ``feeds/en/all.atom``."""
    return f"feeds/{language}/{name}.atom"


def why_folder(reference: str) -> str:
    """Name a figure's folder: ``signals.csv:1:observed`` is ``signals.csv~1~observed``."""
    return reference.replace(":", "~")

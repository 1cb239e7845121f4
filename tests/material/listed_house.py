"""An observatory whose sources list their documents, and the server that it asks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.checking import check_captures
from atalaya.evidence.fetching import Fetcher
from atalaya.evidence.log import Log, SigningKey
from atalaya.evidence.sealing import Vault
from atalaya.evidence.sources import load_sources
from atalaya.model.records import Capture
from atalaya.model.settings import FetchingSettings, Folder
from atalaya.pipeline.collecting import Kept, collect
from atalaya.pipeline.failures import Failure, failures_in
from atalaya.pipeline.intake import Reads
from atalaya.pipeline.progress import Silent
from tests.material.clocks import StillClock
from tests.material.declarations import SOURCE
from tests.material.loopback_server import Loopback, Route

HEAD = SOURCE.split("[[fetch]]", maxsplit=1)[0].replace("true", "false", 1)
FREE_HEAD = """\
schema = 1
slug = "counts"
title = { en = "Samples", es = "Muestras" }
publisher = "A laboratory that does not exist"
homepage = "https://lab.example/"
language = "en"
cadence = "monthly"
about_people = false
as_of = 2026-10-31
retrieved = "2026-11"

[licence]
name = "CC0"
redistribute = true
attribution = "nobody"
"""
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAGE = b"<!doctype html><html><head><title>T</title></head><body><p>Words.</p></body></html>"


def html(body: bytes = PAGE) -> Route:
    """Answer with a page."""
    return lambda exchange: exchange.reply(200, body, Content_Type="text/html; charset=utf-8")


def rss(home: str, *paths: str, dated: str = "Tue, 24 Nov 2026 09:30:00 GMT") -> bytes:
    """Write a feed of pages."""
    items = "".join(
        f"<item><title>About {path}</title><link>{home}{path}</link><pubDate>{dated}</pubDate>"
        "</item>"
        for path in paths
    )
    return f'<rss version="2.0"><channel><title>N</title>{items}</channel></rss>'.encode()


def feed(*paths: str, **headers: str) -> Route:
    """Answer with a feed of pages of the same server."""

    def answer(exchange: Any) -> None:
        body = rss(exchange.server.home, *paths)
        exchange.reply(200, body, Content_Type="application/rss+xml", **headers)

    return answer


@dataclass
class ListedHouse:
    """An observatory of one or more sources with listings.

    Args:
        root: Its folder.
        server: What it asks.
    """

    root: Path
    server: Loopback
    reads: Reads | None = None
    now: datetime = NOW
    retries: int = 0
    _log: list[Log] = field(default_factory=list)

    def declare(self, slug: str, *listings: Mapping[str, Any], head: str = HEAD) -> None:
        """Declare a source; ``{home}`` in an address is the server's."""
        text = head.replace('slug = "counts"', f'slug = "{slug}"')
        for said in listings:
            text += "\n[[listing]]\n"
            for name, value in said.items():
                text += f"{name} = {_toml(value).replace('{home}', self.server.home)}\n"
        path = self.root / "sources" / slug / "source.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    @property
    def log(self) -> Log:
        """Its log, made when first asked for."""
        if not self._log:
            key = SigningKey.generate("test.example/log")
            self._log.append(Log.create(self.root / "log", key.name, key))
        return self._log[0]

    @property
    def store(self) -> CaptureStore:
        """Its archive, opened anew."""
        return CaptureStore(self.root / "evidence")

    @property
    def vault(self) -> Vault:
        """The keys of its originals."""
        return Vault(Folder(self.root).original_keys)

    def run(self, **settings: Any) -> list[str]:
        """Fetch once and give the paths that were asked of the server, robots.txt aside."""
        before = len(self.server.paths)
        said = {"timeout_seconds": 2.0, "retries": self.retries, "pause_seconds": 0.0} | settings
        with Fetcher(FetchingSettings.model_validate(said), StillClock(self.now)) as fetcher:
            declarations = load_sources(self.root / "sources")
            kept = Kept(self.store, self.log, self.reads)
            collect(declarations, fetcher, kept, Silent(), self.now)
        return [path for path in self.server.paths[before:] if path != "/robots.txt"]

    def captures(self, source: str = "") -> list[Capture]:
        """Give the documents that were captured, listings aside."""
        found = [one for one in self.store.all() if not one.lists]
        return [one for one in found if not source or one.source == source]

    def failures(self) -> tuple[Failure, ...]:
        """Give the failures that stand."""
        return failures_in(self.log.reader().entries())

    def problems(self) -> Sequence[object]:
        """Check evidence against log, as ``verify`` does."""
        return check_captures(self.root / "evidence", self.log.reader()).problems

    def everything(self) -> bytes:
        """Give all that is stored outside the sealed originals' keys, as one run of bytes."""
        kept = [path for path in self.root.rglob("*") if path.is_file()]
        keys = Folder(self.root).original_keys
        return b"\n".join(path.read_bytes() for path in kept if keys not in path.parents)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    return json.dumps(value)

"""A fetcher, its clock and a server to ask, for tests of fetching."""

import pytest

from atalaya.evidence.fetched import Fetched, Validators
from atalaya.evidence.fetching import Fetcher
from atalaya.model.declarations import Expectation, Fetch
from atalaya.model.errors import AtalayaError
from atalaya.model.settings import FetchingSettings
from tests.material.clocks import StoppedClock
from tests.material.loopback_server import Exchange, Loopback, Route, replies

CSV = b"month,deaths\n2024-01,3\n"
csv = replies(CSV, Content_Type="text/csv; charset=utf-8")


class Visit:
    """A fetcher, its clock, and a server it may ask."""

    def __init__(self, server: Loopback, **settings: object) -> None:
        self.server, self.clock = server, StoppedClock()
        given = {"timeout_seconds": 5.0, **settings}
        self.fetcher = Fetcher(FetchingSettings.model_validate(given), self.clock)

    def fetch(
        self,
        path: str,
        known: Validators | None = None,
        media_type: str = "text/csv",
        **expect: int,
    ) -> Fetched:
        address = path if ":" in path else self.server.home + path
        wanted = Fetch(address=address, media_type=media_type, expect=Expectation(**expect))
        with self.fetcher:
            return self.fetcher.fetch(wanted, known)

    def refused(self, path: str, kind: type[AtalayaError], **expect: int) -> str:
        with pytest.raises(kind) as refused:
            self.fetch(path, **expect)
        assert refused.value.do
        assert refused.value.where is not None
        return str(refused.value)


def in_turn(*routes: Route) -> Route:
    """Answer differently each time, the last for ever."""
    left = list(routes)

    def next_one(exchange: Exchange) -> None:
        route = left.pop(0) if len(left) > 1 else left[0]
        route(exchange)

    return next_one


def to(target: str, status: int = 302) -> Route:
    return lambda exchange: exchange.reply(status, Location=target)

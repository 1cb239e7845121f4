"""Answers, stores and logs that tests of captures start from."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from atalaya.evidence.captures import Received
from atalaya.evidence.fetched import Fetched
from atalaya.evidence.log import Log, SigningKey

MOMENT = datetime(2024, 12, 31, 12, 0, 0, tzinfo=UTC)
TOOL = "atalaya/0.1.0"
NAME = "observatory.example/log"
KEY = SigningKey.generate(NAME)


def answer(
    number: int = 0,
    payload: bytes | None = None,
    via: str = "http",
    *,
    guessable: bool = False,
) -> Received:
    """Make the answer of a source's address, over HTTP with headers or as a file."""
    body = b"month,deaths\n2024-01,%d\n" % number if payload is None else payload
    address = f"https://example.org/{number}.csv?year=2024"
    if via == "package":
        address = f"package:counts/data/{number}.csv"
    over_http = via == "http"
    fetched = Fetched(
        address=address,
        url=address.replace(".csv", ".moved.csv") if over_http else address,
        status=200,
        media_type="text/csv",
        headers=(
            ("content-type", "text/csv; charset=utf-8"),
            ("content-encoding", "gzip"),
            ("content-length", "7"),
            ("etag", f'"v{number}"'),
            ("content-disposition", 'attachment; filename="informe año.csv"'),
        )
        if over_http
        else (),
        payload=body,
        fetched_at=MOMENT + timedelta(seconds=number),
        via=via,
        asked=(("User-Agent", "Atalaya/0.1.0"),) if over_http else (),
    )
    return Received("counts", fetched, TOOL, guessable)


def new_log(folder: Path) -> Log:
    return Log.create(folder, NAME, KEY)


def warc_of(folder: Path) -> Path:
    """Give the one WARC file in a folder."""
    (path,) = folder.glob("*.warc")
    return path

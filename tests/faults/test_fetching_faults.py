"""One fault a case, on a real server, and the words its error must hold."""

import gzip
import socket
import ssl
import threading
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.material.clocks import StoppedClock
from tests.material.loopback_server import Exchange, Loopback, Route, replies, serving

from atalaya.evidence.fetching import Fetcher
from atalaya.evidence.fetching.content import check_content
from atalaya.model.declarations import Expectation, Fetch
from atalaya.model.errors import AtalayaError, LookAtThis, TryLater
from atalaya.model.settings import FetchingSettings

MEGABYTE = 1_000_000
PAGE = b"\n<!-- moved -->\n<!DOCTYPE HTML><html><body>We have moved</body></html>"


def refused(
    route: Route | str,
    kind: type[AtalayaError],
    *,
    media_type: str = "text/csv",
    max_bytes: int = 100 * MEGABYTE,
    timeout: float = 5.0,
    clock: StoppedClock | None = None,
) -> str:
    """Fetch from a server with one route, expect to be refused, and give what was said."""
    settings = FetchingSettings(timeout_seconds=timeout, retries=1)
    with (
        serving({} if isinstance(route, str) else {"/a": route}) as server,
        Fetcher(settings, clock or StoppedClock()) as fetcher,
    ):
        address = route if isinstance(route, str) else server.home + "/a"
        expect = Expectation(max_bytes=max_bytes)
        wanted = Fetch(address=address, media_type=media_type, expect=expect)
        with pytest.raises(kind) as error:
            fetcher.fetch(wanted)
    assert error.value.why
    assert error.value.do
    assert error.value.where is not None
    return str(error.value)


def test_a_web_page_in_place_of_a_table_is_refused() -> None:
    assert "a web page (HTML) where text/csv is declared" in refused(replies(PAGE), LookAtThis)


def test_a_web_page_that_calls_itself_a_table_is_refused() -> None:
    route = replies(b"\xef\xbb\xbf<html>", Content_Type="text/csv")
    assert "a web page (HTML) where" in refused(route, LookAtThis)


def test_a_body_of_many_comments_is_judged_at_once() -> None:
    comments = b"<!---->" * 500
    route = replies(comments + b"<html>", Content_Type="text/csv")
    assert "a web page (HTML) where" in refused(route, LookAtThis)
    check_content(comments + b"x", "text/csv", "text/csv", "https://example.org/a.csv")


@pytest.mark.parametrize("body", [b"", b"\xef\xbb\xbf", b"\r\n  \r\n"])
def test_an_empty_body_is_refused(body: bytes) -> None:
    assert f"the body is empty ({len(body)} bytes)" in refused(replies(body), LookAtThis)


def test_another_kind_of_file_is_refused() -> None:
    route = replies(b"\x89PNG...", Content_Type="image/png")
    assert "answers image/png where text/csv is declared" in refused(route, LookAtThis)


@pytest.mark.parametrize("media_type", ["application/pdf", "application/zip", "application/json"])
def test_a_file_that_does_not_begin_as_its_kind_does_is_refused(media_type: str) -> None:
    said = refused(replies(b"so sorry", Content_Type=media_type), LookAtThis, media_type=media_type)
    assert "does not begin as" in said


class Flood:
    """Sends 200 MB and counts what was taken."""

    def __init__(self, *, declared: bool) -> None:
        self.declared, self.sent = declared, 0

    def __call__(self, exchange: Exchange) -> None:
        if self.declared:
            exchange.begin(200, Content_Length=str(200 * MEGABYTE), Content_Type="text/csv")
        else:
            exchange.begin(200, Connection="close", Content_Type="text/csv")
        piece = b"1,2\n" * 50_000
        for _ in range(1_000):
            exchange.wfile.write(piece)
            self.sent += len(piece)
        exchange.close_connection = True


def test_a_body_that_declares_200_megabytes_is_refused_unread() -> None:
    flood = Flood(declared=True)
    assert "the body has 200000000 bytes" in refused(flood, LookAtThis)
    assert flood.sent < 20 * MEGABYTE


def test_a_body_of_200_megabytes_is_refused_without_being_held_in_memory() -> None:
    flood = Flood(declared=False)
    tracemalloc.start()
    said = refused(flood, LookAtThis, max_bytes=50 * MEGABYTE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "more than 50000000 bytes" in said
    assert flood.sent < 90 * MEGABYTE
    assert peak < 25 * MEGABYTE


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_small_body_that_unpacks_to_a_huge_one_is_refused_without_being_held(
    encoding: str,
) -> None:
    huge = bytes(200 * MEGABYTE)
    bomb = brotli.compress(huge, quality=1) if encoding == "br" else gzip.compress(huge, 1)
    tracemalloc.start()
    said = refused(replies(bomb, Content_Encoding=encoding), LookAtThis, max_bytes=50 * MEGABYTE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(bomb) < MEGABYTE
    assert "more than 50000000 bytes" in said
    assert peak < 25 * MEGABYTE


@pytest.mark.parametrize("encoding", ["gzip, gzip", "zstd"])
def test_an_encoding_nobody_asked_for_is_refused(encoding: str) -> None:
    said = refused(replies(b"\x00", Content_Encoding=encoding), LookAtThis)
    assert f"encoded as '{encoding}'" in said


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_body_that_cannot_be_unpacked_is_refused(encoding: str) -> None:
    said = refused(replies(b"not packed", Content_Encoding=encoding), LookAtThis)
    assert "cannot be decompressed" in said


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_packed_body_that_breaks_off_is_left_for_later(
    encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    whole = pack(bytes(range(256)) * 100)
    said = refused(replies(whole[:-9], Content_Encoding=encoding), TryLater)
    assert "ended before the body did" in said


def test_a_cut_connection_is_left_for_later() -> None:
    def cut(exchange: Exchange) -> None:
        exchange.begin(200, Content_Length="100", Content_Type="text/csv")
        exchange.wfile.write(b"month,deaths\n")
        exchange.cut()

    assert "the connection broke" in refused(cut, TryLater)


def test_a_server_that_falls_silent_is_left_for_later() -> None:
    silence = threading.Event()

    def silent(exchange: Exchange) -> None:
        silence.wait(5)
        exchange.cut()

    said = refused(silent, TryLater, timeout=0.1)
    silence.set()
    assert "no answer in time (ReadTimeout)" in said


def test_a_server_that_drips_is_left_for_later() -> None:
    clock = StoppedClock()

    def drip(exchange: Exchange) -> None:
        exchange.begin(200, Content_Length="100", Content_Type="text/csv")
        for _ in range(100):
            exchange.wfile.write(b"x")
            exchange.wfile.flush()
            clock.sleep(4)  # each silence is below the timeout of 5 s
            threading.Event().wait(0.005)

    assert "not complete after 100 seconds" in refused(drip, TryLater, clock=clock)


def test_a_host_that_does_not_listen_is_left_for_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/a"
        assert "no connection" in refused(address, TryLater)


def test_a_host_name_nobody_knows_is_left_for_later() -> None:
    assert "cannot be resolved" in refused("https://no-such-host.invalid/a", TryLater)


def self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path = folder / "server.pem"
    path.write_bytes(key.private_bytes(pem, form, plain) + certificate.public_bytes(pem))
    return path


def test_a_host_that_cannot_prove_who_it_is_is_refused(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))

    def wrap(server: Loopback) -> str:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        return f"https://127.0.0.1:{server.server_port}/a"

    with (
        serving({"/a": replies(b"a,b\n")}) as server,
        Fetcher(FetchingSettings(retries=0), StoppedClock()) as fetcher,
        pytest.raises(LookAtThis, match=r"cannot prove that it is 127\.0\.0\.1: self-signed"),
    ):
        fetcher.fetch(Fetch(address=wrap(server), media_type="text/csv"))
    assert server.paths == []

import subprocess
from pathlib import Path

import pytest
from tests.material.clocks import START, StoppedClock
from tests.material.loopback_server import replies, serving
from tests.material.programs import found

from atalaya.evidence.addresses import parse_address, parse_web
from atalaya.evidence.fetched import Fetched
from atalaya.evidence.fetching import Fetcher, packaged
from atalaya.evidence.fetching.body import take_in
from atalaya.evidence.fetching.hosts import check_host, check_peer
from atalaya.evidence.fetching.mirror import mirror_paths
from atalaya.evidence.fetching.retries import retry_after
from atalaya.model.declarations import Expectation, Fetch
from atalaya.model.errors import BadInput, LookAtThis, TryLater, WrongUse
from atalaya.model.identifiers import sha256_hex
from atalaya.model.settings import FetchingSettings

CSV = b"month,deaths\n2024-01,3\n"


def from_mirror(folder: Path, address: str, max_bytes: int = 1_000) -> Fetched:
    fetcher = Fetcher(FetchingSettings(mirror=str(folder)), StoppedClock())
    expect = Expectation(max_bytes=max_bytes)
    return fetcher.fetch(
        Fetch(address=address, media_type="Text/CSV; header=present", expect=expect)
    )


def put(folder: Path, path: str, content: bytes = CSV) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://example.org/data/a.csv", "example.org/data/a.csv"),
        ("http://Example.org/data/a.csv", "example.org/data/a.csv"),
        ("https://example.org:8443/a.csv", "example.org:8443/a.csv"),
        ("https://example.org", "example.org/index.html"),
        ("https://example.org/data/", "example.org/data/index.html"),
        ("https://example.org/api?path=a/b&y=2024", "example.org/api?path=a%2Fb&y=2024"),
        ("https://example.org/a%20b.csv", "example.org/a b.csv"),
        ("https://example.org/a%2F..%2Fb.csv", "example.org/a%2F..%2Fb.csv"),
        ("package:counts/data/a.csv", "package/counts/data/a.csv"),
    ],
)
def test_a_mirror_replays_what_lies_where_its_layout_says(
    tmp_path: Path, address: str, path: str
) -> None:
    put(tmp_path, path)
    got = from_mirror(tmp_path, address)
    assert (got.payload, got.url, got.via, got.status) == (CSV, address, "mirror", 200)
    assert (got.media_type, got.fetched_at) == ("text/csv", START)


def test_an_address_too_long_for_a_file_name_lies_under_its_hash(tmp_path: Path) -> None:
    address = "https://example.org/api?ids=" + "1," * 300
    put(tmp_path, f"by-sha256/{sha256_hex(address.encode())}")
    assert from_mirror(tmp_path, address).payload == CSV


def test_the_layout_is_the_one_wget_writes(tmp_path: Path) -> None:
    wget = found("wget")
    paths = ["/data/a.csv", "/data/", "/api?path=a/b&y=2024", "/a%20b.csv"]
    with serving({path: replies(CSV) for path in paths}) as server:
        addresses = [server.home + path for path in paths]
        quiet = ["--quiet", "--no-proxy", "--force-directories"]
        subprocess.run([wget, *quiet, *addresses], cwd=tmp_path, check=True)
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {mirror_paths(parse_address(address))[0] for address in addresses}


def test_what_a_mirror_lacks_is_said_with_where_it_belongs(tmp_path: Path) -> None:
    with pytest.raises(LookAtThis, match=r"save it there as example\.org/a\.csv"):
        from_mirror(tmp_path, "https://example.org/a.csv")


def test_a_mirror_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not a folder"):
        from_mirror(tmp_path / "absent", "https://example.org/a.csv")


def test_a_link_out_of_the_mirror_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "secret")
    mirror = tmp_path / "mirror" / "example.org"
    mirror.mkdir(parents=True)
    (mirror / "a.csv").symlink_to(tmp_path / "secret")
    with pytest.raises(LookAtThis, match="leads out of the mirror"):
        from_mirror(tmp_path / "mirror", "https://example.org/a.csv")


def test_a_file_in_a_mirror_over_its_cap_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "example.org/a.csv", b"1" * 1_001)
    with pytest.raises(LookAtThis, match="1001 bytes, more than the 1000"):
        from_mirror(tmp_path, "https://example.org/a.csv")


def test_a_web_page_in_a_mirror_in_place_of_a_table_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "example.org/a.csv", b"<!doctype html><p>moved")
    with pytest.raises(LookAtThis, match="a web page"):
        from_mirror(tmp_path, "https://example.org/a.csv")


def test_a_package_address_is_read_through_the_door_it_was_given() -> None:
    fetcher = Fetcher(FetchingSettings(), StoppedClock(), packaged=lambda _: CSV)
    got = fetcher.fetch(Fetch(address="package:counts/data/a.csv", media_type="text/csv"))
    assert (got.payload, got.via, got.headers) == (CSV, "package", ())


def test_a_package_file_over_its_cap_is_refused() -> None:
    fetcher = Fetcher(FetchingSettings(), StoppedClock(), packaged=lambda _: CSV)
    small = Fetch(
        address="package:counts/a.csv", media_type="text/csv", expect=Expectation(max_bytes=5)
    )
    with pytest.raises(LookAtThis, match="23 bytes, more than 5"):
        fetcher.fetch(small)


def test_a_file_that_does_not_ship_is_named() -> None:
    with pytest.raises(LookAtThis, match="no such file ships") as refused:
        packaged("package:no-such-source/data/a.csv")
    assert str(refused.value.where) == "package:no-such-source/data/a.csv"


@pytest.mark.parametrize("path", ["../../model/errors.py", "a/../b", "/etc/passwd", "a//b", ".git"])
def test_a_path_that_climbs_out_of_the_package_is_refused(path: str) -> None:
    with pytest.raises(BadInput, match="cannot be used"):
        packaged(f"package:counts/{path}")


def test_a_web_address_does_not_ship() -> None:
    with pytest.raises(WrongUse, match="not a package address"):
        packaged("https://example.org/")


@pytest.mark.parametrize(
    ("ips", "allowed"),
    [
        (["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"], True),
        (["93.184.215.14", "127.0.0.1"], False),
        (["10.1.2.3"], False),
        (["169.254.169.254"], False),
        (["fe80::1%eth0"], False),
        (["::ffff:127.0.0.1"], False),
        (["2002:7f00:1::"], False),
        (["100.64.0.1"], False),
    ],
)
def test_a_name_that_leads_inside_is_refused(ips: list[str], allowed: bool) -> None:
    address = parse_web("https://example.org/")
    try:
        check_host(address, address, lambda *_: ips)
        answer = True
    except LookAtThis:
        answer = False
    assert answer is allowed


def test_a_name_that_changed_its_meaning_since_it_was_looked_up_is_refused() -> None:
    address = parse_web("https://example.org/")
    with pytest.raises(LookAtThis, match="loopback network address"):
        check_peer("127.0.0.1", address, address)


def test_a_private_host_the_operator_wrote_down_is_asked() -> None:
    address = parse_web("http://10.0.0.8/a.csv")
    check_peer("10.0.0.8", address, address)
    assert check_host(address, address, None) is None


@pytest.mark.parametrize("value", ["soon", "", "-3", "Tue, 99 Foo 2024", None])
def test_a_retry_after_that_cannot_be_read_asks_for_nothing(value: str | None) -> None:
    assert retry_after(value, START) is None


def test_a_retry_after_in_the_past_asks_for_no_wait() -> None:
    assert retry_after("Mon, 01 Jan 2024 00:00:00 GMT", START) == 0.0


def test_a_disk_without_room_is_a_matter_of_time() -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(TryLater, match="No space left on device"):
        take_in([b"x"], encoding="", max_bytes=9, address="https://example.org/", patience=full)

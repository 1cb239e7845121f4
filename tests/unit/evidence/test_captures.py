import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from tests.material.captures import MOMENT, TOOL, answer, warc_of
from warcio.archiveiterator import ArchiveIterator

from atalaya.evidence.captures import CaptureStore, Received
from atalaya.model.errors import LookAtThis, TryLater
from atalaya.model.identifiers import sha256_hex


def later(item: Received, payload: bytes, seconds: int = 60) -> Received:
    moment = item.fetched.fetched_at + timedelta(seconds=seconds)
    return replace(item, fetched=replace(item.fetched, payload=payload, fetched_at=moment))


@pytest.mark.parametrize("via", ["http", "package", "mirror"])
def test_what_is_stored_comes_back_byte_for_byte(tmp_path: Path, via: str) -> None:
    payload = b"\xff\xfe\x00\r\n\r\nWARC/1.1\r\n caf\xe9 \x1f\x8b"
    capture = CaptureStore(tmp_path).add("counts", answer(7, payload, via).fetched, tool=TOOL)
    assert CaptureStore(tmp_path).payload(capture) == payload
    assert (capture.sha256, capture.length) == (sha256_hex(payload), len(payload))
    assert capture.tool == f"atalaya/0.1.0 ({via})"


def test_captures_are_rebuilt_from_the_warc_files_alone(tmp_path: Path) -> None:
    items = [answer(n, via=via) for n, via in enumerate(["http", "package", "mirror"])]
    stored = CaptureStore(tmp_path).add_all(items)
    assert CaptureStore(tmp_path).all() == stored
    assert [one.leaf() for one in stored] == [item.capture().leaf() for item in items]


def test_a_batch_is_one_file_named_by_number_moment_and_content(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path)
    store.add_all([answer(1), answer(2)])
    store.add_all([answer(3)])
    names = sorted(path.name for path in tmp_path.glob("*.warc"))
    assert [name[:24] for name in names] == ["000001-20241231T120001Z-", "000002-20241231T120003Z-"]
    assert all(sha256_hex((tmp_path / name).read_bytes())[:16] in name for name in names)


def test_equal_batches_give_equal_files(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        CaptureStore(tmp_path / folder).add_all([answer(1), answer(2, via="package")])
    assert warc_of(tmp_path / "a").name == warc_of(tmp_path / "b").name


def test_warcio_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    items = [answer(n, via=via) for n, via in enumerate(["http", "package", "mirror"])]
    items.append(answer(9, b"x" * 3_000_000))
    CaptureStore(tmp_path).add_all(items)
    check = [sys.executable, "-m", "warcio.cli", "check", "-v", str(warc_of(tmp_path))]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("digest pass") == 7  # warcinfo, two pairs, two resources
    assert "no digest" not in done.stdout


def test_a_record_says_what_was_asked_and_answered(tmp_path: Path) -> None:
    CaptureStore(tmp_path).add_all([answer(1, b"a,b\n")])
    with warc_of(tmp_path).open("rb") as file:
        kinds = {}
        for record in ArchiveIterator(file):
            body = record.content_stream().read()
            kinds[record.rec_type] = (record.rec_headers, record.http_headers, body)
    headers, http, body = kinds["response"]
    assert headers.protocol == "WARC/1.1"
    assert headers.get_header("WARC-Target-URI") == "https://example.org/1.moved.csv?year=2024"
    assert headers.get_header("Atalaya-Address") == "https://example.org/1.csv?year=2024"
    assert headers.get_header("WARC-Payload-Digest") == f"sha256:{sha256_hex(body)}"
    assert http.get_header("X-Archive-Orig-content-encoding") == "gzip"
    assert body == b"a,b\n"
    request = kinds["request"]
    assert request[0].get_header("WARC-Concurrent-To") == headers.get_header("WARC-Record-ID")
    assert request[1].get_header("User-Agent") == "Atalaya/0.1.0"
    assert request[1].get_header("Host") == "example.org"
    assert b"conformsTo" in kinds["warcinfo"][2]


def test_the_same_bytes_again_are_the_capture_there_is(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path)
    (first,) = store.add_all([answer(1)])
    again = store.add_all([later(answer(1), answer(1).fetched.payload), answer(1)])
    assert again == [first, first]
    assert len(list(tmp_path.glob("*.warc"))) == 1


def test_bytes_that_change_and_change_back_are_three_captures(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path)
    changes = [later(answer(1), payload, n) for n, payload in enumerate([b"a", b"b", b"b", b"a"])]
    first, second, third, fourth = store.add_all(changes)
    assert second == third
    assert len({first.id, second.id, fourth.id}) == 3
    assert store.latest("counts", first.address) == fourth
    assert store.latest("other", first.address) is None


def test_one_address_of_two_sources_is_two_captures(tmp_path: Path) -> None:
    stored = CaptureStore(tmp_path).add_all([answer(1), replace(answer(1), source="other")])
    assert [one.source for one in stored] == ["counts", "other"]


def test_an_answer_that_nothing_changed_stands_for_the_latest_capture(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path)
    (first,) = store.add_all([answer(1)])
    unchanged = replace(answer(1).fetched, payload=b"", status=304, not_modified=True)
    assert store.add("counts", unchanged, tool=TOOL) == first
    with pytest.raises(LookAtThis, match="nothing was captured"):
        store.add("other", unchanged, tool=TOOL)


def test_validators_of_the_latest_capture_are_read_from_its_record(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path)
    web, local = store.add_all([answer(1), answer(2, via="package")])
    validators = store.validators("counts", web.address)
    assert validators is not None
    assert (validators.url, validators.etag, validators.last_modified) == (web.url, '"v1"', None)
    assert store.validators("counts", local.address) is None
    assert store.validators("counts", "https://example.org/unknown") is None


def test_moments_are_kept_in_utc_and_whole_seconds(tmp_path: Path) -> None:
    bogota = datetime(2024, 12, 31, 7, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=-5)))
    fetched = replace(answer(1).fetched, fetched_at=bogota)
    capture = CaptureStore(tmp_path).add("counts", fetched, tool=TOOL)
    assert capture.fetched_at == MOMENT
    assert CaptureStore(tmp_path).all() == [capture]


def test_a_store_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    assert CaptureStore(tmp_path / "evidence").all() == []
    assert not (tmp_path / "evidence").exists()


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    with (
        CaptureStore(tmp_path).locked(),
        pytest.raises(TryLater, match="another run is writing"),
    ):
        CaptureStore(tmp_path).add_all([answer(1)])
    assert list(tmp_path.glob("*.warc")) == []


def test_what_a_killed_run_left_half_written_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".batch.part").write_bytes(b"WARC/1.1\r\nhalf a rec")
    assert CaptureStore(tmp_path).all() == []
    CaptureStore(tmp_path).add_all([answer(1)])
    assert not (tmp_path / ".batch.part").exists()

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.material.captures import KEY, answer, new_log, warc_of

from atalaya.evidence.archiving import archive, located, log_interrupted
from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.checking import check_captures, check_log
from atalaya.evidence.log import FolderReader, Log, LogReader, opens_commitment
from atalaya.model.errors import StopEverything, TryLater
from atalaya.model.identifiers import canonical_json, sha256_hex


@dataclass
class House:
    """An observatory's evidence and log."""

    store: CaptureStore
    log: Log

    @property
    def leaves(self) -> LogReader:
        return self.log.reader()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(CaptureStore(tmp_path / "evidence"), new_log(tmp_path / "log"))


def test_what_is_archived_is_logged_with_its_whole_leaf(house: House) -> None:
    captures = archive(house.store, house.log, [answer(1), answer(2)])
    assert [one.log_index for one in captures] == [0, 1]
    assert list(house.leaves.entries()) == [canonical_json(one.leaf()) for one in captures]
    assert house.store.all() == captures


def test_a_later_process_knows_where_the_log_has_each_capture(house: House) -> None:
    captures = archive(house.store, house.log, [answer(1), answer(2)])
    assert CaptureStore(house.store.folder).all() == captures


def test_nothing_new_is_neither_stored_nor_logged(house: House) -> None:
    first = archive(house.store, house.log, [answer(1)])
    assert archive(house.store, house.log, [answer(1)]) == first
    assert archive(house.store, house.log, []) == []
    assert house.log.size == 1


def test_captures_stored_without_a_leaf_are_logged_by_the_next_run(house: House) -> None:
    house.store.add_all([answer(1), answer(2)])
    fresh = CaptureStore(house.store.folder)
    archive(fresh, house.log, [answer(3)])
    assert sorted(one.log_index for one in fresh.all()) == [0, 1, 2]
    assert fresh.pending() == []


def test_captures_whose_leaves_are_there_are_not_logged_twice(house: House) -> None:
    stored = house.store.add_all([answer(1), answer(2)])
    house.log.append([b"something else", canonical_json(stored[1].leaf())])
    fresh = CaptureStore(house.store.folder)
    logged = log_interrupted(fresh, house.log)
    assert [one.address for one in logged] == [stored[0].address]
    assert [one.log_index for one in fresh.all()] == [2, 1]


def test_the_index_may_be_deleted_or_spoilt_and_is_made_anew(house: House) -> None:
    captures = archive(house.store, house.log, [answer(1), answer(2)])
    for entry in (house.store.folder / ".index").iterdir():
        entry.write_text('{"schema": 1, "bytes"')
    fresh = CaptureStore(house.store.folder)
    assert [one.log_index for one in fresh.all()] == [-1, -1]
    with fresh.locked():
        assert log_interrupted(fresh, house.log) == []
    assert CaptureStore(house.store.folder).all() == captures
    assert house.log.size == 2


def test_a_byte_flipped_anywhere_in_the_index_changes_nothing_that_is_said(house: House) -> None:
    captures = archive(house.store, house.log, [answer(1, guessable=True), answer(2)])
    (entry,) = (house.store.folder / ".index").iterdir()
    good = entry.read_bytes()
    for at in range(len(good)):
        entry.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        found = CaptureStore(house.store.folder).all()
        assert list(located(found, house.leaves.entries())) == captures, at


def test_what_is_in_no_entry_of_the_log_has_no_place_in_it(house: House) -> None:
    (stored,) = house.store.add_all([answer(1)])
    assert located([stored], house.leaves.entries()) == (stored,)


def test_a_log_that_cannot_be_written_leaves_captures_for_the_next_run(house: House) -> None:
    class Busy:
        def append(self, entries: Sequence[bytes], /) -> range:
            raise TryLater("another process is writing")

        def reader(self) -> LogReader:
            return house.leaves

    with pytest.raises(TryLater):
        archive(house.store, Busy(), [answer(1)])
    assert [one.log_index for one in house.store.all()] == [-1]
    assert [one.log_index for one in archive(house.store, house.log, [answer(1)])] == [0]


def test_answers_are_taken_one_by_one(house: House) -> None:
    def answers() -> Iterator[object]:
        for number in range(3):
            assert not list(house.store.folder.glob("*.warc"))
            yield answer(number)

    assert len(archive(house.store, house.log, answers())) == 3  # type: ignore[arg-type]


def test_a_mistake_in_the_middle_of_a_batch_stores_nothing(house: House) -> None:
    unchanged = replace(answer(2), fetched=replace(answer(2).fetched, not_modified=True))
    with pytest.raises(Exception, match="nothing was captured"):
        archive(house.store, house.log, [answer(1), unchanged])
    assert house.store.all() == []
    assert [path.name for path in house.store.folder.iterdir()] == [".lock"]


def test_sound_evidence_passes_the_independent_check(house: House) -> None:
    items = [answer(n, via=via) for n, via in enumerate(["http", "package", "mirror"])]
    captures = archive(house.store, house.log, items)
    house.log.append([b"not json", b'["capture"]', b'{"type":"decision"}'])
    report = check_captures(house.store.folder, house.leaves)
    assert report.good
    assert (report.files, report.records, report.captures) == (1, 5, 3)
    assert report.length == sum(one.length for one in captures)
    log_folder = house.store.folder.parent / "log"
    assert check_log(FolderReader(log_folder), KEY.vkey).good


def test_a_guessable_capture_is_logged_so_that_no_guess_at_it_can_be_tested(house: House) -> None:
    (capture,) = archive(house.store, house.log, [answer(3, guessable=True)])
    (entry,) = house.leaves.entries()
    said = json.loads(entry)
    assert set(said) & {"sha256", "length", "salt"} == set()
    assert said["content"].startswith("hmac-sha256:")
    for guess in range(10):
        tried = replace(capture, salt="", sha256=sha256_hex(b"month,deaths\n2024-01,%d\n" % guess))
        assert canonical_json(tried.leaf()) != entry
    content = canonical_json({"sha256": capture.sha256, "length": capture.length})
    assert opens_commitment(said["content"], bytes.fromhex(capture.salt), content)
    assert capture.salt not in repr(capture)


def test_every_guessable_capture_has_a_salt_of_its_own(house: House) -> None:
    items = [answer(n, b"same", guessable=True) for n in range(3)]
    captures = archive(house.store, house.log, items)
    assert len({one.salt for one in captures}) == 3
    assert len({json.loads(entry)["content"] for entry in house.leaves.entries()}) == 3


def test_a_salt_is_kept_with_the_evidence_and_checked_from_it_alone(house: House) -> None:
    captures = archive(house.store, house.log, [answer(1, guessable=True), answer(2)])
    assert CaptureStore(house.store.folder).all() == captures
    shutil.rmtree(house.store.folder / ".index")
    fresh = CaptureStore(house.store.folder)
    with fresh.locked():
        assert log_interrupted(fresh, house.log) == []
    assert fresh.all() == captures
    assert check_captures(house.store.folder, house.leaves).captures == 2


@pytest.mark.parametrize("wrong", ["0" * 64, "0" * 62, "zz", ""])
def test_a_changed_salt_is_found(house: House, wrong: str) -> None:
    (capture,) = archive(house.store, house.log, [answer(1, guessable=True)])
    warc = warc_of(house.store.folder)
    warc.write_bytes(warc.read_bytes().replace(capture.salt.encode(), wrong.encode()))
    kinds = {problem.kind for problem in check_captures(house.store.folder, house.leaves).problems}
    assert "lost" in kinds
    with pytest.raises(StopEverything):
        CaptureStore(house.store.folder).payload(capture)


def test_evidence_from_before_there_were_salts_stays_good_and_is_not_logged_again(
    house: House,
) -> None:
    (old,) = archive(house.store, house.log, [answer(1)])
    (entry,) = (house.store.folder / ".index").iterdir()
    said = json.loads(entry.read_text())
    del said["sha256"]
    entry.write_text(json.dumps(said | {"schema": 1}))
    fresh = CaptureStore(house.store.folder)
    assert located(fresh.all(), house.leaves.entries()) == (old,)
    archive(fresh, house.log, [answer(1, guessable=True), answer(2, guessable=True)])
    assert house.log.size == 2
    assert check_captures(house.store.folder, house.leaves).good


def test_evidence_of_nothing_is_sound(house: House) -> None:
    report = check_captures(house.store.folder, house.leaves)
    assert report.good
    assert report.files == 0

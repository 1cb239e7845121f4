"""The log's door: create, append, read, prove, change the key, carry on."""

import json
import shutil
from pathlib import Path

import pytest
from tests.material.logs import KEY, ORIGIN, a_log, assert_whole, entries

from atalaya.evidence.checking import check_log
from atalaya.evidence.log import (
    FolderReader,
    InclusionProof,
    Log,
    LogReader,
    SigningKey,
    new_salt,
    opens_commitment,
    salted_commitment,
    verify_consistency,
    verify_inclusion,
)
from atalaya.evidence.log.rotation import Continuation, History, Rotation
from atalaya.model.errors import BadInput, LookAtThis, StopEverything, WrongUse

NEW = SigningKey(ORIGIN, b"n" * 32)


def test_a_new_log_is_empty_signed_and_good(tmp_path: Path) -> None:
    log = Log.create(tmp_path / "deep/log", ORIGIN, KEY)
    assert (log.size, log.append([]), log.mended) == (0, range(0), ())
    assert check_log(FolderReader(tmp_path / "deep/log"), KEY.vkey).good
    assert list(log.reader().entries()) == []


def test_a_log_is_only_created_with_a_key_of_its_name(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="cannot sign the log"):
        Log.create(tmp_path / "log", "other.example/log", KEY)
    assert not (tmp_path / "log").exists()


def test_batches_get_consecutive_indices_and_are_read_by_whoever_opens_next(tmp_path: Path) -> None:
    log = a_log(tmp_path / "log", 3)
    assert log.append(entries(3, 600)) == range(3, 600)
    again = Log.open(tmp_path / "log", KEY)
    assert (again.size, again.mended) == (600, ())
    reader = again.reader()
    assert [reader.entry(index) for index in (0, 255, 256, 599)] == [
        entries(index, index + 1)[0] for index in (0, 255, 256, 599)
    ]
    assert list(reader.entries(250, 520)) == entries(250, 520)
    assert list(reader.entries(512)) == entries(512, 600)


def test_a_bad_entry_refuses_the_whole_batch_and_writes_nothing(tmp_path: Path) -> None:
    log = a_log(tmp_path / "log", 3)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BadInput, match="entry 1 of the batch has 70000 bytes"):
        log.append([b"good", b"x" * 70_000])
    assert sorted(tmp_path.rglob("*")) == before
    assert log.append([b"good"]) == range(3, 4)


def test_a_folder_without_a_log_is_refused_without_leaving_anything(tmp_path: Path) -> None:
    with pytest.raises(LookAtThis, match="no log in this folder"):
        Log.open(tmp_path / "none", KEY)
    assert list(tmp_path.iterdir()) == []


def test_indices_and_sizes_that_the_log_does_not_have_are_refused(tmp_path: Path) -> None:
    reader = a_log(tmp_path / "log", 3).reader()
    for ask in (
        lambda: reader.entry(3),
        lambda: reader.entry(-1),
        lambda: list(reader.entries(2, 4)),
        lambda: reader.inclusion_proof(3),
        lambda: reader.inclusion_proof(2, 2),
        lambda: reader.inclusion_proof(0, 4),
        lambda: reader.consistency_proof(4),
        lambda: reader.consistency_proof(3, 2),
    ):
        with pytest.raises(WrongUse):
            ask()


def test_a_proof_stands_alone_and_holds_for_its_entry_index_and_log_only(tmp_path: Path) -> None:
    reader = a_log(tmp_path / "log", 300).reader()
    proof = reader.inclusion_proof(7)
    shutil.rmtree(tmp_path / "log")
    assert verify_inclusion(proof, entries(7, 8)[0], proof.checkpoint, KEY.vkey).size == 300
    with pytest.raises(StopEverything, match="does not lead from this entry"):
        verify_inclusion(proof, b"other", proof.checkpoint, KEY.vkey)
    moved = InclusionProof(8, proof.size, proof.hashes, proof.checkpoint)
    with pytest.raises(StopEverything, match="does not lead from this entry"):
        verify_inclusion(moved, entries(7, 8)[0], proof.checkpoint, KEY.vkey)
    with pytest.raises(StopEverything, match="no signature by the key"):
        verify_inclusion(proof, entries(7, 8)[0], proof.checkpoint, NEW.vkey)
    earlier = InclusionProof(7, 299, proof.hashes)
    with pytest.raises(StopEverything, match="for 299 entries, the checkpoint for 300"):
        verify_inclusion(earlier, entries(7, 8)[0], proof.checkpoint, KEY.vkey)


def test_a_proof_for_an_earlier_size_has_no_checkpoint_and_no_text_form(tmp_path: Path) -> None:
    proof = a_log(tmp_path / "log", 300).reader().inclusion_proof(7, 100)
    assert proof.checkpoint == ""
    with pytest.raises(BadInput, match="has no checkpoint"):
        proof.text()


def test_growth_is_proved_between_signed_checkpoints_the_empty_one_included(tmp_path: Path) -> None:
    log = a_log(tmp_path / "log", 0)
    notes = [log.checkpoint.note]
    for size in (1, 6, 250, 300):
        log.append(entries(log.size, log.size + size))
        notes.append(log.checkpoint.note)
    sizes = (0, 1, 7, 257, 557)
    for old, note in zip(sizes, notes, strict=True):
        proof = log.reader().consistency_proof(old)
        found = verify_consistency(proof, note, notes[-1], KEY.vkey)
        assert [each.size for each in found] == [old, 557]
        if old not in (0, 557):
            other = a_log(tmp_path / f"other{old}", old)
            other.append([b"else"] * (557 - old))
            with pytest.raises(StopEverything, match="does not extend"):
                verify_consistency(proof, note, other.checkpoint.note, KEY.vkey)


def test_a_reader_gives_out_no_proof_from_a_changed_tile(tmp_path: Path) -> None:
    reader = a_log(tmp_path / "log", 300).reader()
    tile = tmp_path / "log/tile/0/000"
    tile.write_bytes(bytes([tile.read_bytes()[0] ^ 1]) + tile.read_bytes()[1:])
    with pytest.raises(StopEverything, match="do not lead to the signed root"):
        reader.inclusion_proof(1)


def test_a_reader_needs_nothing_but_a_callable_and_says_which_file_is_missing(
    tmp_path: Path,
) -> None:
    a_log(tmp_path / "log", 300)
    files = {
        str(path.relative_to(tmp_path / "log")): path.read_bytes()
        for path in (tmp_path / "log").rglob("*")
        if path.is_file()
    }

    def read(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    proof = LogReader(read).inclusion_proof(299)
    assert verify_inclusion(proof, entries(299, 300)[0], proof.checkpoint, KEY.vkey).size == 300
    del files["tile/0/000"]
    with pytest.raises(StopEverything, match=r"tile/0/000: this file of the log is missing"):
        LogReader(read).inclusion_proof(1)
    del files["checkpoint"]
    with pytest.raises(StopEverything, match="checkpoint: this file of the log is missing"):
        LogReader(read).checkpoint()


def test_a_reader_that_comes_late_with_an_old_checkpoint_is_served_from_full_files(
    tmp_path: Path,
) -> None:
    log = a_log(tmp_path / "log", 200)
    old = log.checkpoint.note
    log.append(entries(200, 300))
    assert not (tmp_path / "log/tile/0/000.p").exists()
    (tmp_path / "log/checkpoint").write_text(old)
    reader = log.reader()
    assert list(reader.entries()) == entries(0, 200)
    assert reader.inclusion_proof(199).size == 200
    assert check_log(FolderReader(tmp_path / "log"), KEY.vkey).good


def test_a_changed_key_is_followed_from_any_earlier_one(tmp_path: Path) -> None:
    log = a_log(tmp_path / "log", 5)
    before, third = log.checkpoint.note, SigningKey(ORIGIN, b"3" * 32)
    assert log.rotate(NEW) == 5
    assert log.checkpoint.note.count("\n— ") == 2
    log.append([b"between"])
    assert log.checkpoint.note.count("\n— ") == 1
    assert log.rotate(third) == 7
    for trusted in (KEY, NEW, third):
        reader = LogReader(FolderReader(tmp_path / "log"), trusted.vkey)
        assert reader.checkpoint().size == 8
        assert check_log(FolderReader(tmp_path / "log"), trusted.vkey).good
    assert (tmp_path / "log/vkey").read_text() == third.vkey + "\n"
    assert Rotation.parse(log.reader().entry(5)).new == NEW.verifier
    assert History.parse((tmp_path / "log/vkeys").read_bytes()).key_at(7) == NEW.verifier
    assert_whole(tmp_path / "log", list(log.reader().entries()), before, third.vkey)


def test_a_key_change_that_is_not_in_the_log_is_named(tmp_path: Path) -> None:
    log = a_log(tmp_path / "log", 5)
    history = History(KEY.verifier, (Rotation.make(3, KEY, NEW),))
    (tmp_path / "log/vkeys").write_bytes(history.file)
    (tmp_path / "log/checkpoint").write_text(log.checkpoint.signed(NEW).note)
    (tmp_path / "log/vkey").write_text(NEW.vkey)
    problems = check_log(FolderReader(tmp_path / "log"), KEY.vkey).problems
    assert [(each.path, each.leaf) for each in problems] == [("vkeys", 3)]


def test_the_old_key_signs_nothing_after_the_change(tmp_path: Path) -> None:
    log = a_log(tmp_path / "log", 5)
    log.rotate(NEW)
    log.append([b"x"])
    (tmp_path / "log/checkpoint").write_text(log.checkpoint.signed(KEY).note)
    assert not check_log(FolderReader(tmp_path / "log"), KEY.vkey).good
    with pytest.raises(StopEverything, match="no signature by the key"):
        LogReader(FolderReader(tmp_path / "log"), KEY.vkey).checkpoint()


def test_a_key_is_only_changed_to_another_of_the_same_name(tmp_path: Path) -> None:
    log = a_log(tmp_path / "log", 5)
    for wrong in (KEY, SigningKey("other.example/log", b"n" * 32)):
        with pytest.raises(BadInput, match="another key of the same name"):
            log.rotate(wrong)
    assert log.append([b"on"]) == range(5, 6)
    assert check_log(FolderReader(tmp_path / "log"), KEY.vkey).good


def test_a_log_whose_key_is_lost_is_carried_on_and_committed_to(tmp_path: Path) -> None:
    old = a_log(tmp_path / "log", 300)
    key = SigningKey("observatory.example/log-2", b"2" * 32)
    because = "the disk failed; decided by the steering group"
    log = Log.continue_with_new_key(tmp_path / "log", tmp_path / "log-2", key, because=because)
    first = log.reader().entry(0)
    assert json.loads(first)["type"] == "log-continuation"
    found = Continuation.parse(first)
    assert (found.ended, found.vkey, found.because) == (old.checkpoint, KEY.vkey, because)
    found.check(FolderReader(tmp_path / "log"))
    old.append([b"somebody has the old key after all"])
    with pytest.raises(StopEverything, match="does not end with the checkpoint"):
        found.check(FolderReader(tmp_path / "log"))
    forged = first.replace(b'"size":300', b'"size":301')
    with pytest.raises(BadInput, match="differ from the checkpoint"):
        Continuation.parse(forged)


def test_carrying_on_needs_another_name_a_reason_and_a_whole_old_log(tmp_path: Path) -> None:
    a_log(tmp_path / "log", 300)
    key = SigningKey("observatory.example/log-2", b"2" * 32)
    for wrong, because in ((NEW, "lost"), (key, " ")):
        with pytest.raises(WrongUse, match="another name and a reason"):
            Log.continue_with_new_key(tmp_path / "log", tmp_path / "two", wrong, because=because)
    (tmp_path / "log/tile/0/001.p/44").write_bytes(b"0" * 44 * 32)
    with pytest.raises(StopEverything, match="does not agree with its last checkpoint"):
        Log.continue_with_new_key(tmp_path / "log", tmp_path / "two", key, because="lost")
    assert not (tmp_path / "two").exists()


def test_a_commitment_opens_with_its_salt_and_content_only() -> None:
    salt = new_salt()
    commitment = salted_commitment(salt, b"a name")
    assert opens_commitment(commitment, salt, b"a name")
    assert not opens_commitment(commitment, salt, b"another")
    assert not opens_commitment(commitment, new_salt(), b"a name")
    assert not opens_commitment("sha256:00", salt, b"a name")
    with pytest.raises(BadInput, match="32 bytes, this one 31"):
        salted_commitment(salt[:31], b"a name")


def test_only_its_owner_can_read_a_signing_key(tmp_path: Path) -> None:
    KEY.save(tmp_path / "log.key")
    assert (tmp_path / "log.key").stat().st_mode & 0o777 == 0o600
    assert SigningKey.load(tmp_path / "log.key") == KEY
    (tmp_path / "log.key").chmod(0o640)
    with pytest.raises(LookAtThis, match="other accounts can read"):
        SigningKey.load(tmp_path / "log.key")

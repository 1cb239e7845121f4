"""Archived bytes that changed, broke off or vanished: each is found, and named."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.material.captures import answer, new_log, warc_of

from atalaya.evidence.archiving import archive
from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.checking import CapturesReport, check_captures
from atalaya.evidence.log import FolderReader, LogReader
from atalaya.model.errors import StopEverything, TryLater
from atalaya.model.records import Capture, Document


class Evidence:
    """Three captures in one file, logged; the second is about to be harmed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder / "evidence", folder / "log"
        log = new_log(self.log)
        self.captures = archive(CaptureStore(self.folder), log, [answer(n) for n in (1, 2, 3)])
        self.harmed = self.captures[1]
        self.warc = warc_of(self.folder)

    def harm(self, change: Callable[[bytes], bytes]) -> None:
        whole = self.warc.read_bytes()
        self.warc.write_bytes(change(whole))

    def check(self) -> CapturesReport:
        return check_captures(self.folder, LogReader(FolderReader(self.log)))

    def lost(self) -> list[str]:
        return [one.address for one in self.check().problems if one.kind == "lost"]


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    return Evidence(tmp_path)


def document_of(capture: Capture) -> str:
    return Document(capture.source, capture.address, capture.sha256, "", "", "", "").id


def test_a_flipped_byte_of_a_payload_is_named_when_read_and_when_checked(
    evidence: Evidence,
) -> None:
    evidence.harm(lambda whole: whole.replace(b"2024-01,2", b"2024-01,9"))
    with pytest.raises(StopEverything, match="digest failed") as refused:
        CaptureStore(evidence.folder).payload(evidence.harmed)
    for word in (evidence.harmed.id, evidence.harmed.address, "counts", "every claim", "backup"):
        assert word in str(refused.value)
    damaged, lost = evidence.check().problems
    assert (damaged.kind, damaged.file) == ("damaged", evidence.warc.name)
    assert (damaged.offset, damaged.source) == (evidence.harmed.offset, "counts")
    assert (damaged.address, lost.address) == (evidence.harmed.address, evidence.harmed.address)
    assert damaged.document == lost.document == document_of(evidence.harmed)
    assert f"every claim read from {lost.document} falls" in str(lost)
    assert "leaf 1 of the log" in lost.says


def test_the_other_captures_of_a_harmed_file_stay_readable(evidence: Evidence) -> None:
    evidence.harm(lambda whole: whole.replace(b"2024-01,2", b"2024-01,9"))
    store = CaptureStore(evidence.folder)
    assert store.payload(evidence.captures[0]) == answer(1).fetched.payload
    assert store.payload(evidence.captures[2]) == answer(3).fetched.payload
    assert evidence.check().captures == 2


def test_a_harmed_file_cannot_be_read_anew(evidence: Evidence) -> None:
    evidence.harm(lambda whole: whole.replace(b"2024-01,2", b"2024-01,9"))
    shutil.rmtree(evidence.folder / ".index")
    with pytest.raises(StopEverything, match=f"byte {evidence.harmed.offset} is damaged"):
        CaptureStore(evidence.folder).all()


def test_a_byte_lost_from_a_payload_harms_no_other_record(evidence: Evidence) -> None:
    evidence.harm(lambda whole: whole.replace(b"2024-01,2", b"2024-01,"))
    assert evidence.lost() == [evidence.harmed.address]
    assert evidence.check().captures == 2


def test_a_length_that_swallows_the_next_record_harms_no_other(evidence: Evidence) -> None:
    at = evidence.harmed.offset

    def change(whole: bytes) -> bytes:
        begin = whole.index(b"Content-Length: ", at) + len(b"Content-Length: ")
        return whole[:begin] + b"9" + whole[begin + 1 :]

    evidence.harm(change)
    assert evidence.lost() == [evidence.harmed.address]
    assert evidence.check().captures == 2


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"Atalaya-Source: counts", b"Atalaya-Source: wounds"),
        (b"Atalaya-Status: 200", b"Atalaya-Status: 404"),
        (b"Atalaya-Status: 200", b"Atalaya-Status: two"),
        (b"Atalaya-Tool: ", b"Atalaya-Fool: "),
        (b"WARC-Date: 2024-12-31", b"WARC-Date: 2023-12-31"),
        (b"WARC-Payload-Digest: sha256:", b"WARC-Payload-Digest: sha512:"),
        (b"WARC/1.1", b"WARC/9.9"),
    ],
)
def test_a_changed_field_is_found(evidence: Evidence, right: bytes, wrong: bytes) -> None:
    at = evidence.harmed.offset
    evidence.harm(lambda whole: whole[:at] + whole[at:].replace(right, wrong, 1))
    assert evidence.lost() == [evidence.harmed.address]
    with pytest.raises(StopEverything, match="are not what they were"):
        CaptureStore(evidence.folder).payload(evidence.harmed)


def test_a_changed_request_is_found_by_its_digest(evidence: Evidence) -> None:
    evidence.harm(lambda whole: whole.replace(b"GET /2.", b"GET /7."))
    (problem,) = evidence.check().problems
    assert (problem.kind, "block digest" in problem.says) == ("damaged", True)


def test_a_change_no_digest_covers_is_found_by_the_name_of_the_file(evidence: Evidence) -> None:
    evidence.harm(lambda whole: whole.replace(b"WARC-Concurrent-To", b"WARC-Concurrent-Or", 1))
    (problem,) = evidence.check().problems
    assert (problem.kind, problem.file) == ("renamed", evidence.warc.name)
    assert "SHA-256 does not begin with" in str(problem)


@pytest.mark.parametrize("kept", [0, 1, 100, 1_500, 3_000, -1, -4, -5])
def test_a_file_that_breaks_off_is_found(evidence: Evidence, kept: int) -> None:
    evidence.harm(lambda whole: whole[:kept])
    report = evidence.check()
    assert not report.good
    assert any(problem.file == evidence.warc.name for problem in report.problems)
    lost = {problem.address for problem in report.problems if problem.kind == "lost"}
    assert len(lost) == 3 - report.captures


def test_a_missing_file_is_named_capture_by_capture(evidence: Evidence) -> None:
    evidence.warc.unlink()
    assert evidence.lost() == [capture.address for capture in evidence.captures]
    with pytest.raises(StopEverything, match="its file cannot be read: No such file"):
        CaptureStore(evidence.folder).payload(evidence.harmed)


def test_another_capture_in_its_place_is_not_taken_for_it(evidence: Evidence) -> None:
    swapped = replace(evidence.harmed, offset=evidence.captures[2].offset)
    with pytest.raises(StopEverything, match="another record stands in its place"):
        CaptureStore(evidence.folder).payload(swapped)


def test_bytes_and_digests_changed_together_are_found_by_the_log(evidence: Evidence) -> None:
    forged = CaptureStore(evidence.folder.parent / "forged")
    forged.add_all([answer(1), answer(2, b"month,deaths\n2024-01,0\n"), answer(3)])
    evidence.warc.unlink()
    shutil.copy(warc_of(forged.folder), evidence.folder)
    unlogged, lost = evidence.check().problems
    assert (unlogged.kind, lost.kind) == ("unlogged", "lost")
    assert unlogged.address == lost.address == evidence.harmed.address


def test_captures_that_were_never_logged_are_named(evidence: Evidence) -> None:
    CaptureStore(evidence.folder).add_all([answer(4)])
    (problem,) = evidence.check().problems
    assert problem.kind == "unlogged"
    assert "a run was interrupted" in problem.says


def test_a_file_that_atalaya_did_not_write_is_named(evidence: Evidence) -> None:
    (evidence.folder / "holiday.warc").write_bytes(evidence.warc.read_bytes())
    (problem,) = evidence.check().problems
    assert (problem.kind, problem.file) == ("stranger", "holiday.warc")


def test_evidence_that_cannot_be_written_stores_nothing(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("a file where the folder should be")
    with pytest.raises(TryLater, match="cannot be written"):
        CaptureStore(tmp_path / "evidence").add_all([answer(1)])

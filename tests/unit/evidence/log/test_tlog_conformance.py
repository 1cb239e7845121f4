"""The log against one that another program wrote (transparency-dev/tessera, Apache-2.0)."""

import shutil
from pathlib import Path

import pytest
from tests.material.shared_data import shared

from atalaya.evidence.checking import check_log
from atalaya.evidence.log import FolderReader, Log, LogReader, SigningKey, VerifierKey
from atalaya.evidence.log.checkpoints import open_checkpoint

pytestmark = pytest.mark.shared

SIZES = range(16)


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    folder = tmp_path / "theirs"
    shutil.copytree(shared("conformance/tlog/testdata/log"), folder)
    return folder


@pytest.fixture
def key() -> SigningKey:
    """The key that the script beside the log signs with; it is published there for tests."""
    script = shared("conformance/tlog/testdata/build_log.sh").read_text("utf-8")
    line = next(line for line in script.splitlines() if "LOG_PRIVATE_KEY=" in line)
    return SigningKey.parse(line.split('"')[1])


def test_all_16_checkpoints_open_with_their_key(theirs: Path, key: SigningKey) -> None:
    opened = [
        open_checkpoint((theirs / f"checkpoint.{size}").read_bytes(), key.verifier)
        for size in SIZES
    ]
    assert [each.size for each in opened] == list(SIZES)


def test_all_16_roots_are_computed_from_their_tiles(theirs: Path, key: SigningKey) -> None:
    reader = LogReader(FolderReader(theirs), key.vkey)
    for size in SIZES:
        signed = open_checkpoint((theirs / f"checkpoint.{size}").read_bytes(), key.verifier)
        assert reader.root_at(size) == signed.root


def test_our_writer_makes_the_same_files_byte_for_byte(
    theirs: Path, key: SigningKey, tmp_path: Path
) -> None:
    entries = list(LogReader(FolderReader(theirs), key.vkey).entries())
    ours = tmp_path / "ours"
    log = Log.create(ours, key.name, key)
    for size in SIZES:
        if size:
            log.append([entries[size - 1]])
        assert log.checkpoint.note == (theirs / f"checkpoint.{size}").read_text("utf-8")
    names = sorted(path.relative_to(theirs) for path in (theirs / "tile").rglob("*"))
    assert len([name for name in names if (theirs / name).is_file()]) == 30
    for name in names:
        if (theirs / name).is_file():
            assert (ours / name).read_bytes() == (theirs / name).read_bytes(), name
    assert sorted(path.relative_to(ours) for path in (ours / "tile").rglob("*")) == names


def test_our_checker_finds_nothing_wrong_with_any_of_its_states(
    theirs: Path, key: SigningKey
) -> None:
    (theirs / "vkey").write_text(key.vkey + "\n")
    for size in SIZES:
        shutil.copy(theirs / f"checkpoint.{size}", theirs / "checkpoint")
        report = check_log(FolderReader(theirs), str(VerifierKey.parse(key.vkey)))
        assert (report.problems, report.size) == ((), size)

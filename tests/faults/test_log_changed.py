"""One byte changed in each kind of file of a log: the checker names the file and the leaf."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.material.logs import KEY, ORIGIN, a_log, entries

from atalaya.evidence.checking import check_log
from atalaya.evidence.log import FolderReader, Log, SigningKey
from atalaya.model.errors import BadInput, StopEverything

SIZE = 66_000  # three tile levels: 257 full bundles and one of 208; 1 and 1 hash above


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "log"
    a_log(folder, SIZE, batch=SIZE)
    return folder


@pytest.fixture
def log(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "log"))


def flip(file: Path, at: int) -> None:
    """Change the lowest bit of one byte."""
    raw = bytearray(file.read_bytes())
    raw[at] ^= 1
    file.write_bytes(raw)


def named(folder: Path) -> list[tuple[str, int | None]]:
    """Give file and leaf of each problem that the checker finds."""
    report = check_log(FolderReader(folder), KEY.vkey)
    assert not report.good
    return [(problem.path, problem.leaf) for problem in report.problems]


def test_a_log_that_nobody_changed_is_good_with_one_process_and_with_two(whole: Path) -> None:
    for workers in (1, 2):
        report = check_log(FolderReader(whole), KEY.vkey, workers=workers)
        assert report.good
        assert (report.size, report.bundles, report.tiles) == (SIZE, 258, 258 + 2 + 1)


@pytest.mark.parametrize(
    ("path", "at", "leaf"),
    [
        ("tile/entries/000", -1, 255),
        ("tile/entries/100", -1, 25_855),
        ("tile/entries/257.p/208", -1, SIZE - 1),
        ("tile/0/000", 3 * 32, 3),
        ("tile/0/256", 0, 65_536),
        ("tile/0/257.p/208", 207 * 32 + 31, SIZE - 1),
        ("tile/1/000", 5 * 32, 5 * 256),
        ("tile/1/001.p/1", 7, 65_536),
        ("tile/2/000.p/1", 0, 0),
    ],
)
def test_a_flipped_byte_in_a_bundle_or_tile_is_named_once_with_its_leaf(
    log: Path, path: str, at: int, leaf: int
) -> None:
    flip(log / path, at)
    assert named(log) == [(path, leaf)]


@pytest.mark.parametrize(
    ("path", "leaf"), [("tile/entries/007", 1792), ("tile/0/257.p/208", 65792)]
)
def test_a_missing_file_is_named(log: Path, path: str, leaf: int) -> None:
    (log / path).unlink()
    assert named(log) == [(path, leaf)]


@pytest.mark.parametrize("path", ["tile/entries/007", "tile/0/007", "tile/1/000"])
def test_a_torn_file_is_named(log: Path, path: str) -> None:
    whole = (log / path).read_bytes()
    (log / path).write_bytes(whole[: len(whole) // 2])
    assert [name for name, _ in named(log)] == [path]


def test_an_entry_length_that_was_changed_names_the_bundle(log: Path) -> None:
    flip(log / "tile/entries/100", 1)
    assert named(log) == [("tile/entries/100", 25_600)]


def test_an_entry_and_its_hash_changed_together_name_the_tile_over_them(log: Path) -> None:
    from atalaya.evidence.log.merkle import leaf_hash

    bundle = log / "tile/entries/100"
    flip(bundle, -1)
    changed = bytes([entries(25_855, 25_856)[0][-1] ^ 1])
    forged = leaf_hash(entries(25_855, 25_856)[0][:-1] + changed)
    tile = log / "tile/0/100"
    tile.write_bytes(tile.read_bytes()[:-32] + forged)
    assert named(log) == [("tile/0/100", 25_600)]


@pytest.mark.parametrize("at", [2, 25, 40, -5])
def test_a_flipped_byte_in_the_checkpoint_is_named_and_nothing_else_is_believed(
    log: Path, at: int
) -> None:
    flip(log / "checkpoint", at)
    assert named(log) == [("checkpoint", None)]


def test_a_flipped_byte_in_the_key_files_is_named(log: Path) -> None:
    flip(log / "vkey", 3)
    flip(log / "vkeys", -4)
    assert named(log) == [("vkeys", None), ("vkey", None)]


def test_missing_checkpoint_and_key_are_named(log: Path) -> None:
    (log / "vkey").unlink()
    assert named(log) == [("vkey", None)]
    (log / "checkpoint").unlink()
    assert named(log) == [("checkpoint", None)]


def test_a_checkpoint_of_another_log_by_another_key_is_not_believed(log: Path) -> None:
    other = Log.create(log.parent / "other", ORIGIN, SigningKey(ORIGIN, b"o" * 32))
    (log / "checkpoint").write_text(other.checkpoint.note)
    assert named(log) == [("checkpoint", None)]


def test_a_key_that_is_no_key_is_refused(log: Path) -> None:
    with pytest.raises(BadInput, match="verifier key"):
        check_log(FolderReader(log), "not a key")


def test_a_signed_root_that_the_entries_do_not_give_is_named(log: Path) -> None:
    from atalaya.evidence.log import Checkpoint

    forged = Checkpoint(ORIGIN, SIZE, bytes(32)).signed(KEY)
    (log / "checkpoint").write_text(forged.note)
    assert named(log) == [("checkpoint", None)]


def test_an_earlier_partial_file_that_was_changed_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    log = a_log(folder, 3)
    log.append([b"more"])
    flip(folder / "tile/0/000.p/3", 0)
    flip(folder / "tile/entries/000.p/3", -1)
    assert named(folder) == [("tile/0/000.p/3", None), ("tile/entries/000.p/3", None)]


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:40])


@pytest.mark.parametrize("path", ["tile/0/257.p/208", "tile/1/001.p/1", "tile/2/000.p/1"])
@pytest.mark.parametrize("harm", [_cut, Path.unlink, lambda file: flip(file, 3)])
def test_a_harmed_last_tile_is_computed_again_from_what_lies_below(
    log: Path, whole: Path, path: str, harm: Callable[[Path], None]
) -> None:
    harm(log / path)
    opened = Log.open(log, KEY)
    if (log / path).read_bytes() != (whole / path).read_bytes():
        pytest.fail(f"{path} was not mended")
    assert [path in mended for mended in opened.mended].count(True) == len(opened.mended)
    opened.append([b"on"])
    assert check_log(FolderReader(log), KEY.vkey).good


@pytest.mark.parametrize("harm", [_cut, Path.unlink, lambda file: flip(file, -1)])
def test_a_harmed_last_bundle_stops_the_writer_which_changes_nothing(
    log: Path, harm: Callable[[Path], None]
) -> None:
    harm(log / "tile/entries/257.p/208")
    before = sorted((path, path.stat().st_mtime_ns) for path in (log / "tile").rglob("*"))
    with pytest.raises(StopEverything):
        Log.open(log, KEY)
    after = sorted((path, path.stat().st_mtime_ns) for path in (log / "tile").rglob("*"))
    assert before == after
    assert named(log)[0][0] == "tile/entries/257.p/208"

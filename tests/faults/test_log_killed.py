"""A process killed between any two steps of writing the log."""

import itertools
import shutil
from pathlib import Path

import pytest
from tests.material.failing_disks import killed, killing
from tests.material.logs import KEY, ORIGIN, a_log, assert_whole, entries

from atalaya.evidence.checking import check_log
from atalaya.evidence.log import FolderReader, Log, LogReader, SigningKey
from atalaya.evidence.log.writer import Writing
from atalaya.model.errors import AtalayaError

# From, to: the first entry; inside a bundle; up to the end of one; over two ends.
GROWTHS = [(0, 1), (3, 7), (250, 256), (250, 600)]


@pytest.mark.parametrize(("old", "new"), GROWTHS)
def test_killed_at_any_step_of_an_append_nothing_acknowledged_is_lost(
    tmp_path: Path, old: int, new: int
) -> None:
    before = a_log(tmp_path / "start", old).checkpoint.note
    sizes = set()
    for step in itertools.count():
        folder = tmp_path / str(step)
        shutil.copytree(tmp_path / "start", folder)

        def append(folder: Path = folder, step: int = step) -> None:
            Log.open(folder, KEY, Writing(killing(step))).append(entries(old, new))

        if not killed(append):
            break
        # A reader who comes before any writer finds a whole log too.
        assert check_log(FolderReader(folder), KEY.vkey).problems == ()
        log = Log.open(folder, KEY)
        sizes.add(log.size)
        held = entries(0, log.size)
        assert log.size in (old, new)
        assert_whole(folder, held, before)
        acknowledged = log.checkpoint.note
        more = [b"other", b"entries"]
        assert log.append(more) == range(len(held), len(held) + 2)
        assert_whole(folder, held + more, acknowledged)
        shutil.rmtree(folder)
    assert step > 20
    assert sizes == {old, new}


def test_killed_at_any_step_of_creation_a_log_can_be_opened_or_created(tmp_path: Path) -> None:
    opened = created = 0
    for step in itertools.count():
        folder = tmp_path / str(step)
        if not killed(lambda at=step, to=folder: Log.create(to, ORIGIN, KEY, Writing(killing(at)))):
            break
        try:
            log = Log.open(folder, KEY)
            opened += 1
        except AtalayaError:
            log = Log.create(folder, ORIGIN, KEY)
            created += 1
        log.append([b"first"])
        assert check_log(FolderReader(folder), KEY.vkey).problems == ()
    assert opened > 0
    assert created > 0


def test_killed_at_any_step_of_a_key_change_one_key_signs_and_the_log_is_whole(
    tmp_path: Path,
) -> None:
    before = a_log(tmp_path / "start", 5).checkpoint.note
    new = SigningKey(ORIGIN, b"n" * 32)
    signers = set()
    for step in itertools.count():
        folder = tmp_path / str(step)
        shutil.copytree(tmp_path / "start", folder)
        if not killed(
            lambda at=step, to=folder: Log.open(to, KEY, Writing(killing(at))).rotate(new)
        ):
            break
        assert LogReader(FolderReader(folder), KEY.vkey).checkpoint().size in (5, 6)
        for key in (KEY, new):
            try:
                log = Log.open(folder, key)
            except AtalayaError:
                continue
            signers.add(key.vkey)
            log.append([b"after"])
            assert_whole(folder, list(log.reader().entries()), before, key.vkey)
            break
        else:
            pytest.fail(f"no key opens the log after step {step}")
    assert signers == {KEY.vkey, new.vkey}

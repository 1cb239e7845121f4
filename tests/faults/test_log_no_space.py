"""A disk without space at any step of writing the log."""

import itertools
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from tests.material.failing_disks import SteppedDisk, full
from tests.material.logs import KEY, a_log, assert_whole, entries

from atalaya.evidence.log import Log
from atalaya.model.errors import LookAtThis, TryLater


def _append_on(disk: SteppedDisk, log: Log, batch: list[bytes]) -> Exception | None:
    """Let a log that is open write on a failing disk; give the error, or None."""
    log._store = replace(log._store, disk=disk)
    try:
        log.append(batch)
    except (TryLater, LookAtThis) as error:
        return error
    return None


@pytest.mark.parametrize(("old", "new"), [(0, 1), (3, 7), (250, 600)])
def test_no_space_at_any_step_leaves_the_log_as_it_was_and_good(
    tmp_path: Path, old: int, new: int
) -> None:
    before = a_log(tmp_path / "start", old).checkpoint.note
    said = Counter()
    for step in itertools.count():
        folder = tmp_path / str(step)
        shutil.copytree(tmp_path / "start", folder)
        log, disk = Log.open(folder, KEY), full(step)
        error = _append_on(disk, log, entries(old, new))
        said[type(error)] += 1
        if isinstance(error, TryLater):
            assert "nothing was logged" in str(error)
            assert_whole(folder, entries(0, old), before)
            # The same object goes on as soon as there is space.
            assert log.append(entries(old, new)) == range(old, new)
        elif error:
            assert "the batch is logged and published" in str(error)
        assert_whole(folder, entries(0, new), before)
        shutil.rmtree(folder)
        if disk.taken <= step:
            break
    assert said[TryLater] > 15
    assert said[LookAtThis] == 1  # the very last step, which confirms what is published already


def test_a_disk_that_stays_full_never_makes_a_log_that_cannot_go_on(tmp_path: Path) -> None:
    before = a_log(tmp_path / "start", 250).checkpoint.note
    said = Counter()
    for step in itertools.count():
        folder = tmp_path / str(step)
        shutil.copytree(tmp_path / "start", folder)
        disk = full(step, lasting=True)
        error = _append_on(disk, Log.open(folder, KEY), entries(250, 260))
        said[type(error)] += 1
        if isinstance(error, TryLater):
            assert_whole(folder, entries(0, 250), before)
        again = Log.open(folder, KEY)
        assert again.size in (250, 260)
        assert_whole(folder, entries(0, again.size), before)
        if disk.taken <= step:
            break
    # Three steps decide and publish; the fourth confirms. Only there the message is not "nothing".
    assert said[LookAtThis] == 4
    assert said[TryLater] > 15

"""Several processes that write one log: none forks it, nothing is lost."""

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest
from tests.material.logs import KEY, ORIGIN, a_log, assert_whole

from atalaya.evidence.log import Log, SigningKey
from atalaya.evidence.log.checkpoints import Checkpoint
from atalaya.evidence.log.disk import LocalDisk
from atalaya.evidence.log.writer import Writing
from atalaya.model.errors import LookAtThis, StopEverything, TryLater, WrongUse

_APPEND = """
import sys
from pathlib import Path
from atalaya.evidence.log import Log, SigningKey
folder, name, key = sys.argv[1:]
log = Log.open(Path(folder), SigningKey.parse(key))
for number in range(25):
    at = log.append([f"{name} {number} {part}".encode() for part in range(4)])
    print(at.start, flush=True)
"""


def test_three_processes_append_at_once_and_every_entry_is_where_they_were_told(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "log"
    before = a_log(folder, 0).checkpoint.note
    command = [sys.executable, "-c", _APPEND, str(folder)]
    running = {
        name: subprocess.Popen([*command, name, KEY.secret_text()], stdout=subprocess.PIPE)
        for name in ("ana", "ben", "cleo")
    }
    starts = {name: process.communicate()[0].split() for name, process in running.items()}
    held = list(Log.open(folder, KEY).reader().entries())
    for name, said in starts.items():
        assert len(said) == 25
        for number, start in enumerate(map(int, said)):
            expected = [f"{name} {number} {part}".encode() for part in range(4)]
            assert held[start : start + 4] == expected
    assert len(held) == 3 * 25 * 4
    assert_whole(folder, held, before)


def test_two_log_objects_of_one_process_take_turns(tmp_path: Path) -> None:
    one = a_log(tmp_path / "log", 3)
    two = Log.open(tmp_path / "log", KEY)
    assert [list(log.append([b"x"])) for log in (one, two, two, one)] == [[3], [4], [5], [6]]


def test_a_writer_that_waits_too_long_is_told_who_writes(tmp_path: Path) -> None:
    log = a_log(tmp_path / "log", 3)
    with (tmp_path / "log/.state/lock").open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(TryLater, match=r"process \d+ on .+ is writing to the log"):
            Log.open(tmp_path / "log", KEY, Writing(LocalDisk(), wait=0.05))
    assert list(log.append([b"x"])) == [3]


def test_a_log_is_never_created_over_another(tmp_path: Path) -> None:
    a_log(tmp_path / "log", 3)
    with pytest.raises(WrongUse, match="never created again"):
        Log.create(tmp_path / "log", ORIGIN, KEY)
    (tmp_path / "log/checkpoint").unlink()
    with pytest.raises(WrongUse, match="never created again"):
        Log.create(tmp_path / "log", ORIGIN, KEY)


def test_a_writer_with_the_key_of_before_is_refused_after_a_key_change(tmp_path: Path) -> None:
    new = SigningKey(ORIGIN, b"n" * 32)
    one, two = a_log(tmp_path / "log", 3), Log.open(tmp_path / "log", KEY)
    one.rotate(new)
    with pytest.raises(LookAtThis, match="signed by the key"):
        two.append([b"late"])
    assert list(one.append([b"on"])) == [4]


def test_two_signed_checkpoints_that_no_one_log_can_have_stop_the_writer(tmp_path: Path) -> None:
    a_log(tmp_path / "log", 3)
    forged = Checkpoint(ORIGIN, 3, bytes(32)).signed(KEY)
    (tmp_path / "log/checkpoint").write_text(forged.note)
    with pytest.raises(StopEverything, match="forked"):
        Log.open(tmp_path / "log", KEY)


def test_an_older_checkpoint_put_back_is_replaced_by_the_decided_one(tmp_path: Path) -> None:
    log = a_log(tmp_path / "log", 3)
    old = log.checkpoint.note
    log.append([b"x"])
    (tmp_path / "log/checkpoint").write_text(old)
    again = Log.open(tmp_path / "log", KEY)
    assert again.mended == ("wrote checkpoint again",)
    assert again.size == 4
    assert (tmp_path / "log/checkpoint").read_text() == log.checkpoint.note
